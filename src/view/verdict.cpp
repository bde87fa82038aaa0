#include <fmt/format.h>

#include "findings/words.hpp"
#include "view/page.hpp"
#include "view/sections.hpp"
#include "view/text.hpp"

namespace plimsoll::view {
namespace {

using findings::counted;

std::vector<const findings::Finding*> of_code(const findings::Report& report,
                                              std::string_view code) {
    std::vector<const findings::Finding*> found;
    for (const findings::Finding& finding : report.findings) {
        if (finding.code == code) found.push_back(&finding);
    }
    return found;
}

std::string died(const std::vector<const findings::Finding*>& deaths) {
    if (deaths.size() == 1) return deaths.front()->title;
    return fmt::format("{} processes died holding device memory", deaths.size());
}

std::string grows(const std::vector<const findings::Finding*>& growths) {
    const std::string first = "memory grows by " + growths.front()->title;
    if (growths.size() == 1) return first;
    return fmt::format("{}, and at {}", first, counted(growths.size() - 1, "other place"));
}

std::string live(const ledger::Snapshot& snapshot) {
    std::uint64_t bytes = 0;
    bool exact = true;
    for (const ledger::DeviceUse& device : snapshot.devices) {
        for (const ledger::RegionUse& use : device.regions) {
            bytes += use.live.value;
            exact = exact && (use.live.coverage == Coverage::exact || use.live.value == 0);
        }
    }
    return fmt::format("{} {} live on {}, {}{} in all",
                       counted(snapshot.totals.active_allocations, "allocation"),
                       snapshot.totals.active_allocations == 1 ? "is" : "are",
                       counted(snapshot.devices.size(), "device"), exact ? "" : "at least ",
                       findings::bytes_text(bytes));
}

// What a reader must know, most urgent first: never left out.
std::vector<std::string> memory(const findings::Report& report) {
    std::vector<std::string> parts;
    std::uint64_t refused = 0;
    for (const ledger::ProcessView& process : report.snapshot.processes) {
        refused += process.refusal_count;
    }
    if (refused > 0) {
        parts.push_back(fmt::format("{} {} refused", counted(refused, "allocation"),
                                    refused == 1 ? "was" : "were"));
    }
    const auto deaths = of_code(report, "process-died-holding");
    if (!deaths.empty()) parts.push_back(died(deaths));
    const auto growths = of_code(report, "grows-per-iteration");
    if (!growths.empty()) parts.push_back(grows(growths));
    for (const char* code : {"buffer-outlives-device", "left-at-exit"}) {
        for (const findings::Finding* finding : of_code(report, code)) {
            parts.push_back(finding->title);
        }
    }
    if (report.snapshot.totals.active_allocations > 0) parts.push_back(live(report.snapshot));
    const bool held = parts.size() > (refused > 0 ? 1 : 0);
    if (!held && report.snapshot.devices.empty()) {
        parts.emplace_back("no device was opened");
    } else if (!held) {
        parts.push_back("nothing is left on " + counted(report.snapshot.devices.size(), "device"));
    }
    for (const findings::Finding* finding : of_code(report, "ledger-differs-from-allocator")) {
        parts.push_back(finding->title);
    }
    return parts;
}

// What does not change the verdict on memory, but belongs beside it while there is room.
std::vector<std::string> asides(const findings::Report& report) {
    std::vector<std::string> parts;
    const bool told = !of_code(report, "process-died-holding").empty();
    if (report.signal && !told) {
        parts.push_back("the command was killed by " + findings::signal_name(*report.signal));
    }
    for (const findings::Finding* finding : of_code(report, "runtime-forgot-circular-buffers")) {
        parts.push_back(fmt::format("the runtime forgot to report {} as freed",
                                    counted(finding->count, "circular buffer")));
    }
    for (const findings::Finding* finding : of_code(report, "unattributed")) {
        parts.push_back(counted(finding->count, "allocation") + " unattributed");
    }
    return parts;
}

}  // namespace

std::string verdict(const findings::Report& report) {
    if (!report.attached) {
        return "nothing attached" +
               (report.not_attached_why.empty() ? "" : ": " + report.not_attached_why);
    }
    std::string text;
    for (const std::string& part : memory(report)) text += (text.empty() ? "" : "; ") + part;
    constexpr std::size_t kPrefix = 10;  // "plimsoll: "
    for (const std::string& part : asides(report)) {
        const std::string longer = text + "; " + part;
        if (kPrefix + display_width(longer) <= kColumns) text = longer;
    }
    return text;
}

}  // namespace plimsoll::view
