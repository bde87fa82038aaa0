#include <set>

#include "metrics/families.hpp"
#include "metrics/labels.hpp"

namespace plimsoll::metrics {
namespace {

Labels labels_of_file(const upstream::Statistics& chip) {
    return {{"device", std::to_string(chip.device)}, {"asic", std::to_string(chip.asic)}};
}

// Running processes that the runtime counts and nobody watches.
std::uint64_t unwatched(const Scene& scene) {
    std::set<std::int32_t> pids;
    for (const upstream::Statistics& chip : scene.upstream.chips) {
        for (const upstream::Slot& slot : chip.processes) {
            if (scene.upstream.running.contains(slot.pid)) pids.insert(slot.pid);
        }
    }
    for (const Process& process : scene.running) pids.erase(process.figures.identity.pid);
    return pids.size();
}

}  // namespace

void add_upstream(std::vector<Family>& to, const Scene& scene) {
    if (scene.upstream.chips.empty()) return;
    Family bytes{"plimsoll_runtime_requested_bytes", Family::Type::gauge,
                 "What the runtime itself counts of a chip: requested, by its own account.",
                 "bytes"};
    Family updated{"plimsoll_runtime_updated_timestamp_seconds", Family::Type::gauge,
                   "When the runtime last changed that, since 1970.", "seconds"};
    constexpr std::uint64_t kSecond = 1000000000;
    for (const upstream::Statistics& chip : scene.upstream.chips) {
        for (const Region region : {Region::dram, Region::l1, Region::l1_small, Region::trace}) {
            Labels labels = labels_of_file(chip);
            labels.emplace_back("region", name(region));
            bytes.samples.push_back(
                {std::move(labels), chip.total.regions[static_cast<std::size_t>(region)]});
        }
        updated.samples.push_back({labels_of_file(chip), chip.updated_ns / kSecond});
    }
    to.push_back(std::move(bytes));
    to.push_back(std::move(updated));
    to.push_back({"plimsoll_unwatched_processes",
                  Family::Type::gauge,
                  "Processes that the runtime counts and that run without Plimsoll.",
                  "",
                  {{{}, unwatched(scene)}}});
}

}  // namespace plimsoll::metrics
