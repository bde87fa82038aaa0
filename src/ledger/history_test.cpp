#include "ledger/history.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace plimsoll::ledger {
namespace {

Event event(Event::Type type, std::uint64_t sequence, std::uint64_t number) {
    Event event;
    event.type = type;
    event.sequence = sequence;
    event.at_ns = 1000 * sequence;
    event.allocation.id = {number};
    return event;
}

Event birth(std::uint64_t sequence, std::uint64_t bytes = 64, ProgramId program = {}) {
    Event made = event(Event::Type::allocate, sequence, sequence);
    made.allocation.bytes = bytes;
    made.allocation.address = 100 * sequence;
    made.allocation.made_at_ns = made.at_ns;
    made.allocation.program = program;
    return made;
}

Event end(std::uint64_t sequence, std::uint64_t id) {
    return event(Event::Type::free, sequence, id);
}

Event run(std::uint64_t sequence, ProgramId program, LabelId label) {
    Event ran = event(Event::Type::run, sequence, sequence);
    ran.allocation.program = program;
    ran.label = label;
    return ran;
}

Event named(Event::Type type, std::uint64_t sequence, std::uint32_t name) {
    Event named = event(type, sequence, sequence);
    named.name = {name};
    return named;
}

History after(const std::vector<Event>& events) {
    History history;
    history.apply(events);
    return history;
}

TEST(History, KeepsWhatIsOverInTheOrderInWhichItEnded) {
    const History history = after({birth(1), birth(2, 96), birth(3), end(4, 2), end(5, 1)});
    ASSERT_EQ(history.over().size(), 2u);
    const History::Past& first = history.over()[0];
    EXPECT_EQ(first.id, 2u);
    EXPECT_EQ(first.address, 200u);
    EXPECT_EQ(first.made_at_ns, 2000u);
    EXPECT_EQ(first.over, 4u);
    EXPECT_EQ(first.over_at_ns, 4000u);
    EXPECT_EQ(history.placements()[first.placement].bytes, 96u);
    EXPECT_EQ(history.over()[1].id, 1u);
}

TEST(History, WhatManyHaveInCommonStandsOnce) {
    const History history =
        after({birth(1), birth(2), end(3, 1), end(4, 2), birth(5, 96), end(6, 5)});
    EXPECT_EQ(history.over().size(), 3u);
    EXPECT_EQ(history.placements().size(), 2u);
}

TEST(History, AnEndThatIsReadBeforeItsBeginIsThatAllocationsEnd) {
    const History history = after({end(2, 1), birth(1)});
    ASSERT_EQ(history.over().size(), 1u);
    EXPECT_EQ(history.over()[0].over, 2u);
}

TEST(History, WhatHasOutlivedItsDeviceIsOverOnce) {
    const History history =
        after({birth(1), event(Event::Type::suspend, 2, 1), end(3, 1), birth(4), end(5, 4)});
    ASSERT_EQ(history.over().size(), 2u);
    EXPECT_EQ(history.over()[0].over, 2u);
}

TEST(History, AForkedProcessGoesOnCounting) {
    Event made = birth(1);
    made.allocation.id = {501};
    const History history = after({made, end(2, 501)});
    ASSERT_EQ(history.over().size(), 1u);
    EXPECT_EQ(history.over()[0].over, 502u);
}

TEST(History, NamesAProgramByItsLastRunSinceTheAllocation) {
    const ProgramId one{7};
    const History history = after({birth(1, 64, one), run(2, one, {3}), end(3, 1),  //
                                   birth(4, 64, one), end(5, 4)});
    ASSERT_EQ(history.over().size(), 2u);
    EXPECT_EQ(history.placements()[history.over()[0].placement].label, LabelId{3});
    EXPECT_EQ(history.placements()[history.over()[1].placement].label, LabelId{})
        << "the number may be another program's by then";
}

TEST(History, MarksAndWindowsHaveTheirPlacesInTheSequence) {
    const History history =
        after({named(Event::Type::mark, 1, 5),          //
               named(Event::Type::window_begin, 2, 6),  //
               named(Event::Type::window_begin, 3, 7), named(Event::Type::window_end, 4, 7),
               named(Event::Type::window_begin, 5, 7)});
    ASSERT_EQ(history.marks().size(), 1u);
    EXPECT_EQ(history.marks()[0].id, 1u);
    EXPECT_EQ(history.marks()[0].name, TextId{5});
    ASSERT_EQ(history.windows().size(), 3u);
    EXPECT_EQ(history.windows()[0].over, std::nullopt);
    EXPECT_EQ(history.windows()[1].over, 4u);
    EXPECT_EQ(history.windows()[2].over, std::nullopt);
}

TEST(History, MoreNamesAreCounted) {
    std::vector<Event> events;
    for (std::uint64_t i = 1; i <= History::kMostNamed + 5; ++i) {
        events.push_back(named(Event::Type::mark, i, 5));
        events.push_back(named(Event::Type::window_begin, i, 5));
    }
    const History history = after(events);
    EXPECT_EQ(history.marks().size(), History::kMostNamed);
    EXPECT_EQ(history.mark_count(), History::kMostNamed + 5);
    EXPECT_EQ(history.windows().size(), History::kMostNamed);
    EXPECT_EQ(history.window_count(), History::kMostNamed + 5);
}

// What was there just after event `at`, as a reader works it out.
std::set<std::uint64_t> live_after(const History& history, const std::set<std::uint64_t>& held,
                                   std::uint64_t at) {
    std::set<std::uint64_t> live;
    for (const std::uint64_t id : held) {
        if (id <= at) live.insert(id);
    }
    for (const History::Past& past : history.over()) {
        if (past.id <= at && past.over > at) live.insert(past.id);
    }
    return live;
}

TEST(History, EachMomentIsWhatWasThereThen) {
    for (std::uint32_t seed = 1; seed <= 20; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 random(seed);
        const auto pick = [&random](std::size_t below) {
            return static_cast<std::uint32_t>(random() % below);
        };
        History history;
        std::set<std::uint64_t> live;
        std::vector<std::set<std::uint64_t>> was{live};
        for (std::uint64_t at = 1; at <= 300; ++at) {
            Event next = run(at, {pick(3)}, {1});
            if (live.empty() || pick(5) < 2) {
                next = birth(at, 64 * pick(3), {pick(3)});
                live.insert(at);
            } else if (pick(4) != 0) {
                const auto one = std::next(live.begin(), pick(live.size()));
                next = event(pick(2) == 0 ? Event::Type::free : Event::Type::suspend, at, *one);
                live.erase(one);
            }
            history.apply({&next, 1});
            was.push_back(live);
        }
        for (std::uint64_t at = 0; at < was.size(); ++at) {
            EXPECT_EQ(live_after(history, live, at), was[at]) << "after event " << at;
        }
    }
}

TEST(History, ForgetsTheOldestAndGoesOn) {
    History history;
    const std::uint64_t count = 2 * History::kMostOver + 1;
    for (std::uint64_t i = 0; i < count; ++i) {
        const Event both[] = {birth(2 * i + 1), end(2 * i + 2, 2 * i + 1)};
        history.apply(both);
    }
    EXPECT_EQ(history.over().size(), History::kMostOver + 1);
    EXPECT_EQ(history.over().back().id, 2 * count - 1);
}

}  // namespace
}  // namespace plimsoll::ledger
