#pragma once

#include <algorithm>
#include <cstdint>

namespace plimsoll::ledger {

// Whether an event is missing among those received: sequence numbers begin at 1 and leave nothing
// out. An event that comes late closes its gap. Trust: any sequence numbers are taken, at worst a
// gap is seen where there is none.
class EventGaps {
  public:
    void receive(std::uint64_t sequence) {
        ++received_;
        if (sequence <= base_) return;
        ++since_base_;
        highest_ = std::max(highest_, sequence);
    }

    [[nodiscard]] bool open() const { return highest_ - base_ > since_base_; }
    // Whether there would be a gap with one more event, of this number.
    [[nodiscard]] bool open_with(std::uint64_t sequence) const {
        return std::max(highest_, sequence) - base_ > since_base_ + (sequence > base_ ? 1 : 0);
    }
    [[nodiscard]] std::uint64_t received() const { return received_; }

    // What is missing up to `sequence` does not matter any more.
    void restart_after(std::uint64_t sequence) {
        base_ = highest_ = std::max(highest_, sequence);
        since_base_ = 0;
    }
    [[nodiscard]] bool before_base(std::uint64_t sequence) const { return sequence <= base_; }

  private:
    std::uint64_t received_ = 0;
    std::uint64_t base_ = 0;
    std::uint64_t highest_ = 0;
    std::uint64_t since_base_ = 0;
};

}  // namespace plimsoll::ledger
