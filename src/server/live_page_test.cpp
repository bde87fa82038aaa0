#include "server/live_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "collect/test_client.hpp"

namespace plimsoll::server {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

constexpr uid_t kOne = 1001, kOther = 1002;

// A failure need not print whole reports.
bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

bool has_allocated(const std::string& report, int count) {
    return has(report, "\"allocations\":" + std::to_string(count) + ",\"frees\":0,\"ended");
}

// Of this process, as if it were of that user.
collect::Arrival arrival_of(const collect::TestClient& client, uid_t user) {
    collect::Arrival arrival;
    arrival.segment.reset(::dup(client.get()->fd));
    arrival.pid = ::getpid();
    arrival.user = user;
    return arrival;
}

class LivePageOfTwoUsers : public testing::Test {
  protected:
    LivePageOfTwoUsers() {
        ones_.allocate_buffer(4096);
        list_.adopt(arrival_of(ones_, kOne));
        others_.allocate_buffer(8192);
        others_.allocate_buffer(8192);
        list_.adopt(arrival_of(others_, kOther));
    }

    LivePage page_{list_, {}};
    collect::TestClient ones_{""};
    collect::TestClient others_{""};
    WatchList list_{Limits{}};
    LivePage::Clock::time_point now_ = LivePage::Clock::now();
    const collect::Asker one_{kOne, false}, other_{kOther, false}, root_{0, false},
        of_group_{kOther, true};
};

TEST_F(LivePageOfTwoUsers, EachIsToldOfItsOwnAndRootOfAll) {
    EXPECT_TRUE(has_allocated(*page_.report(one_, now_), 1));
    EXPECT_TRUE(has_allocated(*page_.report(other_, now_), 2));
    EXPECT_TRUE(has_allocated(*page_.report(root_, now_), 3));
    EXPECT_EQ(page_.report(of_group_, now_), page_.report(root_, now_)) << "made once for both";
    EXPECT_TRUE(has(*page_.report({1003, false}, now_), "no process is watched"));
    EXPECT_THAT(page_.ps({1003, false}), HasSubstr(R"("processes": [],)"));
    EXPECT_THAT(page_.ps(one_), HasSubstr(R"("held_count": 1,)"));
    EXPECT_THAT(page_.ps(one_), Not(HasSubstr(R"("held_count": 2,)")));
}

TEST_F(LivePageOfTwoUsers, WhatAnotherDoesIsNoChange) {
    const std::string before = page_.revision(one_, now_);
    const std::string before_of_other = page_.revision(other_, now_);
    others_.allocate_buffer(32);
    now_ += 2s;
    EXPECT_EQ(page_.revision(one_, now_), before);
    EXPECT_NE(page_.revision(other_, now_), before_of_other);
    ones_.allocate_buffer(32);
    now_ += 2s;
    EXPECT_NE(page_.revision(one_, now_), before);
}

TEST_F(LivePageOfTwoUsers, AReportIsMadeWhenSomethingHasChangedAndNotTooOften) {
    const auto first = page_.report(one_, now_);
    EXPECT_TRUE(has(*first, R"({"revision":")" + page_.revision(one_, now_) + '"'));
    EXPECT_EQ(page_.report(one_, now_ + 1h), first) << "nothing has changed";
    now_ += 1h;
    ones_.allocate_buffer(32);
    now_ += 600ms;
    const auto second = page_.report(one_, now_);
    EXPECT_NE(second, first);
    ones_.allocate_buffer(32);
    now_ += 600ms;
    EXPECT_NE(page_.revision(one_, now_), page_.revision(one_, now_ - 1h)) << "it is known";
    EXPECT_EQ(page_.report(one_, now_), second) << "and told later";
    now_ += 1h;
    EXPECT_NE(page_.report(one_, now_), second);
}

TEST_F(LivePageOfTwoUsers, OfManyWhoAskTheLastAreRemembered) {
    const auto report = page_.report(one_, now_);
    for (uid_t user = 2000; user < 2100; ++user) {
        page_.revision({user, false}, now_);
        page_.revision(one_, now_);
    }
    EXPECT_EQ(page_.report(one_, now_), report);
}

TEST_F(LivePageOfTwoUsers, MoreRowsThanMayBeAreCounted) {
    Limits limits;
    limits.page_rows = 1;
    LivePage page(list_, limits);
    EXPECT_TRUE(has(*page.report(root_, now_), R"("count":3,"listed":1,)"));
}

}  // namespace
}  // namespace plimsoll::server
