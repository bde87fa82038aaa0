#pragma once

#include <plimsoll/client.h>

#include <cstddef>
#include <cstdint>

#include "agents/ttmetal/runtime.hpp"

namespace plimsoll::ttmetal {

// A set of cores of the runtime's in the client's form. The runtime merges its ranges, so they do
// not overlap and their cores can be counted one range at a time.
class CoreRanges {
  public:
    static constexpr std::size_t kMaxRanges = 512;  // the client takes no more

    CoreRanges() = default;
    explicit CoreRanges(const CoreRangeSet& set) {
        for (const CoreRange* range = set.first; range != set.last; ++range) add(*range);
    }

    void add(const CoreRange& range) {
        if (range.x1 < range.x0 || range.y1 < range.y0) return;
        cores_ += (range.x1 - range.x0 + 1) * (range.y1 - range.y0 + 1);
        if (count_ == kMaxRanges) {
            complete_ = false;
            return;
        }
        ranges_[count_++] = {
            static_cast<std::uint16_t>(range.x0), static_cast<std::uint16_t>(range.y0),
            static_cast<std::uint16_t>(range.x1), static_cast<std::uint16_t>(range.y1)};
    }

    [[nodiscard]] std::uint32_t cores() const { return static_cast<std::uint32_t>(cores_); }

    // 0 for more ranges than fit, as for a full table: then the cores are counted, not named.
    [[nodiscard]] plimsoll_text intern(plimsoll_client* client) const {
        return complete_ && count_ != 0 ? plimsoll_intern_cores(client, ranges_, count_) : 0;
    }

  private:
    plimsoll_core_range ranges_[kMaxRanges];
    std::size_t count_ = 0;
    std::uint64_t cores_ = 0;
    bool complete_ = true;
};

}  // namespace plimsoll::ttmetal
