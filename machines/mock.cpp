#include "machines/mock.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <cstring>
#include <fstream>

#include "machines/cache_folder.hpp"
#include "machines/cluster_descriptor.hpp"
#include "machines/mock_release.hpp"
#include "machines/parts.hpp"
#include "machines/runtime_root.hpp"

namespace plimsoll::machines {
namespace {

namespace fs = std::filesystem;

bool is_set(const char* variable) { return std::getenv(variable) != nullptr; }

// The cache first; a read-only or full home must not keep a program from running.
Outcome<RuntimeRoot> root_in_cache_or(const fs::path& private_folder, const Package& package,
                                      const fs::path& stub) {
    const fs::path cache = cache_folder();
    if (make_writable(cache)) {
        if (Outcome<RuntimeRoot> root = make_runtime_root(package, stub, cache)) return root;
    }
    return make_runtime_root(package, stub, private_folder);
}

Outcome<fs::path> write_descriptor(const Machine& machine, const fs::path& folder) {
    const fs::path path = folder / fmt::format("{}.yaml", machine.name);
    std::ofstream out(path, std::ios::binary);
    if (out << cluster_descriptor(machine) << std::flush) return path;
    return Problem{fmt::format("cannot write {}: {}", path.string(), std::strerror(errno)),
                   "a folder for this run that can be written", "free space, or set TMPDIR"};
}

// Upstream's own tracker leaves a file per chip in /dev/shm for ever and costs a microsecond or
// more per allocation: off, unless the caller asked for it. A caller's 0 is a request for it, and
// without the variable every release understands that.
void choose_memory_tracker(Environment& environment) {
    constexpr const char* kDisabled = "TT_METAL_SHM_TRACKING_DISABLED";
    const char* asked = std::getenv(kDisabled);
    if (!asked) environment.set.emplace_back(kDisabled, "1");
    if (asked && std::strcmp(asked, "0") == 0) environment.unset.emplace_back(kDisabled);
}

void set_unless_chosen(Environment& environment, const char* variable, std::string value) {
    if (!is_set(variable)) environment.set.emplace_back(variable, std::move(value));
}

}  // namespace

Outcome<Environment> prepare(const Machine& machine, const Package& package,
                             const fs::path& private_folder) {
    const Outcome<fs::path> stub = find_stub_compiler();
    if (!stub) return stub.problem();
    const Outcome<RuntimeRoot> root = root_in_cache_or(private_folder, package, stub.value());
    if (!root) return root.problem();
    const Outcome<fs::path> descriptor = write_descriptor(machine, private_folder);
    if (!descriptor) return descriptor.problem();
    std::error_code failed;
    const fs::path logs = private_folder / "logs";
    fs::create_directories(logs, failed);

    Environment environment;
    environment.set = {
        {"TT_METAL_RUNTIME_ROOT", root.value().folder.string()},
        {"TT_METAL_MOCK_CLUSTER_DESC_PATH", descriptor.value().string()},
        // Never the caller's own: kernels of the stub must not meet a real device.
        {"TT_METAL_CACHE", root.value().kernels.string()},
    };
    // A simulator is the other way to run without hardware; the runtime takes only one of them.
    if (is_set("TT_METAL_SIMULATOR")) environment.unset.emplace_back("TT_METAL_SIMULATOR");
    set_unless_chosen(environment, "TT_METAL_LOGS_PATH", logs.string());
    // Besides writing files, the inspector of some releases locks a mutex that mock runs never
    // make.
    set_unless_chosen(environment, "TT_METAL_INSPECTOR", "0");
    // One process talks to nobody; with shared memory on offer MPI leaves 16 MB per run in
    // /dev/shm.
    set_unless_chosen(environment, "OMPI_MCA_btl", "self");
    choose_memory_tracker(environment);
    if (needs_mock_runtime(package.version)) {
        const Outcome<fs::path> library = find_mock_runtime();
        if (!library) return library.problem();
        environment.preload.push_back(library.value());
    }
    return environment;
}

}  // namespace plimsoll::machines
