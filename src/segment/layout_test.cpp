#include "segment/layout.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

namespace plimsoll::segment {
namespace {

class Description {
  public:
    void start(const char* name, std::size_t bytes) { out_ << name << ": " << bytes << " bytes\n"; }
    void field(const char* name, std::size_t offset, std::size_t bytes) {
        out_ << "  " << offset << " " << name << " " << bytes << "\n";
    }
    [[nodiscard]] std::string text() const { return out_.str(); }

  private:
    std::ostringstream out_;
};

#define PLIMSOLL_STRUCT(type) to.start(#type, sizeof(type))
#define PLIMSOLL_FIELD(type, name) to.field(#name, offsetof(type, name), sizeof(type::name))

void describe_allocations(Description& to) {
    PLIMSOLL_STRUCT(Record);
    PLIMSOLL_FIELD(Record, address);
    PLIMSOLL_FIELD(Record, bytes);
    PLIMSOLL_FIELD(Record, bytes_per_bank);
    PLIMSOLL_FIELD(Record, made_at_ns);
    PLIMSOLL_FIELD(Record, program);
    PLIMSOLL_FIELD(Record, location);
    PLIMSOLL_FIELD(Record, cores);
    PLIMSOLL_FIELD(Record, set);
    PLIMSOLL_FIELD(Record, banks);
    PLIMSOLL_FIELD(Record, kind);
    PLIMSOLL_FIELD(Record, region);
    PLIMSOLL_FIELD(Record, owner);
    PLIMSOLL_FIELD(Record, flags);
    PLIMSOLL_FIELD(Record, reserved);
    PLIMSOLL_STRUCT(Slot);
    PLIMSOLL_FIELD(Slot, state);
    PLIMSOLL_FIELD(Slot, record);
    PLIMSOLL_STRUCT(Event);
    PLIMSOLL_FIELD(Event, head);
    PLIMSOLL_FIELD(Event, body);
    PLIMSOLL_STRUCT(RingHeader);
    PLIMSOLL_FIELD(RingHeader, produced);
    PLIMSOLL_FIELD(RingHeader, thread);
    PLIMSOLL_FIELD(RingHeader, spare);
    PLIMSOLL_FIELD(RingHeader, reserved);
    PLIMSOLL_STRUCT(Cell);
    PLIMSOLL_FIELD(Cell, frees);
    PLIMSOLL_FIELD(Cell, allocations);
    PLIMSOLL_FIELD(Cell, live_bytes);
    PLIMSOLL_FIELD(Cell, peak_bytes);
    PLIMSOLL_FIELD(Cell, suspended);
    PLIMSOLL_FIELD(Cell, unreported_allocations);
    PLIMSOLL_FIELD(Cell, unreported_frees);
    PLIMSOLL_FIELD(Cell, unlisted_live);
    PLIMSOLL_FIELD(Cell, unlisted_bytes);
    PLIMSOLL_FIELD(Cell, reserved);
    PLIMSOLL_STRUCT(Ended);
    PLIMSOLL_FIELD(Ended, state);
    PLIMSOLL_FIELD(Ended, record);
    PLIMSOLL_FIELD(Ended, ended_at_ns);
    PLIMSOLL_FIELD(Ended, program_runtime_id);
    PLIMSOLL_FIELD(Ended, program_label);
    PLIMSOLL_FIELD(Ended, program_location);
    PLIMSOLL_FIELD(Ended, reserved);
}

void describe_refusals(Description& to) {
    PLIMSOLL_STRUCT(Refusal);
    PLIMSOLL_FIELD(Refusal, state);
    PLIMSOLL_FIELD(Refusal, repeats);
    PLIMSOLL_FIELD(Refusal, refused_at_ns);
    PLIMSOLL_FIELD(Refusal, program_runtime_id);
    PLIMSOLL_FIELD(Refusal, program);
    PLIMSOLL_FIELD(Refusal, reserved);
    PLIMSOLL_FIELD(Refusal, bytes);
    PLIMSOLL_FIELD(Refusal, bytes_per_bank);
    PLIMSOLL_FIELD(Refusal, bank_bytes);
    PLIMSOLL_FIELD(Refusal, allocated);
    PLIMSOLL_FIELD(Refusal, free);
    PLIMSOLL_FIELD(Refusal, largest_free);
    PLIMSOLL_FIELD(Refusal, lowest_address);
    PLIMSOLL_FIELD(Refusal, region_end);
    PLIMSOLL_FIELD(Refusal, program_label);
    PLIMSOLL_FIELD(Refusal, program_location);
    PLIMSOLL_FIELD(Refusal, location);
    PLIMSOLL_FIELD(Refusal, cores);
    PLIMSOLL_FIELD(Refusal, banks);
    PLIMSOLL_FIELD(Refusal, set);
    PLIMSOLL_FIELD(Refusal, reason);
    PLIMSOLL_FIELD(Refusal, kind);
    PLIMSOLL_FIELD(Refusal, region);
    PLIMSOLL_FIELD(Refusal, reserved_bytes);
    PLIMSOLL_FIELD(Refusal, reserved_words);
}

void describe_names(Description& to) {
    PLIMSOLL_STRUCT(RegionInfo);
    PLIMSOLL_FIELD(RegionInfo, banks);
    PLIMSOLL_FIELD(RegionInfo, base);
    PLIMSOLL_FIELD(RegionInfo, bytes_per_bank);
    PLIMSOLL_STRUCT(Device);
    PLIMSOLL_FIELD(Device, device);
    PLIMSOLL_FIELD(Device, arch);
    PLIMSOLL_FIELD(Device, open);
    PLIMSOLL_FIELD(Device, opens);
    PLIMSOLL_FIELD(Device, regions);
    PLIMSOLL_FIELD(Device, reserved);
    PLIMSOLL_STRUCT(DeviceSet);
    PLIMSOLL_FIELD(DeviceSet, is_mesh);
    PLIMSOLL_FIELD(DeviceSet, mesh);
    PLIMSOLL_FIELD(DeviceSet, open);
    PLIMSOLL_FIELD(DeviceSet, opens);
    PLIMSOLL_FIELD(DeviceSet, members);
    PLIMSOLL_FIELD(DeviceSet, closes);
    PLIMSOLL_FIELD(DeviceSet, reserved);
    PLIMSOLL_FIELD(DeviceSet, last_run_over);
    PLIMSOLL_STRUCT(Program);
    PLIMSOLL_FIELD(Program, live);
    PLIMSOLL_FIELD(Program, label);
    PLIMSOLL_FIELD(Program, runtime_id);
    PLIMSOLL_FIELD(Program, location);
    PLIMSOLL_FIELD(Program, unused);
    PLIMSOLL_FIELD(Program, last_run);
    PLIMSOLL_FIELD(Program, reserved);
    PLIMSOLL_STRUCT(Frame);
    PLIMSOLL_FIELD(Frame, file);
    PLIMSOLL_FIELD(Frame, function);
    PLIMSOLL_FIELD(Frame, line);
    PLIMSOLL_STRUCT(CallSite);
    PLIMSOLL_FIELD(CallSite, count);
    PLIMSOLL_FIELD(CallSite, frames);
    PLIMSOLL_FIELD(CallSite, op);
    PLIMSOLL_FIELD(CallSite, reserved);
    PLIMSOLL_STRUCT(CoreRange);
    PLIMSOLL_FIELD(CoreRange, x0);
    PLIMSOLL_FIELD(CoreRange, y0);
    PLIMSOLL_FIELD(CoreRange, x1);
    PLIMSOLL_FIELD(CoreRange, y1);
    PLIMSOLL_STRUCT(SubjectCoverage);
    PLIMSOLL_FIELD(SubjectCoverage, stated);
    PLIMSOLL_FIELD(SubjectCoverage, coverage);
    PLIMSOLL_FIELD(SubjectCoverage, why);
    PLIMSOLL_FIELD(SubjectCoverage, reserved);
}

void describe_header(Description& to) {
    PLIMSOLL_STRUCT(Header);
    PLIMSOLL_FIELD(Header, magic);
    PLIMSOLL_FIELD(Header, layout_version);
    PLIMSOLL_FIELD(Header, header_bytes);
    PLIMSOLL_FIELD(Header, total_bytes);
    PLIMSOLL_FIELD(Header, live_capacity);
    PLIMSOLL_FIELD(Header, ring_capacity);
    PLIMSOLL_FIELD(Header, pid);
    PLIMSOLL_FIELD(Header, uid);
    PLIMSOLL_FIELD(Header, start_time);
    PLIMSOLL_FIELD(Header, pid_namespace);
    PLIMSOLL_FIELD(Header, forked_from);
    PLIMSOLL_FIELD(Header, image);
    PLIMSOLL_FIELD(Header, name);
    PLIMSOLL_FIELD(Header, runtime);
    PLIMSOLL_FIELD(Header, package);
    PLIMSOLL_FIELD(Header, machine);
    PLIMSOLL_FIELD(Header, exiting);
    PLIMSOLL_FIELD(Header, detached);
    PLIMSOLL_FIELD(Header, rings_used);
    PLIMSOLL_FIELD(Header, reserved_state);
    PLIMSOLL_FIELD(Header, sequence);
    PLIMSOLL_FIELD(Header, fork_sequence);
    PLIMSOLL_FIELD(Header, devices_used);
    PLIMSOLL_FIELD(Header, sets_used);
    PLIMSOLL_FIELD(Header, programs_used);
    PLIMSOLL_FIELD(Header, slots_used);
    PLIMSOLL_FIELD(Header, call_sites_used);
    PLIMSOLL_FIELD(Header, text_used);
    PLIMSOLL_FIELD(Header, ended_count);
    PLIMSOLL_FIELD(Header, coverage);
    PLIMSOLL_FIELD(Header, events_dropped);
    PLIMSOLL_FIELD(Header, unlisted_allocations);
    PLIMSOLL_FIELD(Header, unmatched_frees);
    PLIMSOLL_FIELD(Header, double_frees);
    PLIMSOLL_FIELD(Header, table_overflows);
    PLIMSOLL_FIELD(Header, verified);
    PLIMSOLL_FIELD(Header, verified_differing);
    PLIMSOLL_FIELD(Header, worst_difference_bytes);
    PLIMSOLL_FIELD(Header, refusals);
    PLIMSOLL_FIELD(Header, refusals_used);
    PLIMSOLL_FIELD(Header, reserved);
}

void describe_geometry(Description& to) {
    const Geometry g = Geometry::of(1024, 256);
    to.start("sections, 1024 live slots, 256 events a ring", g.total);
    to.field("devices", g.devices, g.sets - g.devices);
    to.field("sets", g.sets, g.programs - g.sets);
    to.field("programs", g.programs, g.call_sites - g.programs);
    to.field("call_sites", g.call_sites, g.cells - g.call_sites);
    to.field("cells", g.cells, g.ended - g.cells);
    to.field("ended", g.ended, g.refusals - g.ended);
    to.field("refusals", g.refusals, g.live - g.refusals);
    to.field("live", g.live, g.text - g.live);
    to.field("text", g.text, g.rings - g.text);
    to.field("rings", g.rings, g.total - g.rings);
    to.field("each ring", g.rings, g.ring_stride);
}

TEST(SegmentLayout, IsWhatTheGoldenFileSays) {
    Description now;
    now.field("layout version", 0, kLayoutVersion);
    describe_header(now);
    describe_allocations(now);
    describe_refusals(now);
    describe_names(now);
    describe_geometry(now);

    const std::filesystem::path golden =
        std::filesystem::path(PLIMSOLL_GOLDEN_FOLDER) / "segment_layout.txt";
    if (std::getenv("PLIMSOLL_RENEW_GOLDEN") != nullptr) std::ofstream(golden) << now.text();
    std::ifstream file(golden);
    const std::string expected((std::istreambuf_iterator<char>(file)), {});
    EXPECT_EQ(now.text(), expected)
        << "A change of the layout is a new kLayoutVersion. PLIMSOLL_RENEW_GOLDEN=1 renews "
        << golden;
}

TEST(SegmentLayout, SectionsOfTheSmallestSegmentFollowEachOtherOnPages) {
    const Geometry g = Geometry::of(1, 1);
    EXPECT_EQ(g.devices, kPage);
    for (const std::size_t start : {g.devices, g.sets, g.programs, g.call_sites, g.cells, g.ended,
                                    g.refusals, g.live, g.text, g.rings, g.total}) {
        EXPECT_EQ(start % kPage, 0u);
    }
    EXPECT_EQ(g.text - g.live, kPage);
    EXPECT_EQ(g.ring_stride, kPage);
    EXPECT_EQ(g.total - g.rings, kMaxRings * kPage);
}

TEST(SegmentLayout, HasOneCellForEverySetRegionAndKind) {
    EXPECT_EQ(cell_index(0, 0, 0), 0u);
    EXPECT_EQ(cell_index(1, 0, 0), 45u);
    EXPECT_EQ(cell_index(2, 1, 3), 2u * 45 + 9 + 3);
    EXPECT_EQ(cell_index(kMaxSets - 1, kRegionCount - 1, kKindCount - 1), 256u * 45 - 1);
}

TEST(SegmentLayout, CountersAddUp) {
    Cell cell{};
    cell.allocations = 10;
    cell.frees = 4;
    cell.suspended = 1;
    cell.unreported_allocations = 2;
    cell.unreported_frees = 3;
    EXPECT_EQ(live(cell), 5u);
    EXPECT_EQ(reported_allocations(cell), 8u);
    EXPECT_EQ(reported_frees(cell), 1u);
    cell.unreported_frees = ~std::uint64_t{0};  // one was reported before it is over
    EXPECT_EQ(reported_frees(cell), 5u);
    cell.frees = 20;  // the copy is of two moments
    EXPECT_EQ(live(cell), 0u);
}

}  // namespace
}  // namespace plimsoll::segment
