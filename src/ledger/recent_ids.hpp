#pragma once

#include <cstdint>
#include <vector>

#include "base/ids.hpp"

namespace plimsoll::ledger {

// Allocations that are known to be over, the last ones: another thread's "free" may overtake its
// "allocate", which must not come to life afterwards. Ids rise, so a place for each of the last
// 2^12 of them is enough; what is older is forgotten.
class RecentIds {
  public:
    void insert(AllocationId id) { ids_[place(id)] = id.value; }
    [[nodiscard]] bool contains(AllocationId id) const { return ids_[place(id)] == id.value; }

  private:
    static constexpr std::uint64_t kPlaces = 1u << 12;
    static std::uint64_t place(AllocationId id) { return id.value % kPlaces; }

    // Place 0 starts with an id that does not belong there.
    std::vector<std::uint64_t> ids_ = [] {
        std::vector<std::uint64_t> none(kPlaces, 0);
        none[0] = 1;
        return none;
    }();
};

}  // namespace plimsoll::ledger
