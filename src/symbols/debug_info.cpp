#include "symbols/debug_info.hpp"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <gelf.h>

#include <cstdlib>
#include <string_view>

#include "symbols/function_name.hpp"

namespace plimsoll::symbols {
namespace {

constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 30;
constexpr int kMostUnits = 100000;

// How much of debug information there is, unpacked.
std::uint64_t debug_bytes(Elf* elf) {
    std::size_t names = 0;
    if (elf_getshdrstrndx(elf, &names) != 0) return 0;
    std::uint64_t bytes = 0;
    for (Elf_Scn* section = nullptr; (section = elf_nextscn(elf, section)) != nullptr;) {
        GElf_Shdr header{};
        if (gelf_getshdr(section, &header) == nullptr) continue;
        const char* name = elf_strptr(elf, names, header.sh_name);
        if (name == nullptr || !std::string_view(name).starts_with(".debug_")) continue;
        GElf_Chdr packed{};
        const bool is_packed = (header.sh_flags & SHF_COMPRESSED) != 0;
        const bool is_known = is_packed && gelf_getchdr(section, &packed) != nullptr;
        const std::uint64_t size = is_known ? packed.ch_size : header.sh_size;
        if (size > kMostBytes) return size;
        bytes += size;
    }
    return bytes;
}

// Compilers may leave out the table of addresses: then each unit is asked.
bool find_unit(Dwarf* dwarf, Dwarf_Addr address, Dwarf_Die* unit) {
    if (dwarf_addrdie(dwarf, address, unit) != nullptr) return true;
    Dwarf_Off offset = 0;
    Dwarf_Off next = 0;
    std::size_t header = 0;
    for (int i = 0; i < kMostUnits; ++i, offset = next) {
        if (dwarf_nextcu(dwarf, offset, &next, &header, nullptr, nullptr, nullptr) != 0) break;
        if (dwarf_offdie(dwarf, offset + header, unit) == nullptr) continue;
        if (dwarf_haspc(unit, address) == 1) return true;
    }
    return false;
}

std::string name_of(Dwarf_Die* function) {
    Dwarf_Attribute attribute;
    const char* name = nullptr;
    if (dwarf_attr_integrate(function, DW_AT_linkage_name, &attribute) != nullptr) {
        name = dwarf_formstring(&attribute);
    }
    if (name == nullptr) name = dwarf_diename(function);
    return name == nullptr ? std::string() : function_name(name);
}

std::string function_at(Dwarf_Die* unit, Dwarf_Addr address) {
    Dwarf_Die* scopes = nullptr;
    const int count = dwarf_getscopes(unit, address, &scopes);
    const std::unique_ptr<Dwarf_Die, decltype(&std::free)> owned(scopes, &std::free);
    for (int i = 0; i < count; ++i) {
        const int tag = dwarf_tag(&scopes[i]);
        if (tag != DW_TAG_subprogram && tag != DW_TAG_inlined_subroutine) continue;
        return name_of(&scopes[i]);
    }
    return {};
}

}  // namespace

void DebugInfo::End::operator()(Dwarf* dwarf) const { dwarf_end(dwarf); }

std::optional<DebugInfo> DebugInfo::open(Elf* elf) {
    const std::uint64_t bytes = debug_bytes(elf);
    if (bytes == 0 || bytes > kMostBytes) return std::nullopt;
    Dwarf* dwarf = dwarf_begin_elf(elf, DWARF_C_READ, nullptr);
    if (dwarf == nullptr) return std::nullopt;
    return DebugInfo(dwarf);
}

std::optional<SourceLine> DebugInfo::at(std::uint64_t address) const {
    Dwarf_Die unit;
    if (!find_unit(dwarf_.get(), address, &unit)) return std::nullopt;
    Dwarf_Line* line = dwarf_getsrc_die(&unit, address);
    if (line == nullptr) return std::nullopt;
    const char* file = dwarf_linesrc(line, nullptr, nullptr);
    int number = 0;
    if (file == nullptr || dwarf_lineno(line, &number) != 0 || number < 0) return std::nullopt;
    return SourceLine{file, function_at(&unit, address), static_cast<std::uint32_t>(number)};
}

}  // namespace plimsoll::symbols
