#pragma once

#include <cstdint>
#include <vector>

#include "ledger/growth_profile.hpp"
#include "ledger/growth_tracker.hpp"

// The loops of a program, as far as what it allocates shows them.
namespace plimsoll::ledger {

// A line that comes again and again, once per turn.
struct Turning {
    Loop loop = nullptr;
    double turns = 0;   // while the group grew
    double lately = 0;  // of these, since `Lately::since`
};

// The last rises of which it is known which allocation each was.
struct Lately {
    std::uint64_t since = 0;
    double times = 0;  // those that follow each other with nothing in between are one
};
Lately lately(const std::vector<Rise>& rises);

// Whether the place of that group computes something.
bool computes(const GrowthTracker& tracker, const GrowthGroup& group);

// The lines whose turns may be the iterations in which `grown` rose, the rarest first: the
// outermost loop. In each turn something is computed, or weights would be loaded there.
std::vector<Turning> loops(const GrowthTracker& tracker, const GrowthGroup& grown,
                           const std::vector<Rise>& rises, std::uint64_t since);

// Whether since the last rise it turned more often than this part of its turns up to then.
bool goes_on_without(const GrowthTracker& tracker, Loop loop, const Rise& first, const Rise& last,
                     double part);

}  // namespace plimsoll::ledger
