#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

struct Elf;
struct Dwarf;

namespace plimsoll::symbols {

struct SourceLine {
    std::string file;
    std::string function;
    std::uint32_t line = 0;
};

// What a compiler says of the source of a file of code, where it was asked to (-g).
//
// Trust:  the file may be hostile; what unpacks to more than a gigabyte counts as not there.
// Owns:   the library's state; `elf` outlives it.
class DebugInfo {
  public:
    static std::optional<DebugInfo> open(Elf* elf);

    // Of an address as the file counts them.
    [[nodiscard]] std::optional<SourceLine> at(std::uint64_t address) const;

  private:
    struct End {
        void operator()(Dwarf* dwarf) const;
    };

    explicit DebugInfo(Dwarf* dwarf) : dwarf_(dwarf) {}

    std::unique_ptr<Dwarf, End> dwarf_;
};

}  // namespace plimsoll::symbols
