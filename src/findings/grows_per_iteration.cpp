// Live memory of one place in the program grows iteration after iteration and is not given back.
// When that is so, the ledger says (decision 0018); here are the words, and what usually keeps it.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "findings/gathering.hpp"
#include "findings/growth_words.hpp"
#include "findings/rules.hpp"
#include "findings/words.hpp"

namespace plimsoll::findings {
namespace {

using ledger::Growth;

// How many iterations more until one of its devices is full: from the most that was ever taken.
std::optional<std::uint64_t> until_full(const ledger::ProcessView& process, const Growth& growth) {
    if (growth.occupied_bytes == 0) return std::nullopt;
    std::optional<std::uint64_t> left;
    for (const ledger::DeviceUse& device : process.devices) {
        const bool on_it =
            std::count(growth.devices.begin(), growth.devices.end(), device.device) > 0;
        const ledger::RegionUse& use = device.regions[static_cast<std::size_t>(growth.region)];
        if (!on_it || use.capacity.coverage == Coverage::unknown) continue;
        const std::uint64_t room =
            use.capacity.value - std::min(use.capacity.value, use.peak.value);
        left = std::min(left.value_or(room), room);
    }
    if (!left) return std::nullopt;
    const double each =
        static_cast<double>(growth.occupied_bytes) / static_cast<double>(growth.iterations);
    constexpr double kNever = 1e15;
    return static_cast<std::uint64_t>(std::min(static_cast<double>(*left) / each, kNever));
}

std::vector<std::string> story(const Growth& growth, const std::vector<const Growth*>& with) {
    std::vector<std::string> lines;
    lines.push_back(growth.marks_given ? fmt::format("{} iterations, by the program's marks '{}'",
                                                     growth.iterations, growth.mark)
                                       : fmt::format("{} iterations, found as the turns of a loop",
                                                     growth.iterations));
    const auto digits = [](std::uint64_t number) { return std::to_string(number).size(); };
    const ledger::GrowthPoint& last = growth.points[2];
    for (const ledger::GrowthPoint& point : growth.points) {
        const std::string space(digits(last.allocations) - digits(point.allocations), ' ');
        lines.push_back(fmt::format("after iteration {:>{}}   {}{} kept, {}", point.iteration,
                                    digits(last.iteration), space,
                                    things(growth, point.allocations), bytes_text(point.bytes)));
    }
    lines.push_back(place(growth, growth.call_site.frames.size()));
    for (const Growth* other : with) lines.push_back("with it    " + rate(*other));
    return lines;
}

std::string consequence(const ledger::ProcessView& process, const Growth& growth) {
    const bool running = process.state == ledger::ProcessState::running;
    if (takes_no_memory(growth)) {
        return "Not in L1, where these lie over each other. The program cache itself grows, with "
               "kernels and tables of each program.";
    }
    if (growth.until_refused) {
        return "It grew until memory was refused; later it was given back, or did not grow on.";
    }
    std::string text = running ? "As long as it is kept."
                               : "While the program ran; it is back since the device closed or the "
                                 "process ended.";
    if (const auto left = until_full(process, growth); left && *left != 0) {
        text += fmt::format(" At this rate {} {} full in about {}.", title(growth.region),
                            running ? "is" : "would have been",
                            counted(*left, running ? "iteration" : "more iteration"));
    }
    return text;
}

void add_rows(Finding& finding, const ledger::ProcessView& process, const Growth& growth) {
    const auto of_it = [&growth](const ledger::AllocationView& row) {
        return row.kind == growth.kind && row.region == growth.region &&
               row.owner == growth.owner && row.call_site == growth.call_site;
    };
    Rows rows = select(process.held, of_it);
    const Rows ended = select(process.ended, of_it);
    rows.insert(rows.end(), ended.begin(), ended.end());
    std::sort(rows.begin(), rows.end(), [](const auto* a, const auto* b) { return a->id < b->id; });
    const std::size_t most = std::min<std::size_t>(kMaxRows, growth.allocations);
    for (const ledger::AllocationView* row : rows) {
        if (finding.allocations.size() < most) finding.allocations.push_back(*row);
    }
}

// What one iteration adds to each device: over how many it was seen may be another number each run.
Place place_of(const Growth& growth) {
    Place place{growth.owner, growth.kind, growth.region, "", growth.call_site, {}};
    const std::uint64_t iterations = std::max<std::uint64_t>(growth.iterations, 1);
    const auto rounded_up = [iterations](std::uint64_t sum) {
        return (sum + iterations - 1) / iterations;
    };
    const std::uint64_t bytes = rounded_up(growth.bytes);
    for (const std::int32_t device : growth.devices) {
        place.on_device[device] = {rounded_up(growth.allocations), bytes / growth.devices.size()};
    }
    return place;
}

Finding describe(const ledger::ProcessView& process, const Growth& growth,
                 const std::vector<const Growth*>& with, std::size_t all_devices) {
    const bool with_programs = growth.owner != Owner::program &&
                               std::any_of(with.begin(), with.end(), [](const Growth* other) {
                                   return other->owner == Owner::program;
                               });
    Finding finding;
    finding.code = "grows-per-iteration";
    const bool harmless = takes_no_memory(growth) || growth.until_refused;
    finding.severity = harmless ? Severity::warning : Severity::error;
    finding.count = growth.allocations;
    finding.bytes = growth.bytes;
    finding.devices = growth.devices;
    finding.title =
        fmt::format("{}{} on {}, {}", growth.coverage == Coverage::exact ? "" : "at least ",
                    rate(growth), devices_text(growth.devices, all_devices), place(growth, 2));
    finding.cause = why_it_grows(growth, with_programs);
    if (growth.coverage != Coverage::exact) {
        finding.cause += " Events were lost: what was before is not known.";
    }
    set_evidence(finding, story(growth, with));
    finding.consequence = consequence(process, growth);
    finding.fix = against_growth(growth, with_programs);
    const auto iterations = static_cast<double>(growth.iterations);
    finding.growth = {static_cast<double>(growth.bytes) / iterations,
                      static_cast<double>(growth.allocations) / iterations, growth.iterations,
                      growth.points[0].iteration, growth.marks_given};
    finding.places = {place_of(growth)};
    add_rows(finding, process, growth);
    return finding;
}

}  // namespace

std::vector<Finding> grows_per_iteration(const Scene& scene) {
    std::vector<Finding> findings;
    for (const ledger::ProcessView& process : scene.snapshot.processes) {
        std::vector<const Growth*> left;
        for (const Growth& growth : process.growths) left.push_back(&growth);
        // What takes memory itself speaks for all that grows at its place.
        std::stable_partition(left.begin(), left.end(),
                              [](const Growth* growth) { return !takes_no_memory(*growth); });
        while (!left.empty()) {
            const Growth* growth = left.front();
            const auto others = std::stable_partition(
                left.begin(), left.end(),
                [growth](const Growth* other) { return other->site == growth->site; });
            findings.push_back(describe(process, *growth, {left.begin() + 1, others},
                                        scene.snapshot.devices.size()));
            left.erase(left.begin(), others);
        }
    }
    return findings;
}

}  // namespace plimsoll::findings
