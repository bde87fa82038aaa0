#include "ledger/pictures.hpp"

#include <gtest/gtest.h>

#include "ledger/process_ledger.hpp"
#include "ledger/simulated_process.hpp"

namespace plimsoll::ledger {
namespace {

Allocation buffer(DeviceSetId set, Region region, std::uint64_t address, std::uint64_t bytes) {
    Allocation made;
    made.kind = Kind::buffer;
    made.owner = Owner::user;
    made.region = region;
    made.set = set;
    made.banks = 8;
    made.address = address;
    made.bytes = bytes * 8;
    made.bytes_per_bank = bytes;
    made.call_site = {5};
    return made;
}

Event refusal(std::uint64_t id, DeviceSetId set, Region region, std::uint32_t program = 0) {
    Event event;
    event.type = Event::Type::refuse;
    event.sequence = id;
    event.allocation.id = {id};
    event.allocation.set = set;
    event.allocation.region = region;
    event.allocation.program = {program};
    return event;
}

struct Refused {
    SimulatedProcess process{2};
    DeviceSetId set = process.add_set({0});
    DeviceSetId other = process.add_set({1});
    ProcessLedger ledger;

    const Picture* after(const Event& event) {
        std::vector<Event> events = process.events;
        events.push_back(event);
        ledger.apply(process.tables, events);
        return ledger.pictures().of(event.allocation.id.value);
    }
};

TEST(Pictures, ShowWhatTheAllocatorHadGivenByAddress) {
    Refused refused;
    refused.process.allocate(buffer(refused.set, Region::l1, 9000, 64));
    const AllocationId gone = refused.process.allocate(buffer(refused.set, Region::l1, 5000, 64));
    refused.process.allocate(buffer(refused.set, Region::l1, 1000, 128));
    refused.process.allocate(buffer(refused.set, Region::dram, 32, 64));
    refused.process.allocate(buffer(refused.other, Region::l1, 1000, 64));
    refused.process.free(gone);

    const Picture* picture =
        refused.after(refusal(refused.process.events.size() + 1, refused.set, Region::l1));
    ASSERT_NE(picture, nullptr);
    EXPECT_EQ(picture->coverage, Coverage::exact);
    ASSERT_EQ(picture->blocks.size(), 2u);
    EXPECT_EQ(picture->blocks[0].address, 1000u);
    EXPECT_EQ(picture->blocks[0].bytes_per_bank, 128u);
    EXPECT_EQ(picture->blocks[0].owner, Owner::user);
    EXPECT_EQ(picture->blocks[1].address, 9000u);
    EXPECT_EQ(refused.ledger.pictures().call_sites(), (std::set<std::uint32_t>{5}));
}

TEST(Pictures, KeepTheMomentWhateverComesAfter) {
    Refused refused;
    const AllocationId id = refused.process.allocate(buffer(refused.set, Region::dram, 32, 64));
    const Picture* picture = refused.after(refusal(2, refused.set, Region::dram));
    Event free;
    free.type = Event::Type::free;
    free.sequence = 3;
    free.allocation.id = id;
    refused.ledger.apply(refused.process.tables, std::vector<Event>{free});
    EXPECT_EQ(picture->blocks.size(), 1u);
}

TEST(Pictures, TellTheRefusedProgramsOwnBuffersFromTheOthers) {
    Refused refused;
    const CoreSetId cores = refused.process.add_cores({{0, 0, 7, 0}});
    for (const std::uint32_t program : {1u, 2u}) {
        Allocation made = buffer(refused.set, Region::l1, 1000, 64);
        made.kind = Kind::circular_buffer;
        made.owner = Owner::program;
        made.program = {program};
        made.cores = cores;
        refused.process.allocate(made);
    }
    Allocation alias = buffer(refused.set, Region::l1, 1000, 64);
    alias.kind = Kind::global_circular_buffer;
    refused.process.allocate(alias);

    const Picture* picture = refused.after(refusal(4, refused.set, Region::l1, 2));
    EXPECT_TRUE(picture->blocks.empty());
    ASSERT_EQ(picture->own.size(), 1u);
    EXPECT_EQ(picture->own[0].address, 1000u);
}

TEST(Pictures, SayAtLeastWhenEventsAreMissing) {
    Refused refused;
    refused.process.allocate(buffer(refused.set, Region::dram, 32, 64));
    const Picture* picture = refused.after(refusal(3, refused.set, Region::dram));
    ASSERT_NE(picture, nullptr);
    EXPECT_EQ(picture->coverage, Coverage::at_least);
}

HeldTable buffers(std::uint64_t count) {
    HeldTable live;
    for (std::uint64_t i = 0; i < count; ++i) {
        Allocation one = buffer({1}, Region::dram, i * 64, 64);
        one.id = {i + 1};
        live.insert(one, {footprint_of(Tables{}, one), {}});
    }
    return live;
}

// Of refusals 1 to `count`, those of which there is a picture.
std::vector<std::uint64_t> kept(Pictures& pictures, std::uint64_t count, std::uint64_t live) {
    Allocation refused;
    refused.set = {1};
    const auto all = buffers(live);
    std::vector<std::uint64_t> ids;
    for (std::uint64_t id = 1; id <= count; ++id) {
        refused.id = {id};
        pictures.take(refused, all, true, {});
    }
    for (std::uint64_t id = 1; id <= count; ++id) {
        if (pictures.of(id) != nullptr) ids.push_back(id);
    }
    return ids;
}

TEST(Pictures, AreOfTheFirstRefusalsAndOfTheLast) {
    Pictures pictures;
    const std::vector<std::uint64_t> ids = kept(pictures, 200, 3);
    ASSERT_EQ(ids.size(), Pictures::kMost);
    EXPECT_EQ(ids[Pictures::kFirst - 1], Pictures::kFirst);
    EXPECT_EQ(ids[Pictures::kFirst], 200 - (Pictures::kMost - Pictures::kFirst) + 1);
    EXPECT_EQ(ids.back(), 200u);
}

TEST(Pictures, TogetherHaveNoMoreBlocksThanTheirLimit) {
    Pictures pictures;
    const std::vector<std::uint64_t> ids = kept(pictures, 20, 10000);
    EXPECT_EQ(ids.size(), Pictures::kMostBlocksOfAll / 10000);
    EXPECT_EQ(ids.front(), 1u);
    EXPECT_EQ(ids.back(), 20u);
}

TEST(Pictures, OfMoreBlocksThanOneHoldsSayAtLeast) {
    Pictures pictures;
    ASSERT_EQ(kept(pictures, 1, Pictures::kMostBlocks + 1).size(), 1u);
    EXPECT_EQ(pictures.of(1)->blocks.size(), Pictures::kMostBlocks);
    EXPECT_EQ(pictures.of(1)->coverage, Coverage::at_least);
}

}  // namespace
}  // namespace plimsoll::ledger
