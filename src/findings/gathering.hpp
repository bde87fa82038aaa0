#pragma once

#include <string>
#include <vector>

#include "findings/finding.hpp"
#include "findings/grouping.hpp"
#include "ledger/snapshot.hpp"

namespace plimsoll::findings {

// The rows one finding is about. A process lists only its first unusual endings and counts all:
// `count` is true, `rows` may be fewer, and sums over rows are then "at least".
struct Gathered {
    Rows rows;
    std::uint64_t count = 0;

    [[nodiscard]] bool cut() const { return count > rows.size(); }
    [[nodiscard]] std::string at_least() const { return cut() ? "at least " : ""; }

    void add(const Rows& more, std::uint64_t true_count);
};

// Every allocation of the snapshot that ended so.
Gathered gather(const ledger::Snapshot& snapshot, ledger::Ending ending);

// Count, bytes, devices and the first rows.
void describe(Finding& finding, const Gathered& gathered);

// The first lines, and how many there would have been.
void set_evidence(Finding& finding, std::vector<std::string> lines);

// Equal rows grouped, under their process when there are several.
std::vector<std::string> grouped_lines(const ledger::Snapshot& snapshot, const Rows& rows);

// "all from model.py:12 in forward", "the largest from ..."; empty when no call site is known.
std::string main_origin(const Gathered& gathered);

// "1 buffer", "3 circular buffers"; "4 allocations" when they are of several kinds.
std::string counted_kinds(const Rows& rows, std::uint64_t count);

// Devices that any row is on, ascending.
std::vector<std::int32_t> devices_of(const Rows& rows);

}  // namespace plimsoll::findings
