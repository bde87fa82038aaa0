#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "segment/mapping.hpp"
#include "segment/ring.hpp"
#include "segment/sections.hpp"

namespace plimsoll::segment {

// What one pass over a live table saw. Every occupied slot is counted in exactly one member.
struct LiveCopy {
    struct Row {
        std::uint64_t id;
        Record record;
    };
    std::vector<Row> rows;        // whole and within bounds, in slot order
    std::uint64_t in_flight = 0;  // the writer is inside the slot, or died inside it
    std::uint64_t rejected = 0;   // a field is out of bounds: a corrupt or hostile writer
};

// Looks at another process's segment without disturbing it.
//
// Trust:   the writer may be hostile, dead or writing now. Sizes are checked once, at open, and
//          never read again; everything else is copied, checked, then used.
// Limits:  each call makes one pass over a table of bounded size; nothing waits, nothing writes.
// Threads: immutable; any number of threads may read at once.
class Reader {
  public:
    // Errors: not ready (no magic yet), another layout version (the number is theirs), sizes that
    // contradict each other (the number is the offending value).
    static Result<Reader> open(Mapping mapping);

    // The last number given to an event, which may still be on its way into its ring.
    [[nodiscard]] std::uint64_t sequence() const { return load(shared_.header().sequence); }
    [[nodiscard]] Header header() const;
    [[nodiscard]] LiveCopy live() const;
    // Rows of one ending, as many as were kept.
    [[nodiscard]] LiveCopy ended(Ending ending, std::vector<Ended>* details) const;

    // How many refusals were kept; never beyond their table.
    [[nodiscard]] std::uint64_t refusals_used() const;
    // Nothing: there is none, it is being written, or a field is out of bounds.
    [[nodiscard]] std::optional<Refusal> refusal(std::uint64_t row) const;

    // How many entries of these tables may be looked at; never beyond the table.
    [[nodiscard]] std::uint32_t devices_used() const;
    [[nodiscard]] std::uint32_t sets_used() const;
    [[nodiscard]] Device device(std::uint32_t entry) const;       // entry < devices_used()
    [[nodiscard]] DeviceSet set(std::uint32_t entry) const;       // entry < sets_used()
    [[nodiscard]] Cell cell(std::size_t index) const;             // index < sets * kCellsPerSet
    [[nodiscard]] Program program(std::uint32_t entry) const;     // zeroes for an unknown one
    [[nodiscard]] CallSite call_site(std::uint32_t entry) const;  // zeroes for an unknown one

    // The bytes of a text; empty for an unknown one.
    [[nodiscard]] std::string text(std::uint32_t text) const;
    [[nodiscard]] std::vector<CoreRange> cores(std::uint32_t text) const;

    // Rings that have ever had a writer: at most kMaxRings.
    [[nodiscard]] std::uint32_t rings_used() const;
    // The next event of one ring (ring < kMaxRings).
    bool next(std::uint32_t ring, RingCursor& cursor, Event& event) const {
        return cursor.next(shared_.ring(ring), shared_.events(ring), ring_capacity_, event);
    }
    // All events ever made: those in rings and those that found none.
    [[nodiscard]] std::uint64_t events_produced() const;

    // Whether the fields that index tables and name enumerators are within bounds.
    [[nodiscard]] bool within_bounds(const Record& record) const;

  private:
    Reader(Mapping mapping, const Geometry& geometry, std::uint32_t live, std::uint32_t ring)
        : mapping_(std::move(mapping)),
          shared_(mapping_.start(), geometry),
          live_capacity_(live),
          ring_capacity_(ring) {}

    Mapping mapping_;
    Sections<const std::byte> shared_;
    std::uint32_t live_capacity_;
    std::uint32_t ring_capacity_;
};

}  // namespace plimsoll::segment
