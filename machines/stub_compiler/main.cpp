// plimsoll-stub-compiler: stands where the runtime looks for its RISC-V compiler.
//
// The compiler is not part of the wheel, and a mock device never runs a kernel: every call
// writes the same minimal image and the dependency file the runtime reads back. It is linked
// statically and without iostreams because a program of a hundred kernels calls it hundreds of
// times.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>

#include "machines/stub_compiler/compiler_version.hpp"
#include "machines/stub_compiler/kernel_image.hpp"

namespace {

constexpr int kLevelsToRoot = 5;  // ROOT/runtime/sfpi/compiler/bin/riscv-tt-elf-g++

struct Call {
    bool asks_version = false;
    bool wants_dependencies = false;
    std::string output;
    std::string dependencies;
    std::string source;
};

bool is_source(std::string_view argument) {
    for (const std::string_view ending : {".cc", ".cpp", ".c", ".S", ".h", ".hpp"}) {
        if (argument.ends_with(ending)) return true;
    }
    return false;
}

Call parse(int count, char** arguments) {
    Call call;
    for (int i = 1; i < count; ++i) {
        const std::string_view argument = arguments[i];
        const bool has_next = i + 1 < count;
        if (argument == "--version") {
            call.asks_version = true;
        } else if (argument == "-o" && has_next) {
            call.output = arguments[++i];
        } else if (argument == "-MF" && has_next) {
            call.dependencies = arguments[++i];
        } else if (argument == "-MD" || argument == "-MMD") {
            call.wants_dependencies = true;
        } else if (!argument.starts_with('-') && is_source(argument)) {
            call.source = argument;
        }
    }
    if (call.wants_dependencies && call.dependencies.empty()) {
        call.dependencies = call.output.substr(0, call.output.find_last_of('.')) + ".d";
    }
    return call;
}

// The runtime root this program was copied into.
std::string runtime_root() {
    char self[PATH_MAX];
    const ssize_t length = ::readlink("/proc/self/exe", self, sizeof self);
    std::string path(self, length > 0 ? static_cast<std::size_t>(length) : 0);
    for (int i = 0; i < kLevelsToRoot; ++i) {
        const std::size_t slash = path.find_last_of('/');
        path.resize(slash == std::string::npos ? 0 : slash);
    }
    return path;
}

int print_version() {
    const std::string path = runtime_root() + "/tt_metal/sfpi-version";

    // A release without that file has no pre-compiled firmware to find: any line does.
    std::string content;
    if (std::FILE* file = std::fopen(path.c_str(), "re")) {
        char chunk[4096];
        content.assign(chunk, std::fread(chunk, 1, sizeof chunk, file));
        std::fclose(file);
    }
    std::puts(plimsoll::stub_compiler::compiler_version(content).c_str());
    return 0;
}

bool write_file(const std::string& path, const std::string& content) {
    const int fd = ::open(path.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0666);
    const bool written = fd >= 0 && ::write(fd, content.data(), content.size()) ==
                                        static_cast<ssize_t>(content.size());
    if (!written) {
        std::fprintf(stderr, "plimsoll-stub-compiler: cannot write %s: %s\n", path.c_str(),
                     std::strerror(errno));
    }
    if (fd >= 0) ::close(fd);
    return written;
}

int compile(const Call& call) {
    if (call.output.empty()) {
        std::fputs("plimsoll-stub-compiler: no output file named (expected: -o FILE)\n", stderr);
        return 1;
    }
    if (!write_file(call.output, plimsoll::stub_compiler::kernel_image())) return 1;
    if (call.dependencies.empty()) return 0;
    return write_file(call.dependencies, call.output + ": " + call.source + "\n") ? 0 : 1;
}

}  // namespace

int main(int count, char** arguments) {
    const Call call = parse(count, arguments);
    return call.asks_version ? print_version() : compile(call);
}
