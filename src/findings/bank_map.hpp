#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace plimsoll::findings {

// From `begin` up to, and without, `end`.
struct Extent {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;

    [[nodiscard]] std::uint64_t bytes() const { return end - begin; }
    friend bool operator==(const Extent&, const Extent&) = default;
};

// Neighbours that would have to go.
struct Frees {
    std::size_t first = 0;  // which blocks: the first of them, by address
    std::size_t count = 0;
    std::uint64_t freed_bytes = 0;
    Extent room;  // what is then free in one piece
};

// One bank of an allocator that gives the same place in every bank: its blocks, and what is free
// between them.
class BankMap {
  public:
    // `blocks` by address.
    BankMap(Extent bank, std::vector<Extent> blocks);

    // Whether the blocks lie inside the bank and beside each other. Nothing else means anything
    // where they do not.
    [[nodiscard]] bool is_possible() const;

    [[nodiscard]] std::vector<Extent> holes() const;
    [[nodiscard]] std::uint64_t free_bytes() const;
    [[nodiscard]] std::uint64_t largest_hole() const;

    // The fewest blocks whose end would leave `need` bytes in one piece; of equally many those with
    // the fewest bytes, then the lowest. None have to go: count 0. Nothing: the bank is too small.
    // They are neighbours always: what is not beside the others adds nothing to their piece.
    [[nodiscard]] std::optional<Frees> fewest_frees(std::uint64_t need) const;

  private:
    [[nodiscard]] std::uint64_t end_before(std::size_t block) const;
    [[nodiscard]] std::uint64_t begin_of(std::size_t block) const;

    Extent bank_;
    std::vector<Extent> blocks_;
};

}  // namespace plimsoll::findings
