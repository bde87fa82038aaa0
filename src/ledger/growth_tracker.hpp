#pragma once

#include <cstdint>
#include <unordered_set>
#include <vector>

#include "ledger/flat_index.hpp"
#include "ledger/input.hpp"
#include "ledger/mark_clock.hpp"
#include "ledger/trail.hpp"

namespace plimsoll::ledger {

// Allocations that belong together: made at one place, by one op, for one sort of owner.
struct GrowthGroup {
    CallSiteId call_site;
    Work work = Work::unknown;
    Kind kind = Kind::unknown;
    Region region = Region::dram;
    Owner owner = Owner::unknown;
    std::vector<DeviceSetId> sets;  // the first few it was made on
    std::uint64_t births = 0;
    std::uint64_t frees = 0;
    std::uint32_t live = 0;
    std::uint64_t live_bytes = 0;     // requested, on all devices
    std::uint64_t live_occupied = 0;  // on all devices
    std::uint32_t base = 0;           // live when the story began
    std::uint64_t base_bytes = 0;
    Trail trail;
};

// What one allocation counts for, to be given back when it is over.
struct GrowthShare {
    std::uint32_t group = 0;    // from 1; 0: none
    std::uint32_t devices = 0;  // it is on
    std::uint64_t bytes = 0;    // requested, on all of them
    std::uint64_t occupied = 0;
};

// How the groups of one process went on, event by event. What that means, growth_rule.hpp says.
//
// Memory: kMostGroups groups of a few hundred steps each; what belongs to none of them is left out.
// Cost: constant for each event. Threads: none.
class GrowthTracker {
  public:
    GrowthShare allocate(const Tables& tables, const Allocation& allocation);
    // It was there when the story began, nobody knows since when.
    GrowthShare hold(const Tables& tables, const Allocation& allocation);
    void end(const GrowthShare& share);
    void mark(TextId name) { marks_.mark(name); }
    // Nothing is live, nothing was seen.
    void restart();

    [[nodiscard]] const std::vector<GrowthGroup>& groups() const { return groups_; }
    [[nodiscard]] const MarkClock& marks() const { return marks_; }
    // Allocations seen so far: the clock that all groups have in common.
    [[nodiscard]] std::uint64_t births() const { return births_; }
    // Whether programs were made at that place: something is computed there.
    [[nodiscard]] bool made_programs(CallSiteId site) const {
        return programs_.contains(site.value);
    }

  private:
    static constexpr std::size_t kMostGroups = 2048;

    std::uint32_t group_of(const Allocation& allocation);
    GrowthShare count(const Tables& tables, const Allocation& allocation);

    std::vector<GrowthGroup> groups_;
    FlatIndex numbers_;  // from 1
    std::unordered_set<std::uint32_t> programs_;
    MarkClock marks_;
    std::uint64_t births_ = 0;
};

}  // namespace plimsoll::ledger
