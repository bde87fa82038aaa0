#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "ledger/event_gaps.hpp"
#include "ledger/growth_rule.hpp"
#include "ledger/growth_tracker.hpp"
#include "ledger/held.hpp"
#include "ledger/holdings.hpp"
#include "ledger/input.hpp"
#include "ledger/occupancy.hpp"
#include "ledger/pictures.hpp"
#include "ledger/recent_ids.hpp"
#include "ledger/snapshot.hpp"

namespace plimsoll::ledger {

// The ledger of one process. What is live, and the counters, it takes from each look at the
// process's tables, so they are exact whatever events were lost; events bring what tables cannot
// tell, the peaks of devices and of shared space, and what those were made of.
//
// Trust: input.hpp's; beyond that, events may repeat, be missing, or concern unknown allocations.
// Memory: one small entry per live allocation, what core_residency.hpp allows per device, and what
// growth_tracker.hpp does.
// Threads: none; one caller at a time.
class ProcessLedger {
  public:
    // The next events, every one that was received: those the ledger has no use for as
    // Event::Type::other, or they would count as lost. `tables` must have all entries they name.
    void apply(const Tables& tables, std::span<const Event> events);

    // To be called after each look. When events stay missing from one call to the next they are
    // lost, and the story starts anew from the look. Until then peaks rest on less.
    void catch_up(const Tables& tables, const Look& look);

    [[nodiscard]] ProcessView view(const Tables& tables, const Look& look,
                                   ProcessState state) const;

    // What was allocated when something was refused.
    [[nodiscard]] const Pictures& pictures() const { return pictures_; }
    // What grows, or grew until a device closed. Its call sites and marks are ids of the caller's
    // tables, and still without their names.
    [[nodiscard]] std::vector<Growth> growths(const Tables& tables) const;

    // What open devices hold by kind, and how large the largest piece is that they have free.
    [[nodiscard]] std::vector<DeviceHoldings> holdings(const Tables& tables,
                                                       const Look& look) const {
        return ledger::holdings(tables, look, live_, has_gap());
    }

    // The highest levels of a device, an index into Tables::devices, since watch_anew() was called
    // last. Without a gap in the story they are that, else at least that.
    void watch_anew() { occupancy_.watch_anew(); }
    [[nodiscard]] DevicePeaks watched_peaks(std::uint32_t device) const;
    [[nodiscard]] bool has_gap() const { return gaps_.open() || occupancy_.left_out() != 0; }

    [[nodiscard]] std::uint64_t received() const { return gaps_.received(); }
    // Events that could not be as they said: frees of unknown allocations, allocations twice.
    [[nodiscard]] std::uint64_t implausible() const { return implausible_; }

  private:
    void apply(const Tables& tables, const Event& event);
    void add(const Tables& tables, const Allocation& allocation, bool is_news);
    void end(const Tables& tables, AllocationId id);
    void mark(const Event& event);
    enum class Moment : std::uint8_t { close, refusal };
    void remember_growths(const Tables& tables, Moment moment);
    [[nodiscard]] std::vector<Growth> growths(const Tables& tables, bool until_refused) const;

    Occupancy occupancy_;
    GrowthTracker growth_;
    std::vector<Growth> grew_;  // what grew when its device closed, or when something was refused
    std::array<std::uint64_t, 2> births_when_remembered_{};  // by Moment
    HeldTable live_;
    RecentIds over_;
    Pictures pictures_;
    std::optional<Mark> last_mark_;
    EventGaps gaps_;
    bool gap_at_last_look_ = false;
    bool restarted_ = false;  // some events are lost for good
    std::uint64_t implausible_ = 0;
};

}  // namespace plimsoll::ledger
