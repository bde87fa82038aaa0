#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ledger/growth_tracker.hpp"

namespace plimsoll::ledger {

enum class Measure : std::uint8_t { allocations, bytes };

// More of a group stays from here on: what was live then and later never less.
struct Rise {
    double when = 0;       // iteration
    std::uint64_t at = 0;  // allocation of the process
    bool exact = false;    // it is known to be this one, and not one after it
    std::uint64_t by = 0;  // in the measure asked for
    std::uint64_t by_bytes = 0;
    std::uint64_t allocations = 0, bytes = 0;  // that stay, with it
};

struct Low {
    double when = 0;
    std::uint64_t least = 0;  // live until the next one
};

// A group over the iterations of something.
struct Profile {
    Measure measure = Measure::allocations;
    std::vector<Rise> rises;  // one for each iteration that has any
    std::vector<Low> lows;    // of every step
};

// What gives the iterations: the births of a group that comes again each time; null: the marks.
using Loop = const GrowthGroup*;

double iteration_at(Loop loop, std::uint64_t at, std::uint32_t mark);

// Rises by themselves, each its own iteration.
std::vector<Rise> rises_of(const GrowthGroup& group, Measure measure);
Profile profile_of(const GrowthGroup& group, Measure measure, Loop loop);

// The rule itself.
struct Span {
    std::size_t first = 0;   // index into the rises
    double largest_gap = 0;  // between two of them, as a part of the whole
};
// From which rise on the group grows until the last one, the longest such time; nothing: it does
// not.
std::optional<Span> grows(const Profile& profile, double least_iterations);

}  // namespace plimsoll::ledger
