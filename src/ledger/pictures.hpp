#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "ledger/held.hpp"
#include "ledger/input.hpp"

namespace plimsoll::ledger {

// What was allocated at the moments of the refusals: of the first ones of a process, and of the
// last ones, which may have ended it.
class Pictures {
  public:
    static constexpr std::size_t kMost = 64;
    static constexpr std::size_t kFirst = 8;                   // that stay
    static constexpr std::size_t kMostBlocks = 1u << 14;       // of one,
    static constexpr std::size_t kMostBlocksOfAll = 1u << 16;  // and of all

    // `refused` says which allocator, which region, and whose program; `complete`: `live` is all
    // that is allocated; `mark`: the last one.
    void take(const Allocation& refused, const HeldTable& live, bool complete,
              const std::optional<Mark>& mark);

    // Null: none was taken.
    [[nodiscard]] const Picture* of(std::uint64_t refusal) const;
    // The places that the pictures refer to, in the process's own table.
    [[nodiscard]] std::set<std::uint32_t> call_sites() const;

  private:
    void make_room(std::size_t blocks);

    std::vector<Picture> pictures_;
    std::size_t blocks_ = 0;  // of all
};

}  // namespace plimsoll::ledger
