#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/unique_fd.hpp"
#include "symbols/debug_info.hpp"

namespace plimsoll::symbols {

// A program or a library: which of its functions an address belongs to.
//
// Trust:  a watched process names the file, and may change it while it is read: nothing is mapped,
//         and only a regular file of at most 4 GiB is opened.
// Limits: 4 million functions
class ElfFile {
  public:
    // Nothing: there is no such file, or none that is a program or a library.
    static std::optional<ElfFile> open(const std::string& path);

    // By what the compiler said of it; else its function by name, without a line.
    [[nodiscard]] std::optional<SourceLine> at(std::uint64_t address) const;

  private:
    struct Function {
        std::uint64_t begin;
        std::uint64_t size;
        std::uint32_t name;  // in the section `names_`
    };
    struct End {
        void operator()(Elf* elf) const;
    };

    ElfFile(UniqueFd file, Elf* elf);
    void read_functions(std::uint32_t type);

    UniqueFd file_;
    std::unique_ptr<Elf, End> elf_;
    std::optional<DebugInfo> debug_;
    std::vector<Function> functions_;  // by where they begin
    std::size_t names_ = 0;
};

}  // namespace plimsoll::symbols
