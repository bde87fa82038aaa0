#include "server/watch_list.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>

#include "server/test_child.hpp"

namespace plimsoll::server {
namespace {

TEST(WatchList, TakesASegmentOverOnce) {
    const Child child(4096);
    WatchList list{Limits{}};
    EXPECT_EQ(list.adopt(child.arrival()), WatchList::Adopted::yes);
    EXPECT_EQ(list.adopt(child.arrival()), WatchList::Adopted::known);
    ASSERT_EQ(list.figures().size(), 1u);
    EXPECT_EQ(list.figures()[0].identity.pid, child.pid());
    EXPECT_EQ(list.figures()[0].held_count, 1u);
    EXPECT_TRUE(list.retire_ended().empty());
}

TEST(WatchList, RefusesWhatIsNoSegment) {
    WatchList list{Limits{}};
    collect::Arrival arrival;
    arrival.segment.reset(::open("/dev/null", O_RDONLY));
    EXPECT_EQ(list.adopt(std::move(arrival)), WatchList::Adopted::refused);
    EXPECT_TRUE(list.figures().empty());
}

TEST(WatchList, RefusesMoreThanItsLimits) {
    Limits limits;
    limits.processes = 3;
    limits.processes_per_user = 2;
    WatchList list(limits);
    const Child children[] = {Child(32), Child(32), Child(32), Child(32)};
    const auto adopt = [&](int which, uid_t user) {
        collect::Arrival arrival = children[which].arrival();
        arrival.user = user;
        std::string why;
        list.adopt(std::move(arrival), &why);
        return why;
    };
    EXPECT_EQ(adopt(0, 1), "");
    EXPECT_EQ(adopt(1, 1), "");
    EXPECT_EQ(adopt(2, 1), "as many processes of this user are watched as may be");
    EXPECT_EQ(adopt(2, 2), "");
    EXPECT_EQ(adopt(3, 2), "as many processes are watched as may be");
    EXPECT_EQ(list.running().size(), 3u);
}

TEST(WatchList, KeepsTheLastWordOfWhatHasEnded) {
    Child child(8192);
    WatchList list{Limits{}};
    list.adopt(child.arrival());
    list.drain();
    const pid_t pid = child.pid();
    child.end();
    const std::vector<LastWord> ended = list.retire_ended();
    ASSERT_EQ(ended.size(), 1u);
    EXPECT_EQ(ended[0].process.identity.pid, pid);
    EXPECT_NE(ended[0].process.state, ledger::ProcessState::running);
    EXPECT_EQ(ended[0].process.held_count, 1u);
    EXPECT_TRUE(list.figures().empty());
    EXPECT_TRUE(list.retire_ended().empty());
    ASSERT_EQ(list.last_words().size(), 1u);
}

TEST(WatchList, ForgetsTheOldestLastWords) {
    Limits limits;
    limits.history = 4;
    WatchList list(limits);
    for (std::size_t i = 0; i < limits.history + 3; ++i) {
        Child child(32 * (i + 1));
        ASSERT_EQ(list.adopt(child.arrival()), WatchList::Adopted::yes);
        child.end();
        ASSERT_EQ(list.retire_ended().size(), 1u);
    }
    ASSERT_EQ(list.last_words().size(), limits.history);
    EXPECT_EQ(list.last_words().front().process.held[0].bytes, 32u * 4);
}

}  // namespace
}  // namespace plimsoll::server
