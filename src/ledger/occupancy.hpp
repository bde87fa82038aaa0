#pragma once

#include <array>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "ledger/core_sets.hpp"
#include "ledger/device_story.hpp"
#include "ledger/footprint.hpp"
#include "ledger/input.hpp"
#include "ledger/partition.hpp"
#include "ledger/portion_keys.hpp"

namespace plimsoll::ledger {

inline constexpr std::size_t kMaxBuffersOfProgram = 1024;  // further ones do not count
inline constexpr std::size_t kMaxWindows = 64;             // of one process, by name

// A sum over devices: now, the most it ever was, and the most it was as far as that is certain.
struct Sum {
    std::uint64_t live = 0;
    std::uint64_t peak = 0;
    std::uint64_t certain_peak = 0;
};

// A time that the program has named: from its first begin to its last end, as often as it comes.
struct Window {
    TextId name;
    std::uint64_t times = 0;
    std::uint32_t open = 0;  // by how many threads, or how deeply
};

// What all devices of one process hold, step by step.
//
// Certain peaks are those of keep_peaks(): a caller that is about to lose sight of some steps
// keeps what was known until then, because what comes after may be too much as well as too little.
class Occupancy {
  public:
    // Returns what was counted; remove() wants the same again.
    Footprint add(const Tables& tables, const Allocation& allocation);
    void remove(const Tables& tables, const Footprint& footprint);

    // The program runs, and what it made before is resident until others run on its cores. Runs may
    // be told in any order: their numbers count.
    struct Run {
        ProgramId program;
        std::uint64_t number = 0;
        LabelId label;
    };
    void run(const Tables& tables, const Run& run);
    // After all rows of a look were added: what is resident by what they say of their programs.
    void run_as_told(const Tables& tables, const std::vector<Row>& rows);

    void begin_window(TextId name);
    void end_window(TextId name);
    // From here on watch kSinceAsked of each device is of the time since.
    void watch_anew();

    void keep_peaks();
    // Nothing is live any more.
    void restart();
    // After the rows of a look were added: only the certain peaks remain, and what is live now.
    void restart_peaks();

    // Null: nothing was ever allocated on that device.
    [[nodiscard]] const DeviceStory* device(std::uint32_t index) const;
    // What the shares of its peaks are of.
    [[nodiscard]] const PortionKeys& portions() const { return portions_; }
    // Window i is watch kFirstWindow + i of each device.
    [[nodiscard]] const std::vector<Window>& windows() const { return windows_; }
    // Bytes of a kind are registered bytes: each allocation's own, also where space is shared.
    [[nodiscard]] const Sum& of(Kind kind) const { return kinds_[static_cast<std::size_t>(kind)]; }
    [[nodiscard]] const Sum& total() const { return total_; }
    // Allocations or cores that a limit kept out of the figures.
    [[nodiscard]] std::uint64_t left_out() const { return left_out_ + core_sets_.left_out(); }

  private:
    struct ProgramStory {
        std::uint64_t last_run = 0;
        LabelId label;
        std::vector<Footprint> buffers;
    };
    // The cores of one group on the devices of one group.
    struct Place {
        std::uint32_t devices;
        std::uint32_t cores;
    };

    std::span<const std::uint32_t> groups_of(const Tables& tables, DeviceSetId set);
    std::span<const std::uint32_t> cores_of(const Tables& tables, const Footprint& footprint);
    [[nodiscard]] bool has_room(const Footprint& footprint, std::span<const std::uint32_t> cores,
                                std::span<const std::uint32_t> groups) const;
    [[nodiscard]] std::uint64_t devices_in(std::uint32_t group) const {
        return groups_.groups()[group].members.size();
    }
    void change_registered(std::span<const std::uint32_t> groups, const Footprint& footprint,
                           std::int64_t sign);
    [[nodiscard]] DeviceStory new_story() const;
    std::uint32_t portion_of(const Footprint& footprint, LabelId label);

    // runs.cpp
    void add_of_program(const Tables& tables, Footprint& footprint);
    void remove_of_program(const Tables& tables, const Footprint& footprint);
    void place(const Tables& tables, ProgramId program);
    void mark_to_leave(Place place, std::vector<Place>* places);
    void displace(const Tables& tables, const std::vector<Place>& places);
    void forget_runs_before(const Tables& tables, DeviceSetId set, std::uint64_t run);
    template <class Visit>
    void at_each_place(const Tables& tables, const Footprint& footprint, Visit visit);
    Resident& resident(Place place);
    void put(const Footprint& footprint, Place place);
    void take(const Footprint& footprint, Place place);
    void settle(const Tables& tables, DeviceSetId set);

    CoreSets core_sets_;
    Partition groups_;
    std::vector<DeviceStory> stories_;  // one per group
    PortionKeys portions_;
    std::vector<Window> windows_;
    bool is_watched_ = false;  // since somebody asked
    std::unordered_map<std::uint32_t, ProgramStory> programs_;
    std::array<Sum, kKindCount> kinds_{};
    Sum total_;
    std::uint64_t left_out_ = 0;
};

}  // namespace plimsoll::ledger
