#include "protocol/socket_path.hpp"

#include <cstdlib>

namespace plimsoll::protocol {

namespace fs = std::filesystem;

fs::path socket_path() {
    constexpr const char* kBelow = "plimsoll/plimsolld.sock";
    const char* chosen = std::getenv("PLIMSOLL_SOCKET");
    if (chosen != nullptr && *chosen != '\0') return chosen;
    const char* runtime = std::getenv("XDG_RUNTIME_DIR");
    if (runtime != nullptr && *runtime != '\0') return fs::path(runtime) / kBelow;
    return fs::path("/run") / kBelow;
}

}  // namespace plimsoll::protocol
