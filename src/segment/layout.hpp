#pragma once

#include <cstddef>
#include <cstdint>

#include "base/kind.hpp"
#include "base/region.hpp"

// The shared memory of one watched process: one writer (that process), any number of readers.
//
//   Header | devices | sets | programs | call sites | cells | endings | refusals | live table |
//   text | rings
//
// The sections follow each other on page boundaries, at offsets computed from the capacities in
// the header (Geometry). Untouched pages cost nothing. All numbers are little-endian; a change of
// any of them is a new kLayoutVersion, and a reader refuses versions it does not know.
//
// Trust: to a reader every byte is hostile. Nothing here is a pointer; every index is checked
// against a capacity that was itself checked once against the sealed size of the memory.
namespace plimsoll::segment {

inline constexpr std::uint64_t kMagic = 0x4c4c4f534d494c50;  // "PLIMSOLL"
inline constexpr std::uint32_t kLayoutVersion = 4;
inline constexpr std::size_t kPage = 4096;

inline constexpr std::uint32_t kMaxDevices = 256;
inline constexpr std::uint32_t kMaxSets = 256;  // set 0 is "unknown": it has no devices
inline constexpr std::uint32_t kMaxPrograms = 1u << 16;
inline constexpr std::uint32_t kMaxCallSites = 1u << 15;
inline constexpr std::uint32_t kMaxFrames = 4;
inline constexpr std::uint32_t kTextBytes = 16u << 20;
inline constexpr std::uint32_t kMaxTextLength = 4096;
inline constexpr std::uint32_t kMaxCoreRanges = 512;
inline constexpr std::uint32_t kMaxRings = 64;
inline constexpr std::uint32_t kMaxLiveSlots = 1u << 20;
inline constexpr std::uint32_t kMaxRingEvents = 1u << 20;
inline constexpr std::uint32_t kDefaultLiveSlots = kMaxLiveSlots;
inline constexpr std::uint32_t kDefaultRingEvents = 1u << 14;
inline constexpr std::uint32_t kEndings = 5;      // see Ending
inline constexpr std::uint32_t kMaxEnded = 1024;  // rows kept of each
inline constexpr std::uint32_t kMaxRefusals = 256;
inline constexpr std::uint32_t kCellsPerSet = kRegionCount * kKindCount;

// One allocation, as it is written once and read many times.
struct Record {
    std::uint64_t address;
    std::uint64_t bytes;           // requested, on one device
    std::uint64_t bytes_per_bank;  // occupied
    std::uint64_t made_at_ns;      // CLOCK_MONOTONIC
    std::uint32_t program;         // entry of the program table; 0: none
    std::uint32_t location;        // entry of the call-site table; 0: unknown
    std::uint32_t cores;           // text that holds CoreRange entries; 0: every bank
    std::uint16_t set;
    std::uint16_t banks;
    std::uint8_t kind;
    std::uint8_t region;
    std::uint8_t owner;
    std::uint8_t flags;  // RecordFlag; the only field that changes after the slot is committed
    std::uint32_t reserved;
};
static_assert(sizeof(Record) == 56);
static_assert(offsetof(Record, program) == 32);
static_assert(offsetof(Record, set) == 44);
static_assert(offsetof(Record, kind) == 48);
static_assert(offsetof(Record, flags) == 51);
inline constexpr std::size_t kRecordWords = sizeof(Record) / sizeof(std::uint64_t);
inline constexpr std::size_t kFlagsWord = 6;      // word that holds the flags,
inline constexpr std::uint64_t kFlagsShift = 24;  // and where they are in it
inline constexpr std::uint64_t kOwnerShift = 16;  // in the same word

enum RecordFlag : std::uint8_t {
    kReported = 1,      // the runtime itself reported the allocation
    kReportedFree = 2,  // and its free
    kSuspended = 4,     // its device is closed: it holds no memory, but is not over
    kClosedAtExit = 8,  // and it was the end of the process that closed it
};

// A place of the live table. `state`: 0 free, 2 * id committed, 2 * id + 1 being written.
// An id is never used twice, so a reader that sees the same even state before and after its copy
// has a whole record.
struct Slot {
    std::uint64_t state;
    std::uint64_t record[kRecordWords];
};
static_assert(sizeof(Slot) == 64);

enum class EventType : std::uint8_t {
    allocate = 1,
    free = 2,
    suspend = 3,
    report_free = 4,
    mark = 5,
    scope_begin = 6,
    scope_end = 7,
    refuse = 8,
    run = 9,
};

// One event: `head` is sequence * 256 + EventType. The body is the allocation's Record; for what
// is not an allocation only `body[0]` (the id it is about, a text, the row of a refusal or, of a
// run, the entry of the program table; then `body[1]` is its label) and `body[3]` (when) count.
struct Event {
    std::uint64_t head;
    std::uint64_t body[kRecordWords];
};
static_assert(sizeof(Event) == 64);

// The events of one thread; the newest overwrite the oldest. `produced` only rises: event n is at
// n % capacity and is intact while produced <= n + capacity - 1.
struct RingHeader {
    std::uint64_t produced;
    std::uint32_t thread;  // its writer; 0: none, and the next new thread takes it over
    std::uint32_t spare;   // the writer's own: a free slot of the live table, from 1; 0: none
    std::uint32_t reserved[12];
};
static_assert(sizeof(RingHeader) == 64);

// They follow their header.
inline Event* events_of(RingHeader& ring) { return reinterpret_cast<Event*>(&ring + 1); }
inline const Event* events_of(const RingHeader& ring) {
    return reinterpret_cast<const Event*>(&ring + 1);
}

// Counters of one set x region x kind; bytes are occupied bytes on one device of the set.
//
// Each counter costs its writer a locked instruction, so an ordinary allocation changes two of
// them and an ordinary free two. The exceptions are counted instead of the rule, and what follows
// from the others is not kept: see live() and those after it.
struct Cell {
    std::uint64_t frees;
    std::uint64_t allocations;
    std::uint64_t live_bytes;
    std::uint64_t peak_bytes;
    std::uint64_t suspended;  // not over, but hold no memory: their device is closed
    std::uint64_t unreported_allocations;
    std::uint64_t unreported_frees;  // less those reported of what is not over yet: may be below 0
    std::uint64_t unlisted_live;     // the live table was full
    std::uint64_t unlisted_bytes;    // of live_bytes
    std::uint64_t reserved[7];
};
static_assert(sizeof(Cell) == 128);
static_assert(offsetof(Cell, unlisted_live) < 64);  // all that is ordinary in one cache line

// What a cell's counters add up to. A copy taken while its writer works may mix two moments, and a
// hostile one anything: never below 0.
constexpr std::uint64_t difference(std::uint64_t from, std::uint64_t of) {
    const auto left = static_cast<std::int64_t>(from - of);
    return left < 0 ? 0 : static_cast<std::uint64_t>(left);
}
constexpr std::uint64_t live(const Cell& cell) {
    return difference(cell.allocations, cell.frees + cell.suspended);
}
constexpr std::uint64_t reported_allocations(const Cell& cell) {
    return difference(cell.allocations, cell.unreported_allocations);
}
constexpr std::uint64_t reported_frees(const Cell& cell) {
    return difference(cell.frees, cell.unreported_frees);
}

struct RegionInfo {
    std::uint32_t banks;  // 0: unknown
    std::uint32_t base;   // 0: unknown
    std::uint64_t bytes_per_bank;
};
static_assert(sizeof(RegionInfo) == 16);

struct Device {
    std::int32_t device;  // chip id
    std::uint32_t arch;   // text
    std::uint32_t open;
    std::uint32_t opens;
    RegionInfo regions[kRegionCount];
    std::uint64_t reserved[4];
};
static_assert(sizeof(Device) == 128);

struct DeviceSet {
    std::uint32_t is_mesh;
    std::int32_t mesh;  // mesh id, the newest when it was opened again
    std::uint32_t open;
    std::uint32_t opens;
    std::uint64_t members[kMaxDevices / 64];  // bit n: entry n of the device table
    std::uint32_t closes;
    std::uint32_t reserved;
    std::uint64_t last_run_over;  // the last run of any program of which something here is over
};
static_assert(sizeof(DeviceSet) == 64);

struct Program {
    std::uint32_t live;
    std::uint32_t label;  // text
    std::uint64_t runtime_id;
    std::uint32_t location;
    std::uint32_t unused;
    std::uint64_t last_run;  // its event's number: above the ids of what it ran with; 0: none
    std::uint32_t reserved[8];
};
static_assert(sizeof(Program) == 64);

struct Frame {
    std::uint32_t file;
    std::uint32_t function;
    std::uint32_t line;
};

struct CallSite {
    std::uint32_t count;
    Frame frames[kMaxFrames];
    std::uint32_t op;  // text
    std::uint32_t reserved[2];
};
static_assert(sizeof(CallSite) == 64);

struct CoreRange {
    std::uint16_t x0, y0, x1, y1;
};
static_assert(sizeof(CoreRange) == 8);

enum class Ending : std::uint32_t {
    unreported = 0,       // its program was destroyed, the runtime never reported it freed
    reported_late = 1,    // reported freed with its program, after its device had closed
    outlived_device = 2,  // the user's, still there when the program closed the device
    left_at_exit = 3,     // the user's, still there when the end of the process closed it
    held_by_device = 4,   // still there when its device closed, kept by the device's program cache
};

// An allocation that did not end by an ordinary free. `state` as in Slot; written once.
struct Ended {
    std::uint64_t state;
    std::uint64_t record[kRecordWords];
    std::uint64_t ended_at_ns;
    std::uint64_t program_runtime_id;  // its program's entry may be another's by now
    std::uint32_t program_label;
    std::uint32_t program_location;
    std::uint64_t reserved[5];
};
static_assert(sizeof(Ended) == 128);

enum class RefusalReason : std::uint8_t { out_of_memory = 0, clash = 1, beyond_memory = 2 };
inline constexpr std::uint32_t kRefusalReasons = 3;
inline constexpr std::uint64_t kNotKnown = ~std::uint64_t{0};  // a figure of a refusal

// What the runtime refused. `state` as in Slot, with the sequence number of its event; written once
// but for `repeats`. Fields as in plimsoll_refusal.
struct Refusal {
    std::uint64_t state;
    std::uint64_t repeats;  // further ones that are the same in every word from `bytes` on
    std::uint64_t refused_at_ns;
    std::uint64_t program_runtime_id;  // its program's entry may be another's by now
    std::uint32_t program;
    std::uint32_t reserved;
    std::uint64_t bytes;
    std::uint64_t bytes_per_bank;
    std::uint64_t bank_bytes;
    std::uint64_t allocated;
    std::uint64_t free;
    std::uint64_t largest_free;
    std::uint64_t lowest_address;
    std::uint64_t region_end;
    std::uint32_t program_label;
    std::uint32_t program_location;
    std::uint32_t location;
    std::uint32_t cores;
    std::uint32_t banks;
    std::uint16_t set;
    std::uint8_t reason;
    std::uint8_t kind;
    std::uint8_t region;
    std::uint8_t reserved_bytes[7];
    std::uint64_t reserved_words[7];
};
static_assert(sizeof(Refusal) == 192);
inline constexpr std::size_t kRefusalWords = sizeof(Refusal) / sizeof(std::uint64_t);
inline constexpr std::size_t kFirstComparedWord = offsetof(Refusal, bytes) / sizeof(std::uint64_t);

struct SubjectCoverage {
    std::uint32_t stated;    // 0: nothing was said, the figures are unknown
    std::uint32_t coverage;  // plimsoll_coverage
    std::uint32_t why;       // text
    std::uint32_t reserved;
};

struct Header {
    std::uint64_t magic;  // written last: a segment without it is not ready
    std::uint32_t layout_version;
    std::uint32_t header_bytes;
    std::uint64_t total_bytes;
    std::uint32_t live_capacity;
    std::uint32_t ring_capacity;

