#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "ledger/core_residency.hpp"
#include "ledger/footprint.hpp"

namespace plimsoll::ledger {

using KindCounts = std::array<std::uint32_t, kKindCount>;

// A highest value, and how many allocations of each kind there were at that moment.
struct Peak {
    std::uint64_t bytes = 0;
    KindCounts counts{};
    LabelId label;  // of the program that all circular and dataflow buffers belong to
};

struct DevicePeaks {
    std::array<Peak, kRegionCount> regions{};
    Peak l1_per_core;
    std::uint64_t registered = 0;  // by programs
    std::uint64_t resident = 0;
};

// The program whose buffers lie on the cores of one group: the last one that ran there.
struct Resident {
    ProgramId program;
    std::uint64_t run = 0;
    LabelId label;
    bool leaves = false;
};

// What one device holds, and the most it ever held. Of a program's buffers those count that are
// resident; runs.cpp says which. Costs the same however much is live: bytes and counts are kept,
// and allocations only while they are resident.
class DeviceStory {
  public:
    // `groups` are those of `cores` that a shared footprint lies on. Both return by how much the
    // device's bytes changed: what comes to lie over others adds less than its own bytes. Only what
    // was added may be removed.
    std::int64_t add(const Footprint& footprint, const Partition& cores,
                     std::span<const std::uint32_t> groups);
    std::int64_t remove(const Footprint& footprint, const Partition& cores,
                        std::span<const std::uint32_t> groups);

    // The same for a program's buffer on one group of cores. Peaks are not raised before settle():
    // one program goes and the other comes in one step.
    std::int64_t put(const Footprint& footprint, const Partition& cores, std::uint32_t group);
    std::int64_t take(const Footprint& footprint, const Partition& cores, std::uint32_t group);
    void settle();
    void change_registered(std::int64_t bytes);

    // Who is resident on each group of cores.
    [[nodiscard]] std::vector<Resident>& residents(const Partition& cores);
    // No run before this one makes anything resident.
    [[nodiscard]] std::uint64_t first_run() const { return first_run_; }
    void raise_first_run(std::uint64_t run) { first_run_ = std::max(first_run_, run); }

    [[nodiscard]] std::uint64_t live_bytes(Region region) const {
        return live_[static_cast<std::size_t>(region)];
    }
    [[nodiscard]] const KindCounts& live_counts(Region region) const {
        return counts_[static_cast<std::size_t>(region)];
    }
    [[nodiscard]] std::uint64_t l1_per_core() const { return residency_.fullest_core_bytes(); }
    // What it is made of on the fullest core.
    [[nodiscard]] Peak l1_per_core_now() const;
    [[nodiscard]] std::uint64_t registered() const { return registered_; }
    [[nodiscard]] const DevicePeaks& peaks() const { return peaks_; }
    [[nodiscard]] const CoreResidency& residency() const { return residency_; }

    // Peaks are `peaks`, or what is live now.
    void restart_peaks(const DevicePeaks& peaks);

  private:
    std::int64_t change(const Footprint& footprint, std::int64_t bytes);
    std::uint32_t& count_on(const Partition& cores, std::uint32_t group, Kind kind);

    std::array<std::uint64_t, kRegionCount> live_{};
    std::array<KindCounts, kRegionCount> counts_{};
    KindCounts lockstep_counts_{};
    std::uint64_t without_program_ = 0;    // shared ones
    std::vector<KindCounts> core_counts_;  // of shared ones, on each group of cores
    CoreResidency residency_;
    std::vector<Resident> residents_;
    std::unordered_map<std::uint64_t, std::size_t> resident_cores_;  // of each resident buffer
    std::uint64_t first_run_ = 0;
    std::uint64_t registered_ = 0;
    DevicePeaks peaks_;
};

}  // namespace plimsoll::ledger
