#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "ledger/held.hpp"
#include "ledger/input.hpp"

namespace plimsoll::ledger {

// What was allocated at the moments of the refusals: the first ones of a process, because what is
// refused later is mostly the same again.
class Pictures {
  public:
    static constexpr std::size_t kMost = 64;
    static constexpr std::size_t kMostBlocks = 1u << 16;  // of all of them

    // `refused` says which allocator, which region, and whose program; `complete`: `live` is all
    // that is allocated.
    void take(const Allocation& refused, const HeldById& live, bool complete);

    // Null: none was taken.
    [[nodiscard]] const Picture* of(std::uint64_t refusal) const;
    // The places that the pictures refer to, in the process's own table.
    [[nodiscard]] const std::set<std::uint32_t>& call_sites() const { return call_sites_; }

  private:
    std::vector<Picture> pictures_;
    std::set<std::uint32_t> call_sites_;
    std::size_t blocks_ = 0;
};

}  // namespace plimsoll::ledger
