#include "client/threads.hpp"

#include <sys/stat.h>

#include <atomic>
#include <set>
#include <thread>

#include "client/watched.hpp"
#include "segment/ring.hpp"

namespace plimsoll::client {
namespace {

std::vector<segment::Event> events_of(const Watched& watched, std::uint32_t ring,
                                      std::uint32_t capacity = 64) {
    std::vector<segment::Event> events;
    segment::RingCursor cursor;
    segment::Event event;
    while (cursor.next(watched.shared.ring(ring), watched.shared.events(ring), capacity, event)) {
        events.push_back(event);
    }
    return events;
}

std::uint32_t rings_in_use(const Watched& watched) {
    std::uint32_t in_use = 0;
    for (std::uint32_t i = 0; i < segment::kMaxRings; ++i) {
        if (segment::load(watched.shared.ring(i).thread) != 0) ++in_use;
    }
    return in_use;
}

std::uint64_t produced(const Watched& watched) {
    std::uint64_t sum = 0;
    for (std::uint32_t i = 0; i < segment::kMaxRings; ++i) {
        sum += segment::load(watched.shared.ring(i).produced);
    }
    return sum;
}

TEST(Story, TellsInOrderWhatHappened) {
    Watched watched;
    const plimsoll_devices set = watched.chip(0);
    plimsoll_scope_begin(watched.client, 11);
    const plimsoll_id id = watched.allocate(Watched::buffer(set));
    plimsoll_mark(watched.client, 12);
    plimsoll_free(watched.client, id);
    plimsoll_scope_end(watched.client);
    const auto events = events_of(watched, 0);
    const segment::EventType expected[] = {segment::EventType::scope_begin,
                                           segment::EventType::allocate, segment::EventType::mark,
                                           segment::EventType::free, segment::EventType::scope_end};
    ASSERT_EQ(events.size(), 5u);
    for (std::size_t i = 0; i < 5; ++i) {
        EXPECT_EQ(events[i].head, (i + 1) << 8 | static_cast<std::uint64_t>(expected[i]));
    }
    EXPECT_EQ(events[0].body[0], 11u);
    EXPECT_EQ(events[1].body[1], 600u);  // the record itself
    EXPECT_EQ(events[3].body[0], id >> 20);
    EXPECT_GT(events[4].body[3], 0u);
}

TEST(Story, RefusedCallsTellNothing) {
    Watched watched;
    plimsoll_free(watched.client, 7ull << 20);
    watched.allocate(Watched::buffer(9), PLIMSOLL_INVALID_ARGUMENT);
    EXPECT_EQ(produced(watched), 0u);
}

TEST(Rings, ThreadThatEndsGivesItsRingBack) {
    Watched watched;
    for (int i = 0; i < 200; ++i) {
        std::thread([&] { plimsoll_mark(watched.client, 1); }).join();
        EXPECT_EQ(rings_in_use(watched), 0u);
    }
    EXPECT_EQ(segment::load(watched.shared.ring(0).produced), 200u);
    EXPECT_EQ(watched.header().rings_used, 1u);
    EXPECT_EQ(watched.header().events_dropped, 0u);
}

TEST(Rings, ThreadsBeyondTheLastRingAreCountedAndTheTableStaysExact) {
    constexpr std::uint32_t kThreads = segment::kMaxRings + 6;
    Watched watched(256);
    const plimsoll_devices set = watched.chip(0);
    std::atomic<std::uint32_t> told = 0;
    std::vector<std::thread> threads;
    for (std::uint32_t t = 0; t < kThreads; ++t) {
        threads.emplace_back([&] {
            watched.allocate(Watched::buffer(set));
            const plimsoll_id id = watched.allocate(Watched::buffer(set));
            EXPECT_EQ(plimsoll_free(watched.client, id), PLIMSOLL_OK);
            ++told;
            while (told.load() < kThreads) std::this_thread::yield();  // all hold their rings
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(watched.header().events_dropped, 6u * 3);
    EXPECT_EQ(produced(watched), segment::kMaxRings * 3u);
    EXPECT_EQ(watched.header().rings_used, segment::kMaxRings);
    EXPECT_EQ(rings_in_use(watched), 0u);
    EXPECT_EQ(watched.rows().size(), kThreads);
    EXPECT_EQ(live(watched.cell(set, PLIMSOLL_BUFFER)), kThreads);
    EXPECT_EQ(watched.cell(set, PLIMSOLL_BUFFER).live_bytes, kThreads * 640u);
}

TEST(Rings, SlotThatAThreadKeptSpareIsFreeForOthersWhenItEnds) {
    Watched watched(2);
    const plimsoll_devices set = watched.chip(0);
    std::thread([&] {
        const plimsoll_id id = watched.allocate(Watched::buffer(set));
        EXPECT_EQ(plimsoll_free(watched.client, id), PLIMSOLL_OK);
        EXPECT_EQ(watched.shared.ring(0).spare, 1u);
    }).join();
    EXPECT_EQ(watched.shared.ring(0).spare, 0u);
    watched.allocate(Watched::buffer(set));
    watched.allocate(Watched::buffer(set));
    watched.allocate(Watched::buffer(set), PLIMSOLL_UNLISTED);
}

TEST(Rings, FullRingLosesHistoryAndNoRow) {
    Watched watched(64, 8);
    const plimsoll_devices set = watched.chip(0);
    for (int i = 0; i < 50; ++i) watched.allocate(Watched::buffer(set));
    EXPECT_EQ(produced(watched), 50u);
    EXPECT_EQ(events_of(watched, 0, 8).size(), 7u);
    EXPECT_EQ(watched.rows().size(), 50u);
}

TEST(Rings, ThreadThatReportsToTwoClientsHasARingInEach) {
    Watched first;
    Watched second;
    for (int i = 0; i < 3; ++i) {
        plimsoll_mark(first.client, 1);
        plimsoll_mark(second.client, 2);
    }
    EXPECT_EQ(segment::load(first.shared.ring(0).produced), 3u);
    EXPECT_EQ(segment::load(second.shared.ring(0).produced), 3u);
    EXPECT_EQ(rings_in_use(first), 1u);
}

TEST(Rings, ClientAttachedAtTheSamePlaceGetsItsOwnRing) {
    for (int i = 0; i < 20; ++i) {
        Watched watched;
        plimsoll_mark(watched.client, 1);
        EXPECT_EQ(produced(watched), 1u);
    }
}

TEST(Rings, OnesWithoutAWriterAreGivenNoMemory) {
    const auto pages = [](const Watched& watched) {
        struct stat status {};
        EXPECT_EQ(::fstat(watched.client->fd, &status), 0);
        return static_cast<std::size_t>(status.st_blocks) * 512 / segment::kPage;
    };
    Watched watched;
    const std::size_t before = pages(watched);
    std::thread([&] { plimsoll_mark(watched.client, 1); }).join();
    EXPECT_LE(pages(watched) - before, 3u);  // the ring's header, its first event
}

TEST(Sequence, ThreadsNeverShareANumber) {
    constexpr int kThreads = 4;
    constexpr int kEach = 500;
    Watched watched(kThreads * kEach, 1024);
    const plimsoll_devices set = watched.chip(0);
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < kEach; ++i) watched.allocate(Watched::buffer(set));
        });
    }
    for (std::thread& thread : threads) thread.join();
    std::set<std::uint64_t> ids;
    for (const segment::SlotCopy& row : watched.rows()) ids.insert(row.id);
    EXPECT_EQ(ids.size(), static_cast<std::size_t>(kThreads * kEach));
    EXPECT_EQ(*ids.begin(), 1u);
    EXPECT_EQ(*ids.rbegin(), static_cast<std::uint64_t>(kThreads * kEach));
}

}  // namespace
}  // namespace plimsoll::client
