#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "ledger/core_residency.hpp"
#include "ledger/footprint.hpp"
#include "ledger/peak_watch.hpp"

namespace plimsoll::ledger {

// The program whose buffers lie on the cores of one group: the last one that ran there.
struct Resident {
    ProgramId program;
    std::uint64_t run = 0;
    bool leaves = false;
};

// Who watches a device's peaks, by number: one always, one since somebody asked, and one for each
// window that the program has named.
inline constexpr std::size_t kAlways = 0;
inline constexpr std::size_t kSinceAsked = 1;
inline constexpr std::size_t kFirstWindow = 2;

// What one device holds, and the most it ever held. Of a program's buffers those count that are
// resident; runs.cpp says which. Costs the same however much is live: bytes and portions are kept,
// and allocations only while they are resident.
class DeviceStory {
  public:
    DeviceStory() { begin_watch(kAlways); }

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

    // In each bank, from the lowest address to the highest end that anything ever had there.
    [[nodiscard]] std::uint64_t span(Region region) const {
        const Interval& reach = reach_[static_cast<std::size_t>(region)];
        return reach.end > reach.begin ? reach.end - reach.begin : 0;
    }

    [[nodiscard]] DeviceLevels levels() const;
    // What is there, as peaks() says it.
    [[nodiscard]] DevicePeaks now() const;
    [[nodiscard]] const CoreResidency& residency() const { return residency_; }

    // Peaks of a time that begins now, and goes on after an end_watch().
    void begin_watch(std::size_t watch);
    void end_watch(std::size_t watch);
    // Forgets what the watch saw: its time is one that begins now.
    void begin_watch_anew(std::size_t watch);
    // Nothing where it never began.
    [[nodiscard]] DevicePeaks peaks(std::size_t watch) const;
    [[nodiscard]] DevicePeaks kept_peaks(std::size_t watch) const;

    void keep_peaks();
    // Nothing is there any more, until rows are added and restart_peaks() says that they were.
    void restart();
    void restart_peaks();

  private:
    void tally(const Footprint& footprint, std::int64_t sign);
    void tally_on(const Partition& cores, std::uint32_t group, const Footprint& footprint,
                  std::int64_t sign);
    std::int64_t change(const Footprint& footprint, std::int64_t bytes);
    void raise_all(PeakWatch& watch);

    std::array<std::uint64_t, kRegionCount> live_{};
    std::uint64_t l1_buffers_ = 0;
    std::array<Interval, kRegionCount> reach_{};
    DeviceTallies tallies_;
    CoreResidency residency_;
    std::vector<Resident> residents_;
    std::unordered_map<std::uint64_t, std::size_t> resident_cores_;  // of each resident buffer
    std::uint64_t first_run_ = 0;
    std::uint64_t registered_ = 0;
    std::vector<PeakWatch> watches_;
};

}  // namespace plimsoll::ledger
