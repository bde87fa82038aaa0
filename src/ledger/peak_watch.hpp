#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "ledger/input.hpp"
#include "ledger/tally.hpp"

namespace plimsoll::ledger {

// A highest value, and what it was made of.
struct Peak {
    std::uint64_t bytes = 0;
    Shares shares;
};

struct DevicePeaks {
    std::array<Peak, kRegionCount> regions{};
    Peak l1_per_core;
    std::uint64_t registered = 0;  // by programs
    std::uint64_t resident = 0;
};

// What the portions of one device's memory add up to: per region; and for one core of each group,
// what lies there in lockstep with all others, and what does not.
struct DeviceTallies {
    std::array<Tally, kRegionCount> regions;
    Tally lockstep;
    std::vector<Tally> cores;
};

// The levels of one device, to be compared with the highest so far.
struct DeviceLevels {
    std::array<std::uint64_t, kRegionCount> regions{};
    std::uint64_t l1_per_core = 0;
    std::optional<std::size_t> fullest_core;  // its group; nothing: what is in lockstep is all
    std::uint64_t registered = 0;
    std::uint64_t resident = 0;
};

// The highest levels of one device while someone watches, from begin() to end(), as often as that
// happens. The tallies keep what the levels were made of, under the watch's number.
class PeakWatch {
  public:
    explicit PeakWatch(std::size_t number) : number_(number) {}

    [[nodiscard]] bool is_open() const { return is_open_; }
    void begin() { is_open_ = true; }
    void end(DeviceTallies& tallies);

    void raise_region(DeviceTallies& tallies, Region region, std::uint64_t bytes);
    void raise_l1(DeviceTallies& tallies, const DeviceLevels& levels);
    void raise_registered(std::uint64_t bytes);

    [[nodiscard]] DevicePeaks peaks(const DeviceTallies& tallies) const;

    // What comes after may be too much as well as too little: what is known until then is kept,
    // and restart() takes it for what is known.
    void keep(const DeviceTallies& tallies) { kept_ = peaks(tallies); }
    void restart(DeviceTallies& tallies);
    [[nodiscard]] const DevicePeaks& kept() const { return kept_; }

  private:
    void fix(const DevicePeaks& peaks, DeviceTallies& tallies);

    std::size_t number_;
    bool is_open_ = false;
    DevicePeaks highest_;                        // shares only where `in_tallies_` says no
    std::array<bool, kRegionCount> in_tallies_{};
    bool l1_per_core_in_tallies_ = false;
    std::optional<std::size_t> core_;  // whose tally is part of it
    DevicePeaks kept_;
};

}  // namespace plimsoll::ledger
