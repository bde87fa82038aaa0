#include "symbols/elf_file.hpp"

#include <fcntl.h>
#include <gelf.h>
#include <sys/stat.h>

#include <algorithm>

#include "symbols/function_name.hpp"

namespace plimsoll::symbols {
namespace {

constexpr off_t kMostBytes = off_t{4} << 30;
constexpr std::size_t kMostFunctions = std::size_t{4} << 20;

// Whatever stands behind the path, opening it must not wait.
UniqueFd open_regular(const std::string& path) {
    UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    struct stat what {};
    if (!file || ::fstat(file.get(), &what) != 0) return {};
    if (!S_ISREG(what.st_mode) || what.st_size > kMostBytes) return {};
    return file;
}

}  // namespace

void ElfFile::End::operator()(Elf* elf) const { elf_end(elf); }

std::optional<ElfFile> ElfFile::open(const std::string& path) {
    UniqueFd file = open_regular(path);
    if (!file || elf_version(EV_CURRENT) == EV_NONE) return std::nullopt;
    Elf* elf = elf_begin(file.get(), ELF_C_READ, nullptr);
    if (elf == nullptr) return std::nullopt;
    ElfFile opened(std::move(file), elf);
    if (elf_kind(elf) != ELF_K_ELF) return std::nullopt;
    opened.debug_ = DebugInfo::open(elf);
    opened.read_functions(SHT_SYMTAB);
    if (opened.functions_.empty()) opened.read_functions(SHT_DYNSYM);
    return opened;
}

ElfFile::ElfFile(UniqueFd file, Elf* elf) : file_(std::move(file)), elf_(elf) {}

void ElfFile::read_functions(std::uint32_t type) {
    for (Elf_Scn* section = nullptr; (section = elf_nextscn(elf_.get(), section)) != nullptr;) {
        GElf_Shdr header{};
        if (gelf_getshdr(section, &header) == nullptr || header.sh_type != type) continue;
        Elf_Data* table = elf_getdata(section, nullptr);
        if (table == nullptr || header.sh_entsize == 0) continue;
        const std::size_t count =
            std::min<std::size_t>(table->d_size / header.sh_entsize, kMostFunctions);
        names_ = header.sh_link;
        for (std::size_t i = 0; i < count; ++i) {
            GElf_Sym symbol{};
            if (gelf_getsym(table, static_cast<int>(i), &symbol) == nullptr) break;
            const auto kind = GELF_ST_TYPE(symbol.st_info);
            const bool is_function = kind == STT_FUNC || kind == STT_GNU_IFUNC;
            if (!is_function || symbol.st_shndx == SHN_UNDEF) continue;
            functions_.push_back({symbol.st_value, symbol.st_size, symbol.st_name});
        }
        break;
    }
    std::sort(functions_.begin(), functions_.end(),
              [](const Function& a, const Function& b) { return a.begin < b.begin; });
}

std::optional<SourceLine> ElfFile::at(std::uint64_t address) const {
    std::optional<SourceLine> found = debug_ ? debug_->at(address) : std::nullopt;
    if (found && !found->function.empty()) return found;
    auto next = std::upper_bound(
        functions_.begin(), functions_.end(), address,
        [](std::uint64_t at, const Function& function) { return at < function.begin; });
    if (next == functions_.begin()) return found;
    const Function& function = *--next;
    // Behind its end is one that has no name here.
    if (address - function.begin >= function.size) return found;
    const char* name = elf_strptr(elf_.get(), names_, function.name);
    if (name == nullptr) return found;
    if (!found) found.emplace();
    found->function = function_name(name);
    return found;
}

}  // namespace plimsoll::symbols
