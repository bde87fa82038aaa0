#include "machines/runtime_root.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>

namespace plimsoll::machines {
namespace {

namespace fs = std::filesystem;

constexpr const char* kCompiler = "sfpi/compiler/bin/riscv-tt-elf-g++";
constexpr const char* kStamp = ".plimsoll-root";  // written last: a root without it is not ready

// FNV-1a: names and stamps need a hash that is the same in every build.
std::uint64_t hash(const std::string& bytes) {
    std::uint64_t value = 0xcbf29ce484222325;
    for (const char byte : bytes) {
        value = (value ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
    }
    return value;
}

std::string read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::int64_t changed_at(const fs::path& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0
               ? std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec
               : 0;
}

// The runtime and Python write into these two; a root has its own.
bool is_left_out(const fs::path& name) { return name == "generated" || name == "__pycache__"; }

std::set<fs::path> children(const fs::path& folder) {
    std::set<fs::path> names;
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(folder, failed)) {
        names.insert(entry.path().filename());
    }
    return names;
}

struct Plan {
    fs::path package;
    fs::path stub;  // empty: the real compiler is there
    std::string stamp;
    std::string compiler;  // tells kernel caches apart

    Plan(const Package& from, const fs::path& stub_program, const fs::path& system_compiler)
        : package(fs::weakly_canonical(from.folder)) {
        if (real_compiler(package, system_compiler).empty()) stub = stub_program;
        compiler = stub.empty() ? "sfpi" : fmt::format("stub-{:016x}", hash(read(stub)));
        stamp = fmt::format("package {}\nversion {}\nchanged {}\ncompiler {}\n", package.string(),
                            from.version, changed_at(package), compiler);
        for (const fs::path& name : children(package)) stamp += fmt::format("{}\n", name.string());
        for (const fs::path& name : children(package / "runtime")) {
            stamp += fmt::format("runtime/{}\n", name.string());
        }
    }
};

void build(const Plan& plan, const fs::path& root) {
    fs::create_directories(root / "runtime");
    for (const fs::path& name : children(plan.package)) {
        if (is_left_out(name) || name == "runtime") continue;
        fs::create_symlink(plan.package / name, root / name);
    }
    for (const fs::path& name : children(plan.package / "runtime")) {
        if (name == "sfpi" && !plan.stub.empty()) continue;
        fs::create_symlink(plan.package / "runtime" / name, root / "runtime" / name);
    }
    if (!plan.stub.empty()) {
        const fs::path compiler = root / "runtime" / kCompiler;
        fs::create_directories(compiler.parent_path());
        fs::copy_file(plan.stub, compiler);
        fs::permissions(compiler, fs::perms(0755));
    }
    std::ofstream out(root / kStamp, std::ios::binary);
    if (!(out << plan.stamp << std::flush)) {
        throw fs::filesystem_error("cannot write", root / kStamp,
                                   std::make_error_code(std::errc::io_error));
    }
}

// Puts `ready` in the place of `root`. What stood there goes to `ready`, whose owner removes it.
// The one step matters: another run may be using the path.
void put_in_place(const fs::path& ready, const fs::path& root) {
    if (::renameat2(AT_FDCWD, ready.c_str(), AT_FDCWD, root.c_str(), RENAME_NOREPLACE) == 0) return;
    if (::renameat2(AT_FDCWD, ready.c_str(), AT_FDCWD, root.c_str(), RENAME_EXCHANGE) == 0) return;
    // A file system without these two (some network ones): no longer one step, still correct.
    fs::remove_all(root);
    fs::rename(ready, root);
}

fs::path temporary_sibling(const fs::path& root) {
    std::string name = root.string() + ".XXXXXX";
    if (!::mkdtemp(name.data())) {
        throw fs::filesystem_error("cannot create a folder beside", root,
                                   std::error_code(errno, std::generic_category()));
    }
    return name;
}

void make(const Plan& plan, const fs::path& root) {
    if (read(root / kStamp) == plan.stamp) return;
    fs::create_directories(root.parent_path());
    const fs::path ready = temporary_sibling(root);
    try {
        build(plan, ready);
        put_in_place(ready, root);
    } catch (...) {
        std::error_code ignored;
        fs::remove_all(ready, ignored);
        throw;
    }
    std::error_code ignored;
    fs::remove_all(ready, ignored);
}

}  // namespace

fs::path real_compiler(const fs::path& package, const fs::path& system_compiler) {
    std::error_code failed;
    for (const fs::path& candidate : {package / "runtime" / kCompiler, system_compiler}) {
        if (fs::exists(candidate, failed)) return candidate;
    }
    return {};
}

Outcome<RuntimeRoot> make_runtime_root(const Package& package, const fs::path& stub,
                                       const fs::path& store, const fs::path& system_compiler) {
    try {
        const Plan plan(package, stub, system_compiler);
        const std::string name =
            fmt::format("ttnn-{}-{:016x}", package.version, hash(plan.package.string()));
        const RuntimeRoot root = {store / "roots" / name,
                                  store / "kernels" / fmt::format("{}-{}", name, plan.compiler)};
        make(plan, root.folder);
        fs::create_directories(root.kernels);
        return root;
    } catch (const fs::filesystem_error& error) {
        return Problem{fmt::format("cannot make a runtime root: {}", error.what()),
                       fmt::format("a writable folder {}", store.string()),
                       "set PLIMSOLL_CACHE to a folder on a disk with room"};
    }
}

}  // namespace plimsoll::machines
