#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "ledger/input.hpp"

namespace plimsoll::ledger {

// What the process's own counters say about the peak of a sum over several of them: it was at
// least the highest one, and exactly that one when no other ever held anything.
class PeakBound {
  public:
    void take(std::uint64_t peak_bytes) {
        ++cells_;
        if (peak_bytes > at_least_) at_least_ = peak_bytes;
    }
    // A cell whose bytes overlap others': it says nothing about the sum.
    void take_shared() { shared_ = true; }

    [[nodiscard]] std::uint64_t at_least() const { return at_least_; }
    [[nodiscard]] std::optional<std::uint64_t> exact() const {
        if (shared_ || cells_ > 1) return std::nullopt;
        return at_least_;
    }

  private:
    std::uint64_t cells_ = 0;
    std::uint64_t at_least_ = 0;
    bool shared_ = false;
};

struct PeakBounds {
    std::vector<std::array<PeakBound, kRegionCount>> devices;  // as in Tables::devices
    std::array<PeakBound, kKindCount> kinds;                   // on all devices, registered bytes
    PeakBound total;                                           // on all devices
};

PeakBounds peak_bounds(const Tables& tables, const std::vector<Cell>& cells);

}  // namespace plimsoll::ledger
