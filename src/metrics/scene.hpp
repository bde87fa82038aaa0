#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/kind.hpp"
#include "ledger/holdings.hpp"
#include "ledger/snapshot.hpp"
#include "metrics/maxima.hpp"
#include "upstream/sighting.hpp"

// What the metrics of one moment are made of.
namespace plimsoll::metrics {

using CountByCode = std::map<std::string, std::uint64_t>;  // of findings

// One process that runs.
struct Process {
    ledger::ProcessView figures;
    std::vector<ledger::DeviceHoldings> holdings;
    std::uint64_t lost_events = 0;  // for good; those on their way do not count
};

// Sums that only grow: what processes have done, also when they are gone.
struct Doings {
    std::array<std::uint64_t, kKindCount> allocations{};
    std::array<std::uint64_t, kKindCount> frees{};
    std::uint64_t refused = 0;
    std::uint64_t events = 0;
    std::uint64_t lost_events = 0;

    void add(const ledger::ProcessView& process, std::uint64_t lost);
};

// What is left of the processes that have ended.
struct Ended {
    Doings doings;
    std::uint64_t holding = 0;  // ended with something allocated
    std::uint64_t empty = 0;
    CountByCode findings;

    void add(const ledger::ProcessView& process, std::uint64_t lost);
};

// The server itself, as the kernel tells it.
struct ServerHealth {
    std::uint64_t start_time_s = 0;  // since 1970
    std::uint64_t resident_bytes = 0;
    std::uint64_t cpu_s = 0;
    std::uint64_t descriptors = 0;
};

// Series that there are many of are shown only where somebody wants them.
struct Detail {
    bool processes = false;
    bool pods = false;
};

struct Scene {
    std::vector<Process> running;
    Ended ended;
    std::vector<DeviceMaximum> maxima;
    CountByCode findings;         // in what runs
    upstream::Sighting upstream;  // what the runtime itself counts
    ServerHealth server;
    Detail detail;
};

}  // namespace plimsoll::metrics
