#include "machines/stub_compiler/kernel_image.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <string>

namespace plimsoll::stub_compiler {
namespace {

class KernelImage : public testing::Test {
  protected:
    void SetUp() override {
        ASSERT_GE(bytes.size(), sizeof headers);
        std::memcpy(&headers, bytes.data(), sizeof headers);
    }
    std::string name_of(const Elf32_Shdr& section) const {
        return bytes.data() + headers.sections[names].sh_offset + section.sh_name;
    }

    const std::string bytes = kernel_image();
    ImageHeaders headers{};
};

TEST_F(KernelImage, IsAnExecutableForA32BitRiscV) {
    EXPECT_EQ(std::memcmp(headers.file.e_ident, ELFMAG, SELFMAG), 0);
    EXPECT_EQ(headers.file.e_ident[EI_CLASS], ELFCLASS32);
    EXPECT_EQ(headers.file.e_ident[EI_DATA], ELFDATA2LSB);
    EXPECT_EQ(headers.file.e_type, ET_EXEC);
    EXPECT_EQ(headers.file.e_machine, EM_RISCV);
    EXPECT_EQ(headers.file.e_phnum, 2);
    EXPECT_EQ(headers.file.e_shnum, kSectionCount);
}

TEST_F(KernelImage, BeginsWithAnExecutableSegmentAtItsEntry) {
    EXPECT_EQ(headers.segments[0].p_type, Elf32_Word{PT_LOAD});
    EXPECT_TRUE(headers.segments[0].p_flags & PF_X);
    EXPECT_EQ(headers.segments[0].p_vaddr, headers.file.e_entry);
}

TEST_F(KernelImage, KeepsEverySegmentAlignedAndInsideTheFile) {
    for (const Elf32_Phdr& segment : headers.segments) {
        EXPECT_EQ(segment.p_vaddr % 4, 0u);
        EXPECT_EQ(segment.p_offset % 4, 0u);
        EXPECT_EQ(segment.p_filesz % 4, 0u);
        EXPECT_LE(segment.p_offset + segment.p_filesz, bytes.size());
    }
}

TEST_F(KernelImage, HasEverySectionWithMemoryInsideASegment) {
    for (const Elf32_Shdr& section : headers.sections) {
        if (!(section.sh_flags & SHF_ALLOC)) continue;
        bool inside = false;
        for (const Elf32_Phdr& segment : headers.segments) {
            inside |= section.sh_addr >= segment.p_vaddr &&
                      section.sh_addr + section.sh_size <= segment.p_vaddr + segment.p_memsz;
        }
        EXPECT_TRUE(inside) << name_of(section);
    }
}

TEST_F(KernelImage, HasRelocationsAndTheSymbolsTheyName) {
    const Elf32_Shdr& relocation_section = headers.sections[relocations];
    EXPECT_EQ(relocation_section.sh_type, Elf32_Word{SHT_RELA});
    ASSERT_EQ(relocation_section.sh_size, sizeof(Elf32_Rela));
    EXPECT_EQ(headers.sections[relocation_section.sh_link].sh_type, Elf32_Word{SHT_SYMTAB});
    EXPECT_TRUE(headers.sections[relocation_section.sh_info].sh_flags & SHF_EXECINSTR);

    Elf32_Rela relocation;
    std::memcpy(&relocation, bytes.data() + relocation_section.sh_offset, sizeof relocation);
    EXPECT_EQ(relocation.r_offset, headers.file.e_entry);
    EXPECT_LT(ELF32_R_SYM(relocation.r_info),
              headers.sections[symbols].sh_size / sizeof(Elf32_Sym));
}

TEST_F(KernelImage, NamesItsSections) {
    EXPECT_EQ(name_of(headers.sections[text]), ".text");
    EXPECT_EQ(name_of(headers.sections[data]), ".data");
    EXPECT_EQ(name_of(headers.sections[symbols]), ".symtab");
    EXPECT_EQ(name_of(headers.sections[names]), ".strtab");
    EXPECT_EQ(name_of(headers.sections[relocations]), ".rela.text");
}

}  // namespace
}  // namespace plimsoll::stub_compiler
