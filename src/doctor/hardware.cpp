#include "doctor/hardware.hpp"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>

namespace plimsoll::doctor {

namespace fs = std::filesystem;

Hardware hardware() {
    Hardware found;
    found.may_be_opened = true;
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator("/dev/tenstorrent", failed)) {
        if (!entry.is_character_file(failed)) continue;
        ++found.devices;
        found.may_be_opened &= ::access(entry.path().c_str(), R_OK | W_OK) == 0;
    }
    const char* descriptor = std::getenv("TT_METAL_MOCK_CLUSTER_DESC_PATH");
    found.mock_cluster = descriptor != nullptr && *descriptor != '\0';
    return found;
}

}  // namespace plimsoll::doctor
