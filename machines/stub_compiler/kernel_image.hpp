#pragma once

#include <elf.h>

#include <string>

namespace plimsoll::stub_compiler {

// Sections of the image, in the order of their headers.
enum Section : Elf32_Half { none, text, data, symbols, names, relocations, kSectionCount };

struct ImageHeaders {
    Elf32_Ehdr file;
    Elf32_Phdr segments[2];  // code, data
    Elf32_Shdr sections[kSectionCount];
};

// The smallest kernel the runtime's loader takes: an executable for a 32-bit RISC-V core that
// returns at once. A mock device never runs it, so no kernel needs another one.
//
// The loader insists on: an executable file; the first segment to load is executable and starts
// at the entry point; words are aligned; every section with memory lies inside a segment; there
// is a symbol table and at least one table of relocations.
std::string kernel_image();

}  // namespace plimsoll::stub_compiler
