#include <fmt/format.h>

#include <algorithm>

#include "findings/words.hpp"
#include "view/sections.hpp"

namespace plimsoll::view {
namespace {

using findings::counted;

bool any_of_kind(const ledger::Snapshot& snapshot, Kind kind) {
    return std::any_of(snapshot.kinds.begin(), snapshot.kinds.end(),
                       [kind](const ledger::KindUse& use) { return use.kind == kind; });
}

void add_once(std::vector<std::string>& to, const std::string& what) {
    if (std::find(to.begin(), to.end(), what) == to.end()) to.push_back(what);
}

void run_note(std::vector<std::string>& notes, const ledger::SubjectCoverage& run) {
    notes.push_back(run.coverage == Coverage::unknown
                        ? fmt::format("L1/core counts what all programs have set up, whether they "
                                      "have run or not: {}",
                                      run.why)
                        : fmt::format("L1/core: {}", run.why));
}

// The reason of a figure that is not exact, and which kinds have none at all. Why not is the same
// in every report of a release: the guide and the JSON say it.
void coverage_notes(std::vector<std::string>& notes, const ledger::Snapshot& snapshot) {
    std::vector<std::string> unseen, not_always;
    for (const ledger::ProcessView& process : snapshot.processes) {
        for (const ledger::SubjectCoverage& one : process.coverage) {
            if (one.coverage == Coverage::exact || one.subject == Subject::op) continue;
            if (one.subject == Subject::call_site) {
                notes.push_back(fmt::format("call sites are not known: {}", one.why));
                continue;
            }
            if (one.subject == Subject::run) {
                if (any_of_kind(snapshot, Kind::circular_buffer) ||
                    any_of_kind(snapshot, Kind::dataflow_buffer)) {
                    run_note(notes, one);
                }
                continue;
            }
            const auto kind = static_cast<Kind>(one.subject);
            const std::string what = findings::plural(findings::noun(kind));
            if (any_of_kind(snapshot, kind)) {
                notes.push_back(fmt::format("{}: at least, {}", what, one.why));
            } else {
                add_once(one.coverage == Coverage::unknown ? unseen : not_always, what);
            }
        }
    }
    std::string text;
    if (!unseen.empty()) text = "not seen in this release: " + findings::listed(unseen);
    if (!not_always.empty()) {
        text += (text.empty() ? "" : "; ") + ("not always seen: " + findings::listed(not_always));
    }
    if (!text.empty()) notes.push_back(text + "; the guide says why");
}

void table_notes(std::vector<std::string>& notes, const ledger::Snapshot& snapshot) {
    bool capacity = false, peak = false;
    for (const ledger::DeviceUse& device : snapshot.devices) {
        for (const Region region : {Region::dram, Region::l1}) {
            const ledger::RegionUse& use = region == Region::l1
                                               ? device.l1_per_core
                                               : device.regions[static_cast<std::size_t>(region)];
            capacity = capacity || use.capacity.coverage == Coverage::unknown;
            peak = peak || use.peak.coverage == Coverage::unknown;
        }
    }
    if (capacity) {
        notes.emplace_back("a dash under 'of': the runtime's allocator could not be asked");
    }
    if (peak) notes.emplace_back("a dash under 'peak': not all that counts there is seen");
    const ledger::Events& events = snapshot.totals.events;
    if (events.lost > 0) {
        notes.push_back(
            fmt::format("{} of {} events were lost: what is left is exact, the history is not",
                        events.lost, events.produced));
    }
}

void health_notes(std::vector<std::string>& notes, const ledger::ProcessView& process) {
    const ledger::Health& health = process.health;
    const std::string who = findings::process_text(process.identity);
    const auto say = [&](std::uint64_t count, std::string_view noun, std::string_view what) {
        if (count > 0) notes.push_back(fmt::format("{}: {} {}", who, counted(count, noun), what));
    };
    say(health.unlisted_allocations, "allocation", "counted but not listed, the table was full");
    std::uint64_t listed = 0;
    for (const ledger::RefusalView& one : process.refusals) listed += 1 + one.refusal.repeats;
    if (process.refusal_count > listed) {
        say(process.refusal_count - listed, "refusal",
            "counted but not listed, the table was full");
    }
    say(health.unmatched_frees, "free", "of something that was never seen allocated");
    say(health.double_frees, "free", "of something that was freed already");
    say(health.table_overflows, "entry", "dropped from full tables");
    say(health.rows_in_flight, "row", "half written when the process was looked at");
    say(health.rows_rejected, "row", "rejected as damaged");
    if (health.verified > 0 && health.verified_differing == 0) {
        notes.push_back(fmt::format("{}: equal to the runtime's own allocator in {}", who,
                                    counted(health.verified, "comparison")));
    }
}

}  // namespace

std::vector<std::string> notes_of(const findings::Report& report) {
    std::vector<std::string> notes = report.notes;
    if (report.attached) {
        coverage_notes(notes, report.snapshot);
        table_notes(notes, report.snapshot);
        for (const ledger::ProcessView& process : report.snapshot.processes) {
            health_notes(notes, process);
        }
    }
    std::vector<std::string> told;
    for (const std::string& note : notes) add_once(told, note);
    return told;
}

void print_notes(Page& page, const findings::Report& report) {
    const std::vector<std::string> told = notes_of(report);
    if (told.empty()) return;
    page.line("Notes");
    for (std::size_t i = 0; i < told.size() && i < kMaxScreenRows; ++i) {
        page.paragraph("  " + told[i], 4);
    }
    if (told.size() > kMaxScreenRows) page.line("  " + and_more(told.size() - kMaxScreenRows));
    page.blank();
}

}  // namespace plimsoll::view
