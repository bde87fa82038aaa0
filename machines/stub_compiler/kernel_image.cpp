#include "machines/stub_compiler/kernel_image.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace plimsoll::stub_compiler {
namespace {

constexpr Elf32_Addr kEntry = 0x10000;  // any aligned address: nothing loads it
constexpr Elf32_Word kWord = 4;
constexpr std::uint32_t kReturn = 0x00008067;  // jalr x0, 0(ra)
constexpr Elf32_Word kRelax = 51;              // R_RISCV_RELAX: a relocation that changes nothing

// One name table serves for symbols and sections.
constexpr char kNames[] = "\0_start\0.text\0.data\0.symtab\0.strtab\0.rela.text";
constexpr Elf32_Word kNameOffsets[kSectionCount] = {0, 8, 14, 20, 28, 36};
constexpr Elf32_Word kStartName = 1;

struct Image {
    ImageHeaders headers;
    std::uint32_t code;
    std::uint32_t data;
    Elf32_Sym symbols[2];
    Elf32_Rela relocation;
    char names[sizeof kNames];
};

Elf32_Ehdr file_header() {
    Elf32_Ehdr header{};
    std::memcpy(header.e_ident, ELFMAG, SELFMAG);
    header.e_ident[EI_CLASS] = ELFCLASS32;
    header.e_ident[EI_DATA] = ELFDATA2LSB;
    header.e_ident[EI_VERSION] = EV_CURRENT;
    header.e_type = ET_EXEC;
    header.e_machine = EM_RISCV;
    header.e_version = EV_CURRENT;
    header.e_entry = kEntry;
    header.e_phoff = offsetof(ImageHeaders, segments);
    header.e_shoff = offsetof(ImageHeaders, sections);
    header.e_ehsize = sizeof(Elf32_Ehdr);
    header.e_phentsize = sizeof(Elf32_Phdr);
    header.e_phnum = 2;
    header.e_shentsize = sizeof(Elf32_Shdr);
    header.e_shnum = kSectionCount;
    header.e_shstrndx = names;
    return header;
}

Elf32_Phdr segment(Elf32_Addr address, Elf32_Off offset, Elf32_Word flags) {
    return {PT_LOAD, offset, address, address, kWord, kWord, flags, kWord};
}

Elf32_Shdr section(Section which, Elf32_Word type, Elf32_Off offset, std::size_t size) {
    Elf32_Shdr header{};
    header.sh_name = kNameOffsets[which];
    header.sh_type = type;
    header.sh_offset = offset;
    header.sh_size = static_cast<Elf32_Word>(size);
    header.sh_addralign = kWord;
    return header;
}

Elf32_Shdr loaded_section(Section which, Elf32_Word flags, Elf32_Addr address, Elf32_Off offset) {
    Elf32_Shdr header = section(which, SHT_PROGBITS, offset, kWord);
    header.sh_flags = SHF_ALLOC | flags;
    header.sh_addr = address;
    return header;
}

Elf32_Shdr symbol_section() {
    Elf32_Shdr header =
        section(symbols, SHT_SYMTAB, offsetof(Image, symbols), sizeof Image::symbols);
    header.sh_link = names;
    header.sh_info = 1;  // the first symbol that is not local
    header.sh_entsize = sizeof(Elf32_Sym);
    return header;
}

Elf32_Shdr relocation_section() {
    Elf32_Shdr header =
        section(relocations, SHT_RELA, offsetof(Image, relocation), sizeof Image::relocation);
    header.sh_flags = SHF_INFO_LINK;
    header.sh_link = symbols;
    header.sh_info = text;
    header.sh_entsize = sizeof(Elf32_Rela);
    return header;
}

}  // namespace

std::string kernel_image() {
    Image image{};
    ImageHeaders& headers = image.headers;
    headers.file = file_header();
    headers.segments[0] = segment(kEntry, offsetof(Image, code), PF_R | PF_X);
    headers.segments[1] = segment(kEntry + kWord, offsetof(Image, data), PF_R | PF_W);
    headers.sections[text] = loaded_section(text, SHF_EXECINSTR, kEntry, offsetof(Image, code));
    headers.sections[data] = loaded_section(data, SHF_WRITE, kEntry + kWord, offsetof(Image, data));
    headers.sections[symbols] = symbol_section();
    headers.sections[names] = section(names, SHT_STRTAB, offsetof(Image, names), sizeof kNames);
    headers.sections[relocations] = relocation_section();
    image.code = kReturn;
    image.symbols[1] = {kStartName, kEntry, kWord, ELF32_ST_INFO(STB_GLOBAL, STT_FUNC), 0, text};
    image.relocation = {kEntry, ELF32_R_INFO(1, kRelax), 0};
    std::memcpy(image.names, kNames, sizeof kNames);

    std::string bytes(sizeof image, '\0');
    std::memcpy(bytes.data(), &image, sizeof image);
    return bytes;
}

}  // namespace plimsoll::stub_compiler
