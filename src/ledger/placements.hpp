#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "ledger/input.hpp"

namespace plimsoll::ledger {

// What many allocations have in common: all but their number, address and times.
struct Placement {
    Kind kind = Kind::unknown;
    Region region = Region::dram;
    Owner owner = Owner::unknown;
    bool reported = false;
    DeviceSetId set;
    CoreSetId cores;
    CallSiteId call_site;
    LabelId label;  // of the program that it belonged to
    std::uint32_t banks = 0;
    std::uint64_t bytes = 0;
    std::uint64_t bytes_per_bank = 0;
    friend auto operator<=>(const Placement&, const Placement&) = default;
};

// Each placement once, by number. Threads: none.
class Placements {
  public:
    static constexpr std::size_t kMost = 1u << 16;

    // Nothing: there are too many.
    std::optional<std::uint32_t> number_of(const Placement& placement) {
        const auto known = numbers_.find(placement);
        if (known != numbers_.end()) return known->second;
        if (all_.size() == kMost) return std::nullopt;
        const auto number = static_cast<std::uint32_t>(all_.size());
        numbers_.emplace(placement, number);
        all_.push_back(placement);
        return number;
    }
    [[nodiscard]] const std::vector<Placement>& all() const { return all_; }

  private:
    std::map<Placement, std::uint32_t> numbers_;
    std::vector<Placement> all_;
};

}  // namespace plimsoll::ledger
