#include "doctor/executable.hpp"

#include <elf.h>
#include <sys/stat.h>
#include <sys/xattr.h>

#include <cstring>
#include <fstream>

namespace plimsoll::doctor {
namespace {

bool gains_privileges(const std::filesystem::path& program) {
    struct stat found {};
    if (::stat(program.c_str(), &found) != 0) return false;
    return (found.st_mode & (S_ISUID | S_ISGID)) != 0 ||
           ::getxattr(program.c_str(), "security.capability", nullptr, 0) > 0;
}

// An ELF program that names no loader is linked statically.
bool is_static(const std::filesystem::path& program) {
    std::ifstream file(program, std::ios::binary);
    Elf64_Ehdr header{};
    file.read(reinterpret_cast<char*>(&header), sizeof header);
    if (!file || std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) return false;
    if (header.e_ident[EI_CLASS] != ELFCLASS64) return false;
    file.seekg(static_cast<std::streamoff>(header.e_phoff));
    for (int i = 0; i < header.e_phnum; ++i) {
        Elf64_Phdr segment{};
        file.read(reinterpret_cast<char*>(&segment), sizeof segment);
        if (!file || segment.p_type == PT_INTERP) return false;
    }
    return true;
}

}  // namespace

std::string why_no_preload(const std::filesystem::path& program) {
    if (gains_privileges(program)) return "it runs with other rights (set-uid or capabilities)";
    if (is_static(program)) return "it is linked statically";
    return {};
}

}  // namespace plimsoll::doctor
