#include "metrics/scene.hpp"

namespace plimsoll::metrics {

void Doings::add(const ledger::ProcessView& process, std::uint64_t lost) {
    for (const ledger::KindUse& kind : process.kinds) {
        allocations[static_cast<std::size_t>(kind.kind)] += kind.allocations;
        frees[static_cast<std::size_t>(kind.kind)] += kind.frees;
    }
    refused += process.refusal_count;
    events += process.events.produced;
    lost_events += lost;
}

void Ended::add(const ledger::ProcessView& process, std::uint64_t lost) {
    doings.add(process, lost);
    ++(process.held_count > 0 ? holding : empty);
}

}  // namespace plimsoll::metrics
