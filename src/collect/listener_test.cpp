#include "collect/listener.hpp"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <vector>

#include "collect/seqpacket.hpp"

namespace plimsoll::collect {
namespace {

class ListenerTest : public ::testing::Test {
  protected:
    ListenerTest() {
        char folder[] = "/tmp/plimsoll.test.XXXXXX";
        folder_ = ::mkdtemp(folder);
        listener_.emplace(Listener::listen(path()).value());
    }
    ~ListenerTest() override { std::filesystem::remove_all(folder_); }

    [[nodiscard]] std::string path() const { return folder_ + "/socket"; }
    [[nodiscard]] UniqueFd connect() const { return connect_to(path()).value(); }
    Listener& listener() { return *listener_; }
    bool is_readable() {
        pollfd one{listener_->fd(), POLLIN, 0};
        return ::poll(&one, 1, 0) == 1;
    }

  private:
    std::string folder_;
    std::optional<Listener> listener_;
};

TEST_F(ListenerTest, TellsWhatWasSaidAndByWhom) {
    EXPECT_FALSE(is_readable());
    const UniqueFd peer = connect();
    EXPECT_EQ(send(peer.get(), "hello"), 0);
    EXPECT_TRUE(is_readable());
    const std::optional<Visitor> visitor = listener().next();
    ASSERT_TRUE(visitor);
    EXPECT_EQ(visitor->message, "hello");
    EXPECT_EQ(visitor->arrival.pid, ::getpid());
    EXPECT_EQ(visitor->arrival.user, ::getuid());
    EXPECT_FALSE(visitor->arrival.segment);
    EXPECT_FALSE(listener().next());
    EXPECT_FALSE(is_readable());
}

TEST_F(ListenerTest, WhoSaysNothingIsWaitedForButStopsNobody) {
    const UniqueFd silent = connect();
    EXPECT_FALSE(listener().next());
    const UniqueFd other = connect();
    send(other.get(), "other");
    EXPECT_EQ(listener().next()->message, "other");
    send(silent.get(), "at last");
    EXPECT_EQ(listener().next()->message, "at last");
    EXPECT_TRUE(listener().take_refusals().empty());
}

TEST_F(ListenerTest, OfManyWhoSayNothingTheFirstAreTurnedAway) {
    std::vector<UniqueFd> silent;
    for (std::size_t i = 0; i < Listener::kMostWaiting + 3; ++i) {
        silent.push_back(connect());
        EXPECT_FALSE(listener().next());
    }
    const std::vector<Refusal> refusals = listener().take_refusals();
    ASSERT_EQ(refusals.size(), 3u);
    EXPECT_EQ(refusals[0].pid, ::getpid());
    EXPECT_NE(send(silent[0].get(), "too late"), 0);
    send(silent[3].get(), "in time");
    EXPECT_EQ(listener().next()->message, "in time");
}

TEST_F(ListenerTest, WhoLeavesOrSaysTooMuchIsTurnedAway) {
    connect().reset();
    const UniqueFd loud = connect();
    send(loud.get(), std::string(kLongestMessage + 1, 'x'));
    EXPECT_FALSE(listener().next());
    const std::vector<Refusal> refusals = listener().take_refusals();
    ASSERT_EQ(refusals.size(), 2u);
    EXPECT_STREQ(refusals[0].why, "it connected and sent nothing");
    EXPECT_STREQ(refusals[1].why, "the message is too long");
}

TEST_F(ListenerTest, ADescriptorComesWithTheMessageAndOnlyTheFirstIsKept) {
    const UniqueFd peer = connect();
    int pipe[2];
    ASSERT_EQ(::pipe(pipe), 0);
    send(peer.get(), "segment", {pipe[1], pipe[0]});
    ::close(pipe[1]);
    const std::optional<Arrival> arrival = listener().accept();
    ASSERT_TRUE(arrival);
    EXPECT_EQ(::write(arrival->segment.get(), "x", 1), 1);
    char byte = 0;
    EXPECT_EQ(::read(pipe[0], &byte, 1), 1);
    ::close(pipe[0]);
}

}  // namespace
}  // namespace plimsoll::collect
