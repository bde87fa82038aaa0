#include "segment/ring.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <limits>
#include <thread>
#include <vector>

namespace plimsoll::segment {
namespace {

constexpr std::uint32_t kCapacity = 8;

struct Ring {
    RingHeader header{};
    std::vector<Event> events = std::vector<Event>(kCapacity);

    void push(std::uint64_t number) {
        const std::uint64_t head = number << 8 | static_cast<std::uint64_t>(EventType::mark);
        std::uint64_t words[kRecordWords];
        for (std::uint64_t& word : words) word = number;
        segment::push(header, events.data(), kCapacity, head, read_record(words));
    }
    bool next(RingCursor& cursor, Event& out) const {
        return cursor.next(header, events.data(), kCapacity, out);
    }
    std::uint64_t drain(RingCursor& cursor) const {
        Event event;
        std::uint64_t taken = 0;
        while (next(cursor, event)) ++taken;
        return taken;
    }
};

bool balanced(const RingCursor& cursor, std::uint64_t produced) {
    return cursor.received() + cursor.lost() == produced && cursor.position() == produced;
}

TEST(Ring, EventsComeInTheOrderTheyWereWritten) {
    Ring ring;
    RingCursor cursor;
    Event event;
    EXPECT_FALSE(ring.next(cursor, event));
    for (std::uint64_t n = 1; n <= 3; ++n) ring.push(n);
    for (std::uint64_t n = 1; n <= 3; ++n) {
        ASSERT_TRUE(ring.next(cursor, event));
        EXPECT_EQ(event.head >> 8, n);
        EXPECT_EQ(event.body[kRecordWords - 1], n);
    }
    EXPECT_FALSE(ring.next(cursor, event));
    EXPECT_TRUE(balanced(cursor, 3));
    EXPECT_EQ(cursor.lost(), 0u);
}

TEST(Ring, WhatWasOverwrittenIsCountedAsLost) {
    Ring ring;
    RingCursor cursor;
    for (std::uint64_t n = 1; n <= 20; ++n) ring.push(n);
    Event event;
    ASSERT_TRUE(ring.next(cursor, event));
    // Event 13 is the oldest there, but the next write goes to its place: it may be half gone.
    EXPECT_EQ(event.head >> 8, 14u);
    EXPECT_EQ(ring.drain(cursor), 6u);
    EXPECT_EQ(cursor.received(), 7u);
    EXPECT_EQ(cursor.lost(), 13u);
    EXPECT_TRUE(balanced(cursor, 20));
}

TEST(Ring, ReaderThatKeepsUpLosesNothing) {
    Ring ring;
    RingCursor cursor;
    Event event;
    for (std::uint64_t n = 1; n <= 1000; ++n) {
        ring.push(n);
        ASSERT_TRUE(ring.next(cursor, event));
        EXPECT_EQ(event.head >> 8, n);
    }
    EXPECT_EQ(cursor.lost(), 0u);
}

TEST(Ring, JumpForwardIsLossAndStaysBalanced) {
    Ring ring;
    RingCursor cursor;
    constexpr std::uint64_t kEnd = std::numeric_limits<std::uint64_t>::max();
    for (const std::uint64_t produced :
         {std::uint64_t{5}, std::uint64_t{1} << 40, kEnd - 1, kEnd}) {
        store(ring.header.produced, produced);
        ring.drain(cursor);
        EXPECT_TRUE(balanced(cursor, produced)) << produced;
    }
}

TEST(Ring, JumpBackwardsEndsTheReading) {
    Ring ring;
    RingCursor cursor;
    for (std::uint64_t n = 1; n <= 6; ++n) ring.push(n);
    EXPECT_EQ(ring.drain(cursor), 6u);
    store<std::uint64_t>(ring.header.produced, 2);
    EXPECT_EQ(ring.drain(cursor), 0u);
    EXPECT_TRUE(balanced(cursor, 6));
}

TEST(Ring, EveryProducedEventIsReceivedWholeOrLostWhileTheWriterRuns) {
    constexpr std::uint64_t kEvents = 200'000;
    Ring ring;
    std::atomic<bool> done = false;
    std::thread writer([&] {
        for (std::uint64_t n = 1; n <= kEvents; ++n) ring.push(n);
        done = true;
    });
    RingCursor cursor;
    Event event;
    std::uint64_t wrong = 0;
    std::uint64_t before = 0;
    bool last_look = false;
    for (;;) {
        while (ring.next(cursor, event)) {
            const std::uint64_t number = event.head >> 8;
            if (number <= before || number != cursor.position()) ++wrong;
            for (const std::uint64_t word : event.body) wrong += word != number ? 1 : 0;
            before = number;
        }
        if (last_look) break;
        last_look = done.load();
    }
    writer.join();
    ring.drain(cursor);
    EXPECT_EQ(wrong, 0u);
    EXPECT_TRUE(balanced(cursor, kEvents));
    EXPECT_GT(cursor.received(), 0u);
}

}  // namespace
}  // namespace plimsoll::segment
