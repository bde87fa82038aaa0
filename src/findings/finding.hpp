#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "findings/places.hpp"
#include "findings/refused.hpp"
#include "ledger/snapshot.hpp"

namespace plimsoll::findings {

enum class Severity : std::uint8_t { info, warning, error };

// Lines under a word of their own, such as "Asked".
struct Section {
    std::string label;
    std::vector<std::string> lines;
};

// How fast something grows.
struct GrowthRate {
    double bytes = 0;  // per iteration, as `allocations`
    double allocations = 0;
    std::uint64_t iterations = 0;  // over which it grew
    std::uint64_t first_seen = 0;  // the iteration with which that began
    bool marks_given = false;      // iterations are the program's own marks, else they were found
};

// A broken rule, written so that it could be pasted into an issue of the runtime: what one sees,
// why, the evidence, whether memory is lost, what to do. Codes are stable.
struct Finding {
    std::string code;
    Severity severity = Severity::info;
    std::string title;        // one line: how much of what, where
    std::uint64_t count = 0;  // allocations (or refusals) concerned
    std::uint64_t bytes = 0;  // requested bytes, over those allocations and their devices
    std::vector<std::int32_t> devices;
    std::vector<ledger::AllocationView> allocations;  // at most kMaxRows of `count`
    std::string symptom;                              // what other tools, or the user, see
    std::string cause;                                // what happened
    std::vector<std::string> evidence;                // lines, at most kMaxRows
    std::uint64_t evidence_count = 0;                 // lines there would have been
    std::string consequence;                          // is memory lost?
    std::vector<std::string> fix;                     // what to do
    std::string mended_in;           // releases of the runtime without it; empty when none is known
    std::vector<Section> sections;   // what only this rule has to say
    std::optional<Refused> refused;  // the same and more for programs, where something was refused
    std::optional<GrowthRate> growth;  // of what grows
    std::vector<Place> places;  // all of it by place, however many there are; the largest first
};

inline constexpr std::size_t kMaxRows = 100;

}  // namespace plimsoll::findings
