#include "cli/child.hpp"

#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <functional>

namespace plimsoll::cli {
namespace {

int wait_for(Child& child, const SignalWatch& signals) {
    for (;;) {
        pollfd ready{signals.fd(), POLLIN, 0};
        ::poll(&ready, 1, -1);
        if (const std::optional<int> status = child.reap()) return *status;
    }
}

int shell(const std::string& script, const EnvironmentChanges& changes = {}) {
    const SignalWatch signals;
    Result<Child> child = Child::start({"sh", "-c", script}, changes, signals);
    EXPECT_TRUE(child);
    return wait_for(child.value(), signals);
}

TEST(Child, EndsWithItsOwnExitCode) { EXPECT_EQ(WEXITSTATUS(shell("exit 7")), 7); }

TEST(Child, EndsByItsOwnSignal) {
    const int status = shell("kill -SEGV $$");
    ASSERT_TRUE(WIFSIGNALED(status));
    EXPECT_EQ(WTERMSIG(status), SIGSEGV);
}

TEST(Child, SeesTheChangedEnvironmentAndKeepsTheRest) {
    ::setenv("PLIMSOLL_TEST_KEPT", "kept", 1);
    ::setenv("PLIMSOLL_TEST_CHANGED", "before", 1);
    ::setenv("PLIMSOLL_TEST_GONE", "there", 1);
    EnvironmentChanges changes;
    changes.set.emplace_back("PLIMSOLL_TEST_CHANGED", "after");
    changes.unset.emplace_back("PLIMSOLL_TEST_GONE");
    EXPECT_EQ(WEXITSTATUS(shell("test \"$PLIMSOLL_TEST_KEPT\" = kept && "
                                "test \"$PLIMSOLL_TEST_CHANGED\" = after && "
                                "test -z \"${PLIMSOLL_TEST_GONE+x}\"",
                                changes)),
              0);
}

TEST(Child, GetsTheRequestToEndThatWasSentToUs) {
    // The script says that it is ready by stopping itself.
    const SignalWatch signals;
    Result<Child> started = Child::start(
        {"sh", "-c", "trap 'exit 42' TERM; kill -STOP $$; sleep 60 & wait"}, {}, signals);
    ASSERT_TRUE(started);
    Child& child = started.value();
    int status = 0;
    ASSERT_EQ(::waitpid(child.pid(), &status, WUNTRACED), child.pid());
    ASSERT_TRUE(WIFSTOPPED(status));
    ::kill(::getpid(), SIGTERM);
    ::kill(child.pid(), SIGCONT);
    status = wait_for(child, signals);
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 42);
}

TEST(Child, StartsWithTheSignalsUnblockedThatWeHoldBack) {
    EXPECT_EQ(WEXITSTATUS(shell("trap 'exit 3' TERM; kill -TERM $$; exit 4")), 3);
}

TEST(Child, SaysThatTheProgramIsMissing) {
    const SignalWatch signals;
    const Result<Child> child = Child::start({"plimsoll-no-such-program"}, {}, signals);
    ASSERT_FALSE(child);
    EXPECT_EQ(child.error().number, ENOENT);
}

TEST(Child, SaysThatTheProgramMayNotBeExecuted) {
    const SignalWatch signals;
    const Result<Child> child = Child::start({"/dev/null"}, {}, signals);
    ASSERT_FALSE(child);
    EXPECT_EQ(child.error().number, EACCES);
}

TEST(Child, AForkEndsWithWhatItsFunctionReturnsAndTakesSignalsAsBefore) {
    const SignalWatch signals;
    const auto status_of = [&](const std::function<int()>& work) {
        Result<Child> child = Child::fork(work, signals);
        EXPECT_TRUE(child);
        return wait_for(child.value(), signals);
    };
    EXPECT_EQ(WEXITSTATUS(status_of([] { return 7; })), 7);
    EXPECT_EQ(WTERMSIG(status_of([] {
                  ::raise(SIGTERM);
                  return 0;
              })),
              SIGTERM);
}

}  // namespace
}  // namespace plimsoll::cli
