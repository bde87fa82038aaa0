#include "machines/stub_location.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>

namespace plimsoll::machines {

namespace fs = std::filesystem;

Outcome<fs::path> find_stub_compiler() {
    constexpr const char* kName = "plimsoll-stub-compiler";
    std::error_code failed;
    const fs::path here = fs::read_symlink("/proc/self/exe", failed).parent_path();
    const char* named = std::getenv("PLIMSOLL_STUB_COMPILER");
    for (const fs::path& candidate :
         {fs::path(named ? named : ""), here / kName, here / "../libexec/plimsoll" / kName}) {
        if (!candidate.empty() && ::access(candidate.c_str(), X_OK) == 0) return candidate;
    }
    return Problem{fmt::format("no {} beside {}", kName, here.string()),
                   "the stub kernel compiler that is built and installed together with plimsoll",
                   fmt::format("build the target {}, or install plimsoll completely", kName)};
}

}  // namespace plimsoll::machines
