#include "collect/collector.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "client/handover.hpp"
#include "collect/process_end.hpp"
#include "collect/test_client.hpp"

namespace plimsoll::collect {
namespace {

class CollectorTest : public ::testing::Test {
  protected:
    void SetUp() override {
        char folder[] = "/tmp/plimsoll.test.XXXXXX";
        ASSERT_NE(::mkdtemp(folder), nullptr);
        folder_ = folder;
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    [[nodiscard]] std::string socket_path() const { return folder_ + "/socket"; }
    Collector collector() { return Collector(Listener::listen(socket_path()).value()); }

  private:
    std::string folder_;
};

// Runs `work` in a child process and returns wait()'s status.
template <class Work>
std::pair<pid_t, int> in_child(Work work) {
    const pid_t child = ::fork();
    if (child == 0) {
        work();
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return {child, status};
}

TEST_F(CollectorTest, KnowsWhatAKilledProcessHeldAlthoughItWasNeverAsked) {
    Collector collector = this->collector();
    const auto [pid, status] = in_child([this] {
        TestClient client(socket_path());
        client.allocate_buffer(4096);
        client.allocate_buffer(8192);
        ::kill(::getpid(), SIGKILL);
    });

    const std::vector<ledger::ProcessView> views = collector.views(pid, status);

    ASSERT_EQ(views.size(), 1u);
    EXPECT_EQ(views[0].state, ledger::ProcessState::killed);
    EXPECT_EQ(views[0].signal, SIGKILL);
    EXPECT_EQ(views[0].identity.pid, pid);
    ASSERT_EQ(views[0].held.size(), 2u);
    EXPECT_EQ(views[0].held[0].bytes, 4096u);
    EXPECT_EQ(views[0].events.produced, views[0].events.received);
}

TEST_F(CollectorTest, AProgramThatExecutedAnotherEndedThereAndWasNotKilledWithIt) {
    Collector collector = this->collector();
    const auto [pid, status] = in_child([this] {
        TestClient before(socket_path());
        before.allocate_buffer(4096);
        TestClient after(socket_path());
        after.get()->shared.header().image += 1;
        after.allocate_buffer(8192);
        ::kill(::getpid(), SIGKILL);
    });

    const std::vector<ledger::ProcessView> views = collector.views(pid, status);

    ASSERT_EQ(views.size(), 2u);
    EXPECT_EQ(views[0].state, ledger::ProcessState::exited);
    EXPECT_EQ(views[0].signal, std::nullopt);
    ASSERT_EQ(views[0].held.size(), 1u);
    EXPECT_EQ(views[1].state, ledger::ProcessState::killed);
}

TEST(ProcessEnd, OfAZombieIsKnownBeforeItsParentAsks) {
    const pid_t child = ::fork();
    if (child == 0) ::raise(SIGKILL);
    siginfo_t ended{};
    ::waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOWAIT);
    EXPECT_EQ(status_of_zombie(child), SIGKILL);
    EXPECT_EQ(status_of_zombie(::getpid()), std::nullopt);
    ::waitpid(child, nullptr, 0);
    EXPECT_EQ(status_of_zombie(child), std::nullopt);
}

TEST_F(CollectorTest, TwoClientsOfOneProgramEndTogether) {
    Collector collector = this->collector();
    const auto [pid, status] = in_child([this] {
        TestClient first(socket_path());
        TestClient second(socket_path());
        ::kill(::getpid(), SIGKILL);
    });

    const std::vector<ledger::ProcessView> views = collector.views(pid, status);

    ASSERT_EQ(views.size(), 2u);
    EXPECT_EQ(views[0].state, ledger::ProcessState::killed);
    EXPECT_EQ(views[1].state, ledger::ProcessState::killed);
}

TEST_F(CollectorTest, SaysWhyItRefusesWhatIsNoSegment) {
    Collector collector = this->collector();
    const UniqueFd garbage(::memfd_create("garbage", MFD_CLOEXEC));
    client::hand_over(socket_path().c_str(), garbage.get());

    collector.collect();

    ASSERT_EQ(collector.notes().size(), 1u);
    EXPECT_NE(collector.notes()[0].find("not a sealed segment"), std::string::npos);
    EXPECT_TRUE(collector.views(0, std::nullopt).empty());
}

TEST_F(CollectorTest, SaysThatASegmentIsEmptyWhenItsWriterDiedBeforeItWasReady) {
    Collector collector = this->collector();
    const auto made = segment::create(segment::Geometry::of(64, 256).total);
    ASSERT_TRUE(made);
    client::hand_over(socket_path().c_str(), made.value().fd.get());

    collector.collect();

    ASSERT_EQ(collector.notes().size(), 1u);
    EXPECT_NE(collector.notes()[0].find("magic"), std::string::npos);
}

TEST_F(CollectorTest, KeepsTheProcessesOfAForkApart) {
    Collector collector = this->collector();
    const auto [pid, status] = in_child([this] {
        TestClient client(socket_path());
        client.allocate_buffer(4096);
        in_child([&] { client.allocate_buffer(8192); });
    });

    const std::vector<ledger::ProcessView> views = collector.views(pid, status);

    ASSERT_EQ(views.size(), 2u);
    EXPECT_EQ(views[0].identity.pid, pid);
    EXPECT_EQ(views[1].identity.forked_from, pid);
    ASSERT_EQ(views[1].held.size(), 1u);
    EXPECT_EQ(views[1].held[0].bytes, 8192u);
    EXPECT_EQ(views[1].events.lost, 0u);
}

}  // namespace
}  // namespace plimsoll::collect
