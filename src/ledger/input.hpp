#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/kind.hpp"
#include "base/region.hpp"
#include "ledger/op_work.hpp"
#include "ledger/places.hpp"
#include "ledger/refusal.hpp"

// What the ledger is fed with: values that were copied out of one process's segment and checked.
// Every index is within its table, every enumerator is a known one; the ledger trusts them.
namespace plimsoll::ledger {

// A region of one device as the runtime's own allocator sees it; banks 0 means unknown.
struct RegionInfo {
    std::uint32_t banks = 0;
    std::uint64_t bytes_per_bank = 0;
    std::uint32_t base = 0;  // where it begins in each bank; 0: unknown
};

struct Device {
    std::int32_t device = 0;  // chip id
    std::string arch;         // empty when unknown
    bool open = false;
    std::uint32_t opens = 0;  // how often it was opened
    std::array<RegionInfo, kRegionCount> regions{};
};

struct DeviceSet {
    std::optional<std::int32_t> mesh;    // nothing: a single chip by itself
    std::vector<std::uint32_t> devices;  // indices into Tables::devices
    std::uint64_t last_run_over = 0;     // of a program of which something here is over
};

// What events and rows refer to. Entries are only added; set 0 is "unknown" and has no devices.
struct Tables {
    std::vector<Device> devices;
    std::vector<DeviceSet> sets;
    std::map<CoreSetId, CoreSet> cores;
    std::map<LabelId, std::string> labels;
    bool runs_are_told = false;  // else what programs have made is resident as long as it is there
};

// One allocation as it was made. Occupied bytes on one device are bytes_per_bank * banks.
struct Allocation {
    AllocationId id;
    Kind kind = Kind::unknown;
    Region region = Region::dram;
    Owner owner = Owner::unknown;
    bool reported = false;      // the runtime itself reported it
    Work work = Work::unknown;  // of the op that made it
    ProgramId program;          // whose end ends it; 0: no program's
    DeviceSetId set;
    CoreSetId cores;
    CallSiteId call_site;
    std::uint32_t banks = 0;
    std::uint64_t address = 0;
    std::uint64_t bytes = 0;  // requested, on one device
    std::uint64_t bytes_per_bank = 0;
    std::uint64_t made_at_ns = 0;  // monotonic
};

// One thing that happened. Sequence numbers rise over the whole process from 1 on, with gaps where
// events were lost.
struct Event {
    enum class Type : std::uint8_t {
        allocate,  // `allocation` is whole
        free,      // `allocation.id` is over
        suspend,   // `allocation.id` holds no memory any more (its device closed) but is not over
        mark,      // a named moment
        window_begin,  // a named time begins,
        window_end,    // and ends
        refuse,        // one of `allocation.set` and `.region` was refused; `.id` names the refusal
        run,           // `allocation.program` runs; the run's number is `allocation.id`
        other,         // only counted
    };
    Type type = Type::allocate;
    std::uint64_t sequence = 0;
    std::uint64_t at_ns = 0;
    Allocation allocation;
    TextId name;    // of a mark or a window
    LabelId label;  // of a run: its program's
};

// Counters of one device set x region x kind, kept by the process itself: exact whatever was lost.
// Bytes are occupied bytes on one device of the set.
struct Cell {
    DeviceSetId set;
    Region region = Region::dram;
    Kind kind = Kind::unknown;
    std::uint64_t live = 0;
    std::uint64_t live_bytes = 0;
    std::uint64_t peak_bytes = 0;
    std::uint64_t allocations = 0;
    std::uint64_t frees = 0;
    std::uint64_t reported_allocations = 0;
    std::uint64_t reported_frees = 0;
    std::uint64_t unlisted_live = 0;   // of live: the live table was full
    std::uint64_t unlisted_bytes = 0;  // of live_bytes
};

// How an allocation came to its end when it was not by an ordinary, reported free.
enum class Ending : std::uint8_t {
    unreported = 0,       // its program was destroyed, the runtime never reported it freed
    reported_late = 1,    // reported freed with its program, after its device had closed
    outlived_device = 2,  // the user's, still there when the program closed the device
    left_at_exit = 3,     // the user's, still there when the end of the process closed the device
    held_by_device = 4,   // still there when its device closed, kept by the device's program cache
};
inline constexpr std::size_t kEndingCount = 5;

// A row of the live table, or of the table of unusual endings.
struct Row {
    Allocation allocation;
    std::optional<Program> program;
    std::uint64_t last_run = 0;  // of its program; above its own id: it has run with it
    LabelId label;               // its program's
    CallSite call_site;
    bool reported_free = false;
    bool device_closed = false;  // holds no memory any more, but its program or object lives on
    std::optional<Ending> ending;
    std::uint64_t ended_at_ns = 0;
};

struct SubjectCoverage {
    Subject subject{};
    Coverage coverage = Coverage::unknown;
    std::string why;
};

struct Identity {
    std::int32_t pid = 0;
    std::int32_t namespace_pid = 0;  // where it runs, when that is another one; 0: it is not
    std::uint64_t start_time = 0;    // clock ticks after boot, as the kernel counts it
    std::int32_t forked_from = 0;  // pid of the process that was watched before it forked; 0: none
    std::string name;
    std::string user;              // whose process it is; empty when nobody asked, as what follows
    std::string command;           // its command line
    std::string container;         // id; empty: in none that is known
    std::string pod;               // uid
    std::optional<int> rank;       // in its MPI world
    std::optional<int> host_rank;  // among those of its host
    std::string runtime;           // such as "tt-metalium"
    std::string package;           // such as "ttnn 0.81.1"
    std::string machine;           // such as "mock:t3k"; empty when unknown
};

// What the process knows of its own bookkeeping.
struct Health {
    std::uint64_t events_produced = 0;
    std::uint64_t unlisted_allocations = 0;  // the live table was full: counted, not listed
    std::uint64_t unlisted_live = 0;         // of those, still live
    std::uint64_t unmatched_frees = 0;
    std::uint64_t double_frees = 0;
    std::uint64_t table_overflows = 0;
    std::uint64_t verified = 0;            // comparisons with the runtime's own allocator
    std::uint64_t verified_differing = 0;  // of those, not equal
    std::int64_t worst_difference_bytes = 0;
    std::uint64_t rows_in_flight = 0;  // slots the process was (or died) writing
    std::uint64_t rows_rejected = 0;   // slots with a field out of bounds
};

// All that one look at a segment brings, besides the events.
struct Look {
    Identity identity;
    bool exiting = false;      // the process's exit handlers ran
    std::uint64_t now_ns = 0;  // monotonic, when the look was taken
    std::vector<Row> live;
    bool rows_skipped = false;  // `live` is not all there is: the cells say all that is wanted
    std::vector<Row> ended;     // the first ones; the counts below are true
    std::array<std::uint64_t, kEndingCount> ended_count{};
    std::vector<Refusal> refusals;  // the first ones; the count below is true
    std::uint64_t refusal_count = 0;
    std::map<std::uint32_t, CallSite> call_sites;  // those that pictures refer to
    std::vector<Cell> cells;
    std::vector<SubjectCoverage> coverage;
    Health health;
};

}  // namespace plimsoll::ledger
