#include <map>
#include <tuple>

#include "metrics/families.hpp"
#include "metrics/labels.hpp"

namespace plimsoll::metrics {
namespace {

Labels labels_of_process(const ledger::Identity& identity) {
    Labels labels = {{"pid", std::to_string(identity.pid)}, {"process", identity.name}};
    if (!identity.user.empty()) labels.emplace_back("user", identity.user);
    if (!identity.pod.empty()) labels.emplace_back("pod", identity.pod);
    if (identity.rank) labels.emplace_back("rank", std::to_string(*identity.rank));
    return labels;
}

void add_each_process(std::vector<Family>& to, const Scene& scene) {
    Family bytes{"plimsoll_process_live_bytes", Family::Type::gauge,
                 "Occupied by what one process has allocated.", "bytes"};
    for (const Process& process : scene.running) {
        for (const ledger::DeviceUse& device : process.figures.devices) {
            for (const Region region : kRegions) {
                const ledger::RegionUse& use = device.regions[static_cast<std::size_t>(region)];
                if (!is_there(use)) continue;
                Labels labels = labels_of_process(process.figures.identity);
                for (auto& label : labels_of(device.device, device.arch, region)) {
                    labels.push_back(std::move(label));
                }
                bytes.samples.push_back({std::move(labels), use.live.value});
            }
        }
    }
    to.push_back(std::move(bytes));
}

void add_each_pod(std::vector<Family>& to, const Scene& scene) {
    std::map<std::tuple<std::string, std::int32_t, Region>, std::uint64_t> sums;
    for (const Process& process : scene.running) {
        const std::string& pod = process.figures.identity.pod;
        if (pod.empty()) continue;
        for (const ledger::DeviceUse& device : process.figures.devices) {
            for (const Region region : kRegions) {
                const ledger::RegionUse& use = device.regions[static_cast<std::size_t>(region)];
                if (is_there(use)) sums[{pod, device.device, region}] += use.live.value;
            }
        }
    }
    Family bytes{"plimsoll_pod_live_bytes", Family::Type::gauge,
                 "Occupied by what the processes of one pod have allocated.", "bytes"};
    for (const auto& [place, sum] : sums) {
        const auto& [pod, device, region] = place;
        bytes.samples.push_back(
            {{{"pod", pod}, {"device", std::to_string(device)}, {"region", name(region)}}, sum});
    }
    to.push_back(std::move(bytes));
}

}  // namespace

void add_processes(std::vector<Family>& to, const Scene& scene) {
    to.push_back({"plimsoll_processes",
                  Family::Type::gauge,
                  "Processes that are watched now.",
                  "",
                  {{{}, scene.running.size()}}});
    if (scene.detail.processes) add_each_process(to, scene);
    if (scene.detail.pods) add_each_pod(to, scene);
}

}  // namespace plimsoll::metrics
