#include "findings/gathering.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "findings/words.hpp"

namespace plimsoll::findings {

namespace {

// Two images of one process, before and after an exec, have one pid.
bool is_of(const ledger::ProcessView& process, const ledger::AllocationView* row) {
    const auto among = [row](const std::vector<ledger::AllocationView>& rows) {
        return std::any_of(rows.begin(), rows.end(),
                           [row](const auto& one) { return &one == row; });
    };
    return among(process.held) || among(process.ended);
}

}  // namespace

void Gathered::add(const Rows& more, std::uint64_t true_count) {
    const auto first = rows.insert(rows.end(), more.begin(), more.end());
    // In the order they were made: that in which they ended may be another one in each run.
    std::sort(first, rows.end(), [](const auto* a, const auto* b) { return a->id < b->id; });
    count += std::max<std::uint64_t>(true_count, more.size());
}

Gathered gather(const ledger::Snapshot& snapshot, ledger::Ending ending) {
    Gathered gathered;
    for (const ledger::ProcessView& process : snapshot.processes) {
        const Rows rows = select(process.ended, [ending](const ledger::AllocationView& row) {
            return row.ending == ending;
        });
        gathered.add(rows, process.ended_count[static_cast<std::size_t>(ending)]);
    }
    return gathered;
}

void describe(Finding& finding, const Gathered& gathered) {
    finding.count = gathered.count;
    finding.devices = devices_of(gathered.rows);
    for (const ledger::AllocationView* row : gathered.rows) {
        finding.bytes += bytes_on_all_devices(*row);
        if (finding.allocations.size() < kMaxRows) finding.allocations.push_back(*row);
    }
    finding.places = places_of(gathered.rows);
    if (!gathered.cut()) return;
    Place unlisted;
    unlisted.on_device[std::nullopt] = {gathered.count - gathered.rows.size(), 0};
    finding.places.push_back(std::move(unlisted));
}

void set_evidence(Finding& finding, std::vector<std::string> lines) {
    finding.evidence_count = lines.size();
    if (lines.size() > kMaxRows) lines.resize(kMaxRows);
    finding.evidence = std::move(lines);
}

std::vector<std::string> grouped_lines(const ledger::Snapshot& snapshot, const Rows& rows) {
    const bool several = snapshot.processes.size() > 1;
    std::vector<std::string> text;
    for (const ledger::ProcessView& process : snapshot.processes) {
        Rows own;
        for (const ledger::AllocationView* row : rows) {
            if (is_of(process, row)) own.push_back(row);
        }
        if (own.empty()) continue;
        if (several) text.push_back(process_text(process.identity));
        for (const std::string& one : lines(group(own), snapshot.devices.size())) {
            text.push_back((several ? "  " : "") + one);
        }
    }
    return text;
}

std::string main_origin(const Gathered& gathered) {
    const Rows& rows = gathered.rows;
    if (rows.empty()) return {};
    const std::vector<Group> groups = group(rows);
    const ledger::AllocationView& first = *groups.front().first;
    const auto all_from = [&groups](const std::string& place, std::size_t frames) {
        return std::all_of(groups.begin(), groups.end(),
                           [&](const Group& one) { return origin(*one.first, frames) == place; });
    };
    std::string largest = origin(first, 2);
    if (largest.empty()) return {};
    if (!all_from(largest, 2)) {
        largest = origin(first, 1);
        if (!all_from(largest, 1)) return "the largest from " + largest;
    }
    if (gathered.cut()) return "those listed from " + largest;
    return (rows.size() == 1 ? "from " : "all from ") + largest;
}

std::string counted_kinds(const Rows& rows, std::uint64_t count) {
    const bool one_kind = std::all_of(rows.begin(), rows.end(), [&rows](const auto* row) {
        return row->kind == rows.front()->kind;
    });
    const bool named = one_kind && !rows.empty() && rows.front()->kind != Kind::unknown;
    return counted(count, named ? noun(rows.front()->kind) : "allocation");
}

std::vector<std::int32_t> devices_of(const Rows& rows) {
    std::set<std::int32_t> devices;
    for (const ledger::AllocationView* row : rows) {
        devices.insert(row->devices.begin(), row->devices.end());
    }
    return {devices.begin(), devices.end()};
}

}  // namespace plimsoll::findings
