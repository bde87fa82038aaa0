#include <map>
#include <optional>
#include <tuple>

#include "metrics/families.hpp"
#include "metrics/labels.hpp"

namespace plimsoll::metrics {
namespace {

using Place = std::tuple<std::int32_t, Region, Kind>;

std::map<std::int32_t, std::string> architectures(const Scene& scene) {
    std::map<std::int32_t, std::string> known;
    for (const Process& process : scene.running) {
        for (const ledger::DeviceUse& device : process.figures.devices) {
            if (!device.arch.empty()) known[device.device] = device.arch;
        }
    }
    return known;
}

// Of all processes; what one of them does not know, the sum does not either.
std::map<Place, ledger::KindHolding> sums(const Scene& scene) {
    std::map<Place, ledger::KindHolding> sums;
    for (const Process& process : scene.running) {
        for (const ledger::DeviceHoldings& device : process.holdings) {
            for (const ledger::KindHolding& kind : device.kinds) {
                const Place place{device.device, kind.region, kind.kind};
                const auto [at, is_new] = sums.try_emplace(place, kind);
                if (is_new) continue;
                at->second.live += kind.live;
                at->second.bytes += kind.bytes;
                std::optional<std::uint64_t>& sum = at->second.requested;
                sum = sum && kind.requested ? std::optional(*sum + *kind.requested) : std::nullopt;
            }
        }
    }
    return sums;
}

}  // namespace

void add_kinds(std::vector<Family>& to, const Scene& scene) {
    Family live{"plimsoll_live_allocations", Family::Type::gauge, "Allocations that are live."};
    Family bytes{"plimsoll_kind_live_bytes", Family::Type::gauge,
                 "Occupied by live allocations, each counted by itself: circular buffers of "
                 "programs that lie over each other, too.",
                 "bytes"};
    Family requested{"plimsoll_kind_requested_bytes", Family::Type::gauge,
                     "Requested for live allocations, without padding.", "bytes"};
    std::map<std::int32_t, std::string> arch = architectures(scene);
    for (const auto& [place, sum] : sums(scene)) {
        const auto [device, region, kind] = place;
        Labels labels = labels_of(device, arch[device], region);
        labels.emplace_back("kind", name(kind));
        live.samples.push_back({labels, sum.live});
        bytes.samples.push_back({labels, sum.bytes});
        if (sum.requested) requested.samples.push_back({labels, *sum.requested});
    }
    for (Family* family : {&live, &bytes, &requested}) to.push_back(std::move(*family));
}

}  // namespace plimsoll::metrics
