#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/kind.hpp"
#include "base/region.hpp"
#include "ledger/growth.hpp"
#include "ledger/input.hpp"

// What every front end and every finding sees: plain values, complete in themselves.
namespace plimsoll::ledger {

// A number that says how far it reaches.
struct Figure {
    std::uint64_t value = 0;
    Coverage coverage = Coverage::exact;
};

// Allocations that have all of this in common, where they are part of a peak.
struct PeakShare {
    Kind kind = Kind::unknown;
    Owner owner = Owner::unknown;
    std::uint64_t count = 0;
    std::uint64_t bytes = 0;  // on one device, or on one core
    std::string program;      // label; empty: no program's, or unknown
    CallSiteId site;
    CallSite call_site;
};

// The most that one region held, and what it was made of at that moment, the largest share first.
struct RegionPeak {
    Figure peak;
    std::vector<PeakShare> at_peak;  // empty: unknown
    std::uint64_t overlap = 0;       // by so much the shares are more, for they lie over each other
};

// Occupied bytes of one region of one device. Circular and dataflow buffers share their space: on
// each core those count that are resident there, the union of their intervals.
struct RegionUse : RegionPeak {
    Figure live;
    // In each bank, from the lowest address to the highest end that anything ever had; 0: unknown.
    std::uint64_t span = 0;
    Figure capacity;  // unknown when the runtime's allocator could not be asked
    RegionInfo bank;
};

// Bytes on all cores of one device.
struct Level {
    Figure live;
    Figure peak;
};

struct DeviceUse {
    std::int32_t device = 0;
    std::optional<std::int32_t> mesh;  // the last mesh it was opened in
    std::string arch;
    bool open = false;
    std::uint64_t allocations = 0;  // live
    std::array<RegionUse, kRegionCount> regions;
    RegionUse l1_per_core;  // the fullest core: what an op must fit beside
    Level l1_buffers;       // what the runtime's allocator gave in L1: all but what follows
    // Circular and dataflow buffers: of all programs that are there, each by itself; and of those
    // that ran last on their cores, without what lies under another buffer by now.
    Level registered;
    Level resident;
};

// What one device held, at most, while a window was open.
struct WindowDevice {
    std::int32_t device = 0;
    std::array<RegionPeak, kRegionCount> regions;
    RegionPeak l1_per_core;
};

// A time that the program has named.
struct WindowUse {
    TextId id;
    std::string name;
    std::uint64_t times = 0;  // how often it began
    bool open = false;
    std::vector<WindowDevice> devices;  // ascending by chip id
};

struct KindUse {
    Kind kind = Kind::unknown;
    std::uint64_t allocations = 0;
    std::uint64_t frees = 0;
    std::uint64_t reported_allocations = 0;
    std::uint64_t reported_frees = 0;
    std::uint64_t live = 0;
    std::uint64_t live_bytes = 0;  // on all devices
    Figure peak_bytes;             // on all devices
};

struct AllocationView {
    std::uint64_t id = 0;
    std::int32_t pid = 0;
    Kind kind = Kind::unknown;
    Region region = Region::dram;
    Owner owner = Owner::unknown;
    std::vector<std::int32_t> devices;  // chip ids, ascending
    std::optional<std::int32_t> mesh;
    std::uint64_t address = 0;
    std::uint64_t bytes = 0;           // requested, on one device
    std::uint64_t bytes_per_bank = 0;  // in L1: on each core
    std::uint64_t occupied_bytes = 0;  // on one device
    std::uint32_t banks = 0;
    CoreSet cores;  // empty: every bank of the region
    std::optional<Program> program;
    CallSite call_site;
    bool reported = false;
    bool reported_free = false;
    std::optional<Ending> ending;
    std::uint64_t made_at_ns = 0;
    std::uint64_t age_ns = 0;
    std::uint64_t over =
        0;  // number of the event that ended it; 0: none did, or no history was kept
};

// A mark or a window, and when it was.
struct NamedMoment {
    std::uint64_t id = 0;  // of its event, in the sequence that allocations are numbered in
    std::uint64_t at_ns = 0;
    std::optional<std::uint64_t> over;  // of the event that ended it
    std::uint64_t over_at_ns = 0;
    std::string name;
};

// What was freed in the ordinary way, in the order in which it was; only where it was kept.
struct HistoryView {
    struct Freed {
        std::uint32_t placement = 0;
        std::uint64_t id = 0;
        std::uint64_t address = 0;
        std::uint64_t made_at_ns = 0;
        std::uint64_t over = 0;  // number of the event that ended it
        std::uint64_t over_at_ns = 0;
    };
    std::vector<AllocationView> placements;  // what many have in common, without what is above
    std::vector<Freed> freed;
    std::uint64_t freed_count = 0;  // with those that are not listed
    bool all_ordinary = true;  // else some of `freed` came to another end, but which is not listed
    Coverage coverage = Coverage::exact;  // at_least: some may have been missed
    std::vector<NamedMoment> marks;       // the first ones, in order
    std::uint64_t mark_count = 0;
    std::vector<NamedMoment> windows;
    std::uint64_t window_count = 0;
};

// A refusal, and what its allocator had given at that moment.
struct RefusalView {
    Refusal refusal;
    std::vector<std::int32_t> devices;  // chip ids, ascending
    std::optional<std::int32_t> mesh;
    std::array<RegionInfo, kRegionCount> regions{};  // of each of those devices
    std::optional<Coverage> picture;   // how much of it `blocks` are; nothing: nobody saw it
    std::vector<Block> blocks;         // by address
    std::vector<Block> own;            // of the refused program
    std::vector<CallSite> call_sites;  // which blocks name
    std::optional<Mark> mark;          // the last one before it
};

enum class ProcessState : std::uint8_t { running, exited, killed };

struct Events {
    std::uint64_t produced = 0;
    std::uint64_t received = 0;
    std::uint64_t lost = 0;  // produced == received + lost, always
};

// One process at one moment. Of a dead process `held` says what it held at its end; that is a
// finding, not live memory: its live figures are 0.
struct ProcessView {
    Identity identity;
    ProcessState state = ProcessState::running;
    std::optional<int> exit_code;
    std::optional<int> signal;
    bool exiting = false;
    std::vector<DeviceUse> devices;  // ascending by chip id
    Figure live_bytes;               // of all devices and regions
    Figure peak_bytes;               // of that sum at one moment
    std::vector<KindUse> kinds;      // those that ever had an allocation
    std::vector<WindowUse> windows;  // in the order in which they first began
    std::vector<AllocationView> held;
    std::uint64_t held_count = 0;  // with those that are only counted
    std::vector<AllocationView> ended;
    std::array<std::uint64_t, kEndingCount> ended_count{};
    std::vector<RefusalView> refusals;  // in the order they happened
    std::uint64_t refusal_count = 0;    // with repeats, and those that are only counted
    std::optional<HistoryView> history;
    std::vector<Growth> growths;        // the largest first; none where only figures were asked for
    bool cache_outlived = false;        // programs of closed devices were not destroyed (yet)
    std::uint64_t reported_active = 0;  // what a tracker that believes the runtime shows as live
    std::vector<SubjectCoverage> coverage;
    Events events;
    Health health;
};

struct Totals {
    std::uint64_t active_allocations = 0;
    std::uint64_t reported_active_allocations = 0;
    std::uint64_t allocations = 0;
    std::uint64_t frees = 0;
    std::uint64_t live_bytes = 0;
    Figure peak_bytes;
    Events events;
};

// All processes of a run, and their sums per device and kind.
struct Snapshot {
    std::vector<ProcessView> processes;
    std::vector<DeviceUse> devices;
    std::vector<KindUse> kinds;
    Totals totals;
};

}  // namespace plimsoll::ledger
