#include "collect/decoder.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstring>

#include "collect/test_client.hpp"

namespace plimsoll::collect {
namespace {

TEST(Decoder, TellsAnAllocationAsItWasMade) {
    TestClient client;
    const plimsoll_program program = client.program("softmax", 7);
    client.allocate_circular_buffer(program, /*address=*/103552, /*bytes_per_core=*/4096);
    const segment::Reader reader = client.reader();
    Decoder decoder(reader);

    const std::vector<ledger::Event> events = decoder.events(10);

    ASSERT_EQ(events.size(), 1u);
    const ledger::Allocation& made = events[0].allocation;
    EXPECT_EQ(events[0].type, ledger::Event::Type::allocate);
    EXPECT_EQ(made.kind, Kind::circular_buffer);
    EXPECT_EQ(made.address, 103552u);
    EXPECT_EQ(made.bytes_per_bank, 4096u);
    ASSERT_EQ(decoder.tables().cores.count(made.cores), 1u);
    EXPECT_EQ(decoder.tables().cores.at(made.cores), (ledger::CoreSet{{0, 0, 7, 7}}));
    ASSERT_LT(made.set.value, decoder.tables().sets.size());
    EXPECT_EQ(decoder.tables().sets[made.set.value].devices.size(), 2u);
    EXPECT_EQ(decoder.tables().sets[made.set.value].mesh, 5);
}

TEST(Decoder, LooksAtRowsWithTheirProgramAndCallSite) {
    TestClient client;
    const plimsoll_program program = client.program("softmax", 7);
    client.allocate_circular_buffer(program, 103552, 4096);
    const segment::Reader reader = client.reader();
    Decoder decoder(reader);

    const ledger::Look look = decoder.look(/*now_ns=*/1);

    ASSERT_EQ(look.live.size(), 1u);
    ASSERT_TRUE(look.live[0].program.has_value());
    EXPECT_EQ(look.live[0].program->label, "softmax");
    EXPECT_EQ(look.live[0].program->runtime_id, 7u);
    ASSERT_EQ(look.live[0].call_site.frames.size(), 1u);
    EXPECT_EQ(look.live[0].call_site.frames[0].file, "model.py");
    EXPECT_EQ(look.live[0].call_site.frames[0].line, 12u);
    EXPECT_EQ(look.live[0].call_site.op, "ttnn.zeros");
    EXPECT_EQ(look.identity.package, "ttnn 0.66.0");
}

TEST(Decoder, NamesTheProgramOfAnEndedRowAfterItsEntryWasReused) {
    TestClient client;
    const plimsoll_program program = client.program("softmax", 7);
    client.allocate_circular_buffer(program, 103552, 4096);
    plimsoll_program_destroy(client.get(), program);
    client.program("another", 9);
    const segment::Reader reader = client.reader();
    Decoder decoder(reader);

    const ledger::Look look = decoder.look(1);

    ASSERT_EQ(look.ended.size(), 1u);
    EXPECT_EQ(look.ended[0].ending, ledger::Ending::unreported);
    EXPECT_EQ(look.ended[0].program->label, "softmax");
    EXPECT_EQ(look.ended_count[static_cast<std::size_t>(ledger::Ending::unreported)], 1u);
}

TEST(Decoder, TakesWhatOutlivedItsDeviceForEndedBeforeItsObjectIsGone) {
    TestClient client;
    const plimsoll_id kept = client.allocate_buffer(2048);
    plimsoll_close(client.get(), client.devices(), PLIMSOLL_CLOSED_AT_EXIT);
    const segment::Reader reader = client.reader();
    Decoder decoder(reader);

    const ledger::Look waiting = decoder.look(1);
    plimsoll_object_gone(client.get(), kept, PLIMSOLL_HELD_BY_DEVICE);
    const ledger::Look over = decoder.look(2);

    EXPECT_TRUE(waiting.live.empty());
    ASSERT_EQ(waiting.ended.size(), 1u);
    EXPECT_EQ(waiting.ended[0].ending, ledger::Ending::left_at_exit);
    EXPECT_EQ(waiting.ended_count, (std::array<std::uint64_t, 5>{0, 0, 0, 1, 0}));
    EXPECT_EQ(waiting.cells.at(0).frees, 1u);
    ASSERT_EQ(over.ended.size(), 1u);
    EXPECT_EQ(over.ended[0].ending, ledger::Ending::held_by_device);
    EXPECT_EQ(over.ended_count, (std::array<std::uint64_t, 5>{0, 0, 0, 0, 1}));
    EXPECT_EQ(over.cells.at(0).frees, 1u);
}

TEST(Decoder, OrdersTheEventsOfSeveralThreadsAndLosesNoCount) {
    TestClient client;
    constexpr std::uint64_t kPairs = 500;
    client.allocate_and_free_in_two_threads(kPairs);
    const segment::Reader reader = client.reader();
    Decoder decoder(reader);

    std::vector<ledger::Event> events = decoder.events(1u << 20);

    for (std::size_t i = 1; i < events.size(); ++i) {
        EXPECT_LT(events[i - 1].sequence, events[i].sequence);
    }
    EXPECT_EQ(reader.events_produced(), 4 * kPairs);
    EXPECT_EQ(events.size() + decoder.lost(), 4 * kPairs);
    EXPECT_GT(decoder.lost(), 0u);  // the test's rings are smaller than that
}

TEST(Decoder, TellsWhatRanAndWhenFromTheTablesAndFromTheStory) {
    TestClient client;
    const plimsoll_program program = client.program("add", 7);
    const plimsoll_id before = client.allocate_circular_buffer(program, 1000, 512);
    plimsoll_program_run(client.get(), program);
    const plimsoll_id after = client.allocate_circular_buffer(program, 2000, 512);
    const segment::Reader reader = client.reader();
    Decoder decoder(reader);

    const std::vector<ledger::Event> events = decoder.events(100);
    EXPECT_FALSE(decoder.tables().runs_are_told);
    plimsoll_cover(client.get(), PLIMSOLL_RUN, PLIMSOLL_AT_LEAST, 0);
    const ledger::Look look = decoder.look(1);

    EXPECT_TRUE(decoder.tables().runs_are_told);
    ASSERT_EQ(events.size(), 3u);
    EXPECT_EQ(events[1].type, ledger::Event::Type::run);
    EXPECT_EQ(events[1].allocation.program.value, program);
    EXPECT_EQ(decoder.tables().labels.at(events[1].label), "add");
    ASSERT_EQ(look.live.size(), 2u);
    for (const ledger::Row& row : look.live) {
        EXPECT_EQ(row.allocation.program.value, program);
        EXPECT_EQ(row.last_run, events[1].allocation.id.value);
    }
    EXPECT_LT(before >> 20, look.live[0].last_run);
    EXPECT_GT(after >> 20, look.live[0].last_run);
}

TEST(Decoder, OnlyCountsTheRunOfAProgramThatNoTableCanHave) {
    TestClient client;
    const plimsoll_program program = client.program("add", 7);
    plimsoll_program_run(client.get(), program);
    client.get()->shared.events(0)[0].body[0] = segment::kMaxPrograms;
    const segment::Reader reader = client.reader();
    Decoder decoder(reader);

    const std::vector<ledger::Event> events = decoder.events(100);

    ASSERT_EQ(events.size(), 1u);
    EXPECT_EQ(events[0].type, ledger::Event::Type::other);
}

TEST(Decoder, CountsARowOutOfBoundsInsteadOfBelievingIt) {
    TestClient client;
    client.allocate_buffer(2048);
    client.corrupt_first_slot([](segment::Record& record) { record.kind = 200; });
    const segment::Reader reader = client.reader();
    Decoder decoder(reader);

    const ledger::Look look = decoder.look(1);

    EXPECT_TRUE(look.live.empty());
    EXPECT_EQ(look.health.rows_rejected, 1u);
}

}  // namespace
}  // namespace plimsoll::collect
