#include "findings/memory_map.hpp"

#include <gtest/gtest.h>

#include "findings/codes.hpp"
#include "findings/judge.hpp"
#include "findings/map_builder.hpp"
#include "findings/meaning.hpp"
#include "findings/test_refusals.hpp"

namespace plimsoll::findings {
namespace {

MemoryMap map_of(ledger::RefusalView view) {
    const std::vector<Finding> findings = judge(test_refusal(std::move(view)), "");
    const std::vector<MemoryMap> maps = maps_of(findings.at(0), {});
    EXPECT_EQ(maps.size(), 1u);
    return maps.at(0);
}

TEST(MapAtRefusal, ShowsEveryBlockWithItsHolderAndWhatIsFreeBetween) {
    const MemoryMap map = map_of(fragmented());
    EXPECT_EQ(map.bank, (Extent{100, 1100}));
    EXPECT_TRUE(map.rest_is_free);
    ASSERT_EQ(map.lanes.size(), 1u);
    const std::vector<MapSpan> spans = {{{100, 200}, 0, 1}, {{400, 600}, 0, 1}, {{800, 900}, 1, 1}};
    EXPECT_EQ(map.lanes[0].spans, spans);
    EXPECT_EQ(map.holders.at(0).letter, 'A');
    EXPECT_EQ(map.holders.at(0).name, "2 buffers, model.py:10 in load");
    EXPECT_EQ(map.holders.at(1).name, "1 buffer, model.py:11 in step");
    EXPECT_EQ(holes(map), (std::vector<Extent>{{200, 400}, {600, 800}, {900, 1100}}));
    EXPECT_FALSE(gap(map));
}

TEST(MapAtRefusal, PutsNeighboursOfOnePlaceAndSizeTogether) {
    ledger::RefusalView view = fragmented();
    view.blocks = {test_block(100, 100, 0), test_block(200, 100, 0), test_block(300, 200, 0)};
    const MemoryMap map = map_of(view);
    const std::vector<MapSpan> spans = {{{100, 300}, 0, 2}, {{300, 500}, 0, 1}};
    EXPECT_EQ(map.lanes.at(0).spans, spans);
    EXPECT_EQ(holes(map), (std::vector<Extent>{{500, 1100}}));
}

TEST(MapAtRefusal, HasTheOverlapOfAClash) {
    const MemoryMap map = map_of(clash());
    ASSERT_EQ(map.lanes.size(), 2u);
    EXPECT_EQ(map.lanes[0].name, "softmax");
    EXPECT_EQ(map.lanes[0].spans.at(0).extent, (Extent{100, 750})) << "as far as it was told";
    const std::optional<Gap> found = gap(map);
    ASSERT_TRUE(found);
    EXPECT_TRUE(found->overlap);
    EXPECT_EQ(found->extent, (Extent{300, 750}));
}

TEST(MapAtRefusal, ShowsHowFarAProgramEndsBeyondTheMemory) {
    ledger::RefusalView view = clash();
    view.refusal.reason = ledger::RefusalReason::beyond_memory;
    view.refusal.figures.bank_bytes = 1100;  // where it ends
    view.refusal.figures.region_end = 1300;
    const MemoryMap map = map_of(view);
    EXPECT_EQ(map.bank, (Extent{100, 1100}));
    EXPECT_EQ(beyond(map), (Extent{1100, 1300}));
    EXPECT_FALSE(beyond(map_of(clash())));
}

TEST(MapAtRefusal, DrawsTheProgramsOwnBuffersWhereTheyWereSeen) {
    ledger::RefusalView view = clash();
    view.own = {test_block(100, 50, 0), test_block(150, 600, 0)};
    const MemoryMap map = map_of(view);
    ASSERT_EQ(map.lanes.at(0).spans.size(), 2u);
    EXPECT_EQ(map.lanes[0].spans[1].extent, (Extent{150, 750}));
}

TEST(MapAtRefusal, DoesNotCallFreeWhatNobodySaw) {
    ledger::RefusalView view = fragmented();
    view.blocks.pop_back();
    EXPECT_FALSE(map_of(view).rest_is_free);
    view.picture.reset();
    view.blocks.clear();
    EXPECT_TRUE(maps_of(judge(test_refusal(view), "").at(0), {}).empty());
}

TEST(MapAtRefusal, CountsWhatIsTooMuchToList) {
    ledger::RefusalView view = fragmented();
    view.blocks.clear();
    for (std::uint64_t i = 0; i < kMaxRuns + 5; ++i) {
        view.blocks.push_back(test_block(100 + 2 * i, 1, 0));
    }
    const MemoryMap map = map_of(view);
    EXPECT_EQ(map.lanes.at(0).spans.size(), kMaxRuns);
    EXPECT_EQ(map.left_out, 5u);
    EXPECT_FALSE(map.rest_is_free);
}

ledger::DeviceUse with_bank(std::int32_t chip, std::uint64_t bytes) {
    ledger::DeviceUse device;
    device.device = chip;
    device.regions[static_cast<std::size_t>(Region::l1)].bank = {64, bytes, 1000};
    return device;
}

Finding left(std::vector<ledger::AllocationView> rows) {
    Finding finding;
    finding.count = rows.size();
    finding.devices = {0, 1, 2};
    finding.allocations = std::move(rows);
    return finding;
}

ledger::AllocationView row(Kind kind, std::uint64_t address, std::uint64_t bytes) {
    ledger::AllocationView made = test_row(kind, Owner::user, bytes);
    made.region = Region::l1;
    made.devices = {0, 1, 2};
    made.address = address;
    return made;
}

TEST(MapOfRows, IsOneForDevicesThatAreAlike) {
    const Finding finding = left({row(Kind::buffer, 1500, 100)});
    const auto maps = maps_of(finding, {with_bank(0, 900), with_bank(1, 800), with_bank(2, 900)});
    ASSERT_EQ(maps.size(), 2u);
    EXPECT_EQ(maps[0].devices, (std::vector<std::int32_t>{0, 2}));
    EXPECT_EQ(maps[0].bank, (Extent{1000, 1900}));
    EXPECT_EQ(maps[1].devices, (std::vector<std::int32_t>{1}));
    EXPECT_FALSE(maps[0].rest_is_free) << "others may have been there";
}

TEST(MapOfRows, IsOneForEachRegion) {
    Finding finding = left({row(Kind::buffer, 1500, 100), row(Kind::buffer, 64, 100)});
    finding.allocations[1].region = Region::dram;
    const auto maps = maps_of(finding, {});
    ASSERT_EQ(maps.size(), 2u);
    EXPECT_EQ(maps[0].region, Region::dram);
    EXPECT_FALSE(maps[0].bank);
    EXPECT_EQ(reach(maps[0]), (Extent{64, 164}));
}

TEST(MapOfRows, GivesEachProgramALaneAndAlikeOnesTheSame) {
    std::vector<ledger::AllocationView> rows = {row(Kind::buffer, 1800, 100)};
    for (std::uint64_t id = 1; id <= 3; ++id) {
        rows.push_back(row(Kind::circular_buffer, 1000, id == 3 ? 400 : 200));
        rows.back().program = ledger::Program{id, "softmax", {}};
    }
    const MemoryMap map = maps_of(left(rows), {with_bank(0, 900)}).at(0);
    ASSERT_EQ(map.lanes.size(), 3u);
    EXPECT_EQ(map.lanes[0].name, "softmax and 1 more");
    EXPECT_EQ(map.lanes[1].name, "softmax");
    EXPECT_EQ(map.lanes[2].name, "buffers");
    EXPECT_EQ(gap(map)->extent, (Extent{1400, 1800}));
    EXPECT_FALSE(gap(map)->overlap);
}

TEST(MapOfRows, PutsProgramsBeyondTheLastLaneIntoIt) {
    std::vector<ledger::AllocationView> rows;
    for (std::uint64_t id = 1; id <= 20; ++id) {
        rows.push_back(row(Kind::circular_buffer, 1000, id));
        rows.back().program = ledger::Program{id, "softmax", {}};
    }
    const MemoryMap map = maps_of(left(rows), {}).at(0);
    ASSERT_EQ(map.lanes.size(), MapBuilder::kMaxLanes);
    EXPECT_EQ(map.lanes.back().spans.size(), 13u);
    EXPECT_EQ(map.lanes.back().name, "softmax and 12 more");
}

TEST(MapOfRows, LeavesOutWhatCannotLieAnywhere) {
    const MemoryMap map = maps_of(left({row(Kind::buffer, UINT64_MAX, 2), row(Kind::buffer, 1, 0),
                                        row(Kind::buffer, 1500, 100)}),
                                  {})
                              .at(0);
    EXPECT_EQ(map.lanes.at(0).spans.size(), 1u);
    EXPECT_EQ(map.left_out, 2u);
}

TEST(MapOfRows, GivesLettersToThoseWithTheMostBytes) {
    std::vector<ledger::AllocationView> rows;
    for (std::uint64_t i = 0; i < 30; ++i) {
        rows.push_back(row(Kind::buffer, 1000 + 100 * i, 30 - i));
        rows.back().call_site.frames = {{"model.py", "f", static_cast<std::uint32_t>(i)}};
    }
    const MemoryMap map = maps_of(left(rows), {}).at(0);
    EXPECT_EQ(map.holders.at(0).letter, 'A');
    EXPECT_EQ(map.holders.at(25).letter, 'Z');
    EXPECT_EQ(map.holders.at(26).letter, MapHolder::kOthers);
    EXPECT_EQ(map.lanes.at(0).spans.at(29).holder, 29u);
}

TEST(Meaning, IsKnownOfEveryCode) {
    for (const std::string_view code : kCodes) {
        EXPECT_FALSE(meaning_of(code).means.empty()) << code;
        EXPECT_FALSE(meaning_of(code).confirm.empty()) << code;
    }
    EXPECT_TRUE(meaning_of("no-such-code").means.empty());
}

}  // namespace
}  // namespace plimsoll::findings