    std::int32_t pid;
    std::uint32_t uid;
    std::uint64_t start_time;     // of the process, in clock ticks after boot
    std::uint64_t pid_namespace;  // inode number
    std::int32_t forked_from;     // pid; 0: none
    std::uint32_t image;          // tells the programs apart that a process becomes by exec
    char name[32];
    std::uint32_t runtime, package, machine;  // texts
    std::uint32_t exiting;
    std::uint32_t detached;
    // Rings at and beyond this one have had no writer: they are not even looked at, as that alone
    // would give each a page of memory.
    std::uint32_t rings_used;
    std::uint32_t reserved_state[2];

    // What every allocation and free looks at is in one cache line.
    std::uint64_t sequence;       // the last one given to an event
    std::uint64_t fork_sequence;  // allocations up to this one are the parent's
    std::uint32_t devices_used;
    std::uint32_t sets_used;
    std::uint32_t programs_used;  // high-water marks
    std::uint32_t slots_used;
    std::uint32_t call_sites_used;
    std::uint32_t text_used;  // in units of 4 bytes
    std::uint64_t ended_count[kEndings];
    SubjectCoverage coverage[kSubjectCount];

    // Health.
    std::uint64_t events_dropped;  // there was no ring left for the thread
    std::uint64_t unlisted_allocations;
    std::uint64_t unmatched_frees;
    std::uint64_t double_frees;
    std::uint64_t table_overflows;
    std::uint64_t verified;
    std::uint64_t verified_differing;
    std::int64_t worst_difference_bytes;

