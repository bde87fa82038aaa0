#include "machines/stub_compiler/compiler_version.hpp"

#include <algorithm>

namespace plimsoll::stub_compiler {
namespace {

constexpr const char* kGcc = "15.1.0";  // the same in every release that ships firmware

// VALUE of the line NAME='VALUE'; empty when the file has no such line.
std::string_view value_of(std::string_view name, std::string_view file) {
    while (!file.empty()) {
        const std::string_view line = file.substr(0, file.find('\n'));
        file.remove_prefix(std::min(line.size() + 1, file.size()));
        if (!line.starts_with(name) || !line.substr(name.size()).starts_with("='")) continue;
        const std::string_view value = line.substr(name.size() + 2);
        return value.substr(0, value.find('\''));
    }
    return {};
}

}  // namespace

std::string compiler_version(std::string_view sfpi_version_file) {
    std::string line = "riscv-tt-elf-g++ (tenstorrent/sfpi:";
    line += value_of("sfpi_version", sfpi_version_file);
    line += '[';
    line += value_of("sfpi_build", sfpi_version_file);
    line += "]) ";
    return line + kGcc;
}

}  // namespace plimsoll::stub_compiler
