#include "machines/parts.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>

namespace plimsoll::machines {

namespace fs = std::filesystem;

namespace {

fs::path folder_of_program() {
    std::error_code failed;
    return fs::read_symlink("/proc/self/exe", failed).parent_path();
}

}  // namespace

fs::path find_program(const char* name) {
    const fs::path found = folder_of_program() / name;
    return ::access(found.c_str(), X_OK) == 0 ? found : fs::path();
}

Outcome<fs::path> find_stub_compiler() {
    constexpr const char* kName = "plimsoll-stub-compiler";
    const fs::path here = folder_of_program();
    const char* named = std::getenv("PLIMSOLL_STUB_COMPILER");
    for (const fs::path& candidate :
         {fs::path(named ? named : ""), here / kName, here / "../libexec/plimsoll" / kName}) {
        if (!candidate.empty() && ::access(candidate.c_str(), X_OK) == 0) return candidate;
    }
    return Problem{fmt::format("no {} beside {}", kName, here.string()),
                   "the stub kernel compiler that is built and installed together with plimsoll",
                   fmt::format("build the target {}, or install plimsoll completely", kName)};
}

namespace {

fs::path find_in_lib(const char* name) {
    const fs::path above = folder_of_program().parent_path();
    std::error_code failed;
    for (const char* folder : {"lib/plimsoll", "lib"}) {
        const fs::path found = above / folder / name;
        if (fs::exists(found, failed)) return found;
    }
    return {};
}

}  // namespace

fs::path find_library(const char* name) { return find_in_lib(name); }

fs::path find_python_folder() { return find_in_lib("python"); }

}  // namespace plimsoll::machines