    std::uint64_t refusals;       // all there were
    std::uint64_t refusals_used;  // high-water mark of the table; beyond its size when it is full
    std::uint64_t reserved[4];
};
static_assert(offsetof(Header, live_capacity) == 24);
static_assert(offsetof(Header, pid) == 32);
static_assert(offsetof(Header, name) == 64);
static_assert(offsetof(Header, sequence) == 128);
static_assert(offsetof(Header, ended_count) == 168);
static_assert(offsetof(Header, coverage) == 208);
static_assert(offsetof(Header, events_dropped) == 400);
static_assert(offsetof(Header, refusals) == 464);
static_assert(sizeof(Header) == 512);
static_assert(sizeof(Header) <= kPage);

// Where the sections are, from the two capacities that vary.
struct Geometry {
    std::size_t devices, sets, programs, call_sites, cells, ended, refusals, live, text, rings,
        ring_stride;
    std::size_t total;

    static constexpr Geometry of(std::uint32_t live_capacity, std::uint32_t ring_capacity) {
        Geometry g{};
        std::size_t at = kPage;
        const auto section = [&at](std::size_t bytes) {
            const std::size_t start = at;
            at += (bytes + kPage - 1) / kPage * kPage;
            return start;
        };
        g.devices = section(kMaxDevices * sizeof(Device));
        g.sets = section(kMaxSets * sizeof(DeviceSet));
        g.programs = section(std::size_t{kMaxPrograms} * sizeof(Program));
        g.call_sites = section(std::size_t{kMaxCallSites} * sizeof(CallSite));
        g.cells = section(std::size_t{kMaxSets} * kCellsPerSet * sizeof(Cell));
        g.ended = section(std::size_t{kEndings} * kMaxEnded * sizeof(Ended));
        g.refusals = section(std::size_t{kMaxRefusals} * sizeof(Refusal));
        g.live = section(std::size_t{live_capacity} * sizeof(Slot));
        g.text = section(kTextBytes);
        g.ring_stride = sizeof(RingHeader) + std::size_t{ring_capacity} * sizeof(Event);
        g.ring_stride = (g.ring_stride + kPage - 1) / kPage * kPage;
        g.rings = section(kMaxRings * g.ring_stride);
        g.total = at;
        return g;
    }
};

constexpr std::size_t cell_index(std::uint32_t set, std::uint32_t region, std::uint32_t kind) {
    return (std::size_t{set} * kRegionCount + region) * kKindCount + kind;
}

}  // namespace plimsoll::segment
