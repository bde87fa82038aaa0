// Programs with defects planted at random, several at once: each is found, and nothing else is.
//
// From the client through its segment, the collector and the ledger to the findings; with several
// threads, with lost events, with a table that is too small, with numbers beyond 32 bits.
// PLIMSOLL_PROOF_PLANTED=1000: that many programs of each sort.
#include <gtest/gtest.h>
#include <sched.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "collect/collector.hpp"
#include "tests/proof/planted_process.hpp"
#include "tests/proof/planted_truth.hpp"

namespace plimsoll::proof {
namespace {

constexpr std::uint64_t kSteps = 3000;
constexpr std::uint64_t kBeyond32Bits = (std::uint64_t{1} << 32) - 700;

std::uint32_t runs() {
    const char* wanted = std::getenv("PLIMSOLL_PROOF_PLANTED");
    return wanted == nullptr ? 25 : static_cast<std::uint32_t>(std::strtoul(wanted, nullptr, 10));
}

class Watcher {
  public:
    ~Watcher() { std::filesystem::remove(socket_); }

    [[nodiscard]] const char* socket() const { return socket_.c_str(); }
    collect::Collector& collector() { return collector_; }

  private:
    static std::string new_socket() {
        const std::string name = std::filesystem::temp_directory_path() /
                                 ("plimsoll-planted." + std::to_string(::getpid()));
        std::filesystem::remove(name);
        return name;
    }

    std::string socket_ = new_socket();
    collect::Collector collector_{collect::Listener::listen(socket_).value()};
};

class PlantedTest : public testing::TestWithParam<Trial> {
  protected:
    // `end`: by whom the chips are closed in the end; the mesh is then never closed but by the
    // program itself.
    static void run(std::uint32_t seed, plimsoll_close_manner end) {
        SCOPED_TRACE(seed);
        Watcher watcher;
        const SharedDiary diary;
        PlantedProcess process(GetParam(), watcher.socket(), *diary, seed);
        watcher.collector().collect();
        std::uint64_t rounds = 0;
        process.run(kSteps, end, [&] {
            // Seldom, where events are to be lost.
            if (!GetParam().loses_events() || ++rounds % 4096 == 0) watcher.collector().collect();
        });
        if (end == PLIMSOLL_CLOSED) process.close_mesh();
        process.exiting();
        expect_the_planted(watcher.collector().views(::getpid(), 0), *diary, GetParam(), End::exit);
    }
};

TEST_P(PlantedTest, IsFoundAndNothingElseWhenAllIsClosed) {
    for (std::uint32_t seed = 1; seed <= runs() && !HasFailure(); ++seed) {
        run(seed, PLIMSOLL_CLOSED);
    }
}

TEST_P(PlantedTest, IsFoundAndNothingElseWhenTheEndClosesTheChips) {
    for (std::uint32_t seed = 1; seed <= runs() && !HasFailure(); ++seed) {
        run(seed, PLIMSOLL_CLOSED_AT_EXIT);
    }
}

class PlantedStepTest : public PlantedTest {};

TEST_P(PlantedStepTest, IsFoundAndNothingElseAfterEveryStep) {
    Watcher watcher;
    const SharedDiary diary;
    PlantedProcess process(GetParam(), watcher.socket(), *diary, 7);
    PlantingUser user = process.user(0);
    for (std::uint64_t i = 0; i < kSteps && !HasFailure(); ++i) {
        SCOPED_TRACE(i);
        user.step();
        expect_the_planted(watcher.collector().views(::getpid(), {}), *diary, GetParam(),
                           End::running);
    }
}

[[noreturn]] void be_killed(const Trial& trial, const char* socket, Diary& diary,
                            std::uint32_t seed) {
    PlantedProcess process(trial, socket, diary, seed);
    process.run(~std::uint64_t{0}, PLIMSOLL_CLOSED, [] { ::usleep(1000); });
    ::_exit(1);
}

TEST_P(PlantedTest, IsFoundAndNothingElseWhenItIsKilledAtAnyInstant) {
    std::mt19937 random(20'261'127);
    for (std::uint32_t seed = 1; seed <= runs() && !HasFailure(); ++seed) {
        SCOPED_TRACE(seed);
        Watcher watcher;
        const SharedDiary diary;
        const pid_t child = ::fork();
        if (child == 0) be_killed(GetParam(), watcher.socket(), *diary, seed);
        const std::uint64_t steps = 1 + random() % 4000;
        while (segment::load(diary->steps) == 0) ::sched_yield();  // it is set up
        while (segment::load(diary->steps) < steps) watcher.collector().collect();
        ::kill(child, SIGKILL);
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFSIGNALED(status));
        expect_the_planted(watcher.collector().views(child, status), *diary, GetParam(),
                           End::killed);
    }
}

const auto name_of = [](const testing::TestParamInfo<Trial>& trial) {
    return std::string(trial.param.name);
};

INSTANTIATE_TEST_SUITE_P(Planted, PlantedStepTest,
                         testing::Values(Trial{.name = "OneThread"},
                                         Trial{.name = "FullTable", .live_capacity = 24}),
                         name_of);

INSTANTIATE_TEST_SUITE_P(
    Planted, PlantedTest,
    testing::Values(Trial{.name = "OneThread"}, Trial{.name = "FourThreads", .threads = 4},
                    Trial{.name = "LostEvents", .threads = 2, .ring_capacity = 64},
                    Trial{.name = "FullTable", .live_capacity = 24},
                    Trial{.name = "Beyond32Bits", .threads = 4, .first_number = kBeyond32Bits},
                    Trial{.name = "AllAtOnce",
                          .threads = 4,
                          .live_capacity = 48,
                          .ring_capacity = 64,
                          .first_number = kBeyond32Bits}),
    name_of);

}  // namespace
}  // namespace plimsoll::proof
