#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "ledger/input.hpp"
#include "ledger/placements.hpp"

namespace plimsoll::ledger {

// What was there and is over, and what the program named meanwhile: what no table of a process
// keeps, for those who want to see an earlier moment.
//
// Trust: as ProcessLedger. Memory: about 200 bytes for each that is live, 48 for each that is over.
// Threads: none.
class History {
  public:
    static constexpr std::size_t kMostOpen = 1u << 20;
    static constexpr std::size_t kMostOver = 1u << 19;  // at least, the last ones
    static constexpr std::size_t kMostNamed = 1000;     // marks, and windows: the first ones

    // An allocation that is over.
    struct Past {
        std::uint64_t id;
        std::uint64_t address;
        std::uint64_t made_at_ns;
        std::uint64_t over;  // number of the event that ended it
        std::uint64_t over_at_ns;
        std::uint32_t placement;  // in placements()
    };
    // A mark, or a window, which may have ended.
    struct Named {
        std::uint64_t id = 0;
        std::uint64_t at_ns = 0;
        std::optional<std::uint64_t> over;
        std::uint64_t over_at_ns = 0;
        TextId name;
    };

    void apply(std::span<const Event> events);

    // In the order in which they ended.
    [[nodiscard]] const std::vector<Past>& over() const { return over_; }
    [[nodiscard]] const std::vector<Placement>& placements() const { return placements_.all(); }
    [[nodiscard]] const std::vector<Named>& marks() const { return marks_; }
    [[nodiscard]] const std::vector<Named>& windows() const { return windows_; }
    // With those that are only counted.
    [[nodiscard]] std::uint64_t mark_count() const { return mark_count_; }
    [[nodiscard]] std::uint64_t window_count() const { return window_count_; }

  private:
    struct Run {
        std::uint64_t id = 0;
        LabelId label;
    };
    struct End {
        std::uint64_t over = 0;
        std::uint64_t at_ns = 0;
    };

    void apply(const Event& event);
    void end(std::uint64_t id, End end);
    void keep(const Allocation& allocation, End end);
    void begin_window(const Event& event);
    void end_window(const Event& event);
    [[nodiscard]] LabelId label_of(const Allocation& allocation) const;
    [[nodiscard]] End end_at(const Event& event) const {
        return {event.sequence + numbers_before_, event.at_ns};
    }

    // By how much a number is above the place in the sequence: a forked process goes on counting.
    std::uint64_t numbers_before_ = 0;
    std::map<std::uint64_t, Allocation> open_;
    std::map<std::uint64_t, End> early_;  // of those whose begin is still to come
    std::map<ProgramId, Run> runs_;       // the last one of each
    Placements placements_;
    std::vector<Past> over_;
    std::vector<Named> marks_;
    std::vector<Named> windows_;
    std::vector<std::size_t> open_windows_;
    std::uint64_t mark_count_ = 0;
    std::uint64_t window_count_ = 0;
};

}  // namespace plimsoll::ledger
