#include "collect/decoder.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstring>

#include "collect/test_client.hpp"
#include "ledger/process_ledger.hpp"

namespace plimsoll::collect {
namespace {

TEST(Decoder, TellsAnAllocationAsItWasMade) {
    TestClient client;
    const plimsoll_program program = client.program("softmax", 7);
    client.allocate_circular_buffer(program, /*address=*/103552, /*bytes_per_core=*/4096);
    const segment::Reader reader = client.reader();
    Decoder decoder(reader);

    const std::span<const ledger::Event> events = decoder.events(10);

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

TEST(Decoder, TellsNativeFramesOfTheProgramFromThoseInsideTheRuntime) {
    TestClient client;
    client.allocate_buffer(4096);
    const auto text = [&client](const std::string& of) {
        return plimsoll_intern(client.get(), of.data(), of.size());
    };
    const plimsoll_frame frames[] = {
        {text("<inside>"), text("/lib/a.so+0x1+0x2\n/lib/b.so+0x3"), 0},
        {text("<native>"), text("/bin/host+0x4"), 0},
        {text("<native>"), text("made by compile()"), 5}};
    const plimsoll_location location = plimsoll_intern_call_site(client.get(), 0, frames, 3);
    client.corrupt_first_slot([&](segment::Record& record) { record.location = location; });
    const segment::Reader reader = client.reader();

    const ledger::Look look = Decoder(reader).look(/*now_ns=*/1);

    ASSERT_EQ(look.live.size(), 1u);
    EXPECT_EQ(look.live[0].call_site.frames,
              (std::vector<ledger::Frame>{{"/bin/host+0x4", "", 0},
                                          {"<native>", "made by compile()", 5}}));
    EXPECT_EQ(look.live[0].call_site.inside,
              (std::vector<ledger::Frame>{
                  {"/lib/a.so+0x1", "", 0}, {"/lib/a.so+0x2", "", 0}, {"/lib/b.so+0x3", "", 0}}));
}

TEST(Decoder, TellsWhatGrowsByNameAndLine) {
    TestClient client;
    const plimsoll_text token = plimsoll_intern(client.get(), "token", 5);
    for (int i = 0; i < 20; ++i) {
        client.allocate_buffer(4096);
        if (i % 2 == 0) plimsoll_mark(client.get(), token);
        if (i % 2 != 0) plimsoll_scope_begin(client.get(), token);
        if (i % 2 != 0) plimsoll_scope_end(client.get());
    }
    const segment::Reader reader = client.reader();
    Decoder decoder(reader);
    ledger::ProcessLedger ledger;
    const std::span<const ledger::Event> events = decoder.events(100);
    ledger.apply(decoder.tables(), events);
    ledger::ProcessView view = ledger.view(decoder.tables(), decoder.look(0), {});
    view.growths = ledger.growths(decoder.tables());
    decoder.name(view);

    const std::vector<ledger::Growth>& growths = view.growths;
    EXPECT_EQ(events[0].allocation.work, ledger::Work::moves);
    ASSERT_EQ(growths.size(), 1u);
    EXPECT_TRUE(growths[0].marks_given);
    EXPECT_EQ(growths[0].mark, "token");
    EXPECT_EQ(growths[0].iterations, 20u);
    EXPECT_EQ(growths[0].call_site.op, "ttnn.zeros");
    EXPECT_EQ(growths[0].call_site.frames.at(0).line, 12u);
    EXPECT_EQ(growths[0].devices, (std::vector<std::int32_t>{0, 1}));
    ASSERT_EQ(view.windows.size(), 1u);
    EXPECT_EQ(view.windows[0].name, "token");
    EXPECT_EQ(view.windows[0].times, 10u);
    EXPECT_FALSE(view.windows[0].open);
    const auto region = static_cast<std::size_t>(Region::dram);
    const std::vector<ledger::PeakShare> at_peak = view.devices[0].regions[region].at_peak;
    ASSERT_EQ(at_peak.size(), 1u);
    EXPECT_EQ(at_peak[0].count, 20u);
    EXPECT_EQ(at_peak[0].call_site.op, "ttnn.zeros");
    EXPECT_EQ(growths[0].bytes, 20u * 4096 * 2) << "on both chips";
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

    const std::span<const ledger::Event> events = decoder.events(1u << 20);

    for (std::size_t i = 1; i < events.size(); ++i) {
        EXPECT_LT(events[i - 1].sequence, events[i].sequence);
    }
    EXPECT_EQ(reader.events_produced(), 4 * kPairs);
    EXPECT_EQ(events.size() + decoder.lost(), 4 * kPairs);
    EXPECT_GT(decoder.lost(), 0u);  // the test's rings are smaller than that
}

TEST(Decoder, OrdersTheEventsOfSeveralThreadsWhateverItsLimit) {
    TestClient client;
    client.allocate_and_free_in_two_threads(50);
    const segment::Reader reader = client.reader();
    Decoder at_once(reader);
    Decoder by_threes(reader);
    const std::span<const ledger::Event> all = at_once.events(1u << 20);
    ASSERT_EQ(all.size(), 200u);
    std::size_t next = 0;
    for (std::size_t some = 3; some == 3;) {
        const std::span<const ledger::Event> events = by_threes.events(3);
        some = events.size();
        for (const ledger::Event& event : events) {
            ASSERT_EQ(event.sequence, all[next].sequence);
            ASSERT_EQ(event.allocation.id, all[next++].allocation.id);
        }
    }
    EXPECT_EQ(next, 200u);
}

TEST(Decoder, TellsWhatRanAndWhenFromTheTablesAndFromTheStory) {
    TestClient client;
    const plimsoll_program program = client.program("add", 7);
    const plimsoll_id before = client.allocate_circular_buffer(program, 1000, 512);
    plimsoll_program_run(client.get(), program);
    const plimsoll_id after = client.allocate_circular_buffer(program, 2000, 512);
    const segment::Reader reader = client.reader();
    Decoder decoder(reader);

    const std::span<const ledger::Event> events = decoder.events(100);
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

    const std::span<const ledger::Event> events = decoder.events(100);

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

plimsoll_refusal refusal(const TestClient& client, plimsoll_program program) {
    plimsoll_refusal r{};
    r.size = sizeof r;
    r.reason = PLIMSOLL_CLASH;
    r.kind = PLIMSOLL_CIRCULAR_BUFFER;
    r.region = PLIMSOLL_L1;
    r.devices = client.devices();
    r.program = program;
    r.bytes = r.bytes_per_bank = r.bank_bytes = r.allocated = PLIMSOLL_NOT_KNOWN;
    r.free = r.largest_free = PLIMSOLL_NOT_KNOWN;
    r.program_runtime_id = PLIMSOLL_NOT_KNOWN;
    r.lowest_address = 122880;
    r.region_end = 642176;
    return r;
}

TEST(Decoder, BringsARefusalAsAnEventAndAsARow) {
    TestClient client;
    const plimsoll_program program = client.program("softmax", 4);
    const plimsoll_refusal refused = refusal(client, program);
    ASSERT_EQ(plimsoll_refuse(client.get(), &refused), PLIMSOLL_OK);
    ASSERT_EQ(plimsoll_refuse(client.get(), &refused), PLIMSOLL_OK);
    const segment::Reader reader = client.reader();
    Decoder decoder(reader);

    const std::span<const ledger::Event> events = decoder.events(10);
    ASSERT_EQ(events.size(), 1u);
    EXPECT_EQ(events[0].type, ledger::Event::Type::refuse);
    EXPECT_EQ(events[0].allocation.region, Region::l1);
    EXPECT_EQ(events[0].allocation.set.value, client.devices());
    EXPECT_EQ(events[0].allocation.program.value, program);

    const ledger::Look look = decoder.look(1);
    EXPECT_EQ(look.refusal_count, 2u);
    ASSERT_EQ(look.refusals.size(), 1u);
    const ledger::Refusal& row = look.refusals[0];
    EXPECT_EQ(row.id, events[0].allocation.id.value);
    EXPECT_EQ(row.reason, ledger::RefusalReason::clash);
    EXPECT_EQ(row.repeats, 1u);
    EXPECT_EQ(row.figures.region_end, 642176u);
    EXPECT_FALSE(row.figures.bytes);
    ASSERT_TRUE(row.program);
    EXPECT_EQ(row.program->runtime_id, 4u);
    EXPECT_EQ(row.program->label, "softmax");
}

TEST(Decoder, LeavesOutARefusalThatIsOutOfBounds) {
    TestClient client;
    const plimsoll_refusal refused = refusal(client, 0);
    ASSERT_EQ(plimsoll_refuse(client.get(), &refused), PLIMSOLL_OK);
    client.get()->shared.refusals()[0].set = 200;
    const segment::Reader reader = client.reader();
    Decoder decoder(reader);
    EXPECT_EQ(decoder.events(10)[0].type, ledger::Event::Type::other);
    EXPECT_TRUE(decoder.look(1).refusals.empty());
}

}  // namespace
}  // namespace plimsoll::collect
