#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <latch>
#include <random>
#include <thread>

#include "client/watched.hpp"

namespace plimsoll::client {
namespace {

constexpr std::uint32_t kThreads = 8;
constexpr std::uint32_t kRounds = 2'000;
constexpr std::uint32_t kChildren = 20;

// What is listed, and not suspended, must be what the counters say, cell by cell.
void expect_consistent(const Watched& watched) {
    std::vector<std::uint64_t> listed(std::size_t{segment::kMaxSets} * segment::kCellsPerSet);
    std::vector<std::uint64_t> bytes(listed.size());
    std::vector<std::uint64_t> suspended(listed.size());
    for (const segment::SlotCopy& row : watched.rows()) {
        ASSERT_EQ(row.state, segment::SlotState::whole);
        const segment::Record& r = row.record;
        const std::size_t cell = segment::cell_index(r.set, r.region, r.kind);
        if ((r.flags & segment::kSuspended) != 0) {
            ++suspended[cell];
            continue;
        }
        ++listed[cell];
        bytes[cell] += r.bytes_per_bank * r.banks;
    }
    for (std::size_t i = 0; i < listed.size(); ++i) {
        const segment::Cell& cell = watched.shared.cells()[i];
        ASSERT_EQ(live(cell), listed[i] + cell.unlisted_live) << "cell " << i;
        ASSERT_EQ(cell.live_bytes, bytes[i] + cell.unlisted_bytes) << "cell " << i;
        ASSERT_EQ(cell.suspended, suspended[i]) << "cell " << i;
        ASSERT_EQ(cell.allocations, cell.frees + listed[i] + cell.unlisted_live + suspended[i]);
        ASSERT_GE(cell.peak_bytes, cell.live_bytes);
    }
}

// Uses no heap: a child forked while another thread is inside the address sanitizer's allocator
// would wait for that thread's lock for ever.
class Worker {
  public:
    Worker(Watched& watched, std::uint32_t number)
        : watched_(watched), random_(number), device_(static_cast<std::int32_t>(number % 3)) {}

    template <typename Goes>
    void run(Goes goes) {
        plimsoll_devices chip = watched_.chip(device_);
        const plimsoll_devices mesh = watched_.mesh(1, {0, 1, 2});
        plimsoll_program program = watched_.program(random_());
        for (std::uint32_t i = 0; goes(i); ++i) {
            const std::uint32_t dice = static_cast<std::uint32_t>(random_()) % 100;
            if (dice < 40 && held_ < ids_.size()) {
                allocate(Watched::buffer(dice % 2 == 0 ? chip : mesh));
            } else if (dice < 75) {
                free_one();
            } else if (dice < 90) {
                plimsoll_id id = 0;
                const plimsoll_allocation a = Watched::owned(chip, program);
                plimsoll_allocate(watched_.client, &a, &id);
            } else if (dice < 97) {
                if (dice % 2 == 0) plimsoll_program_report_free(watched_.client, program);
                plimsoll_program_destroy(watched_.client, program);
                program = watched_.program(i);
            } else if (dice < 99) {
                plimsoll_mark(watched_.client, 1);
            } else {
                plimsoll_close(watched_.client, chip, PLIMSOLL_CLOSED);
                chip = watched_.chip(device_);
                watched_.mesh(1, {0, 1, 2});
            }
        }
    }

  private:
    void allocate(plimsoll_allocation a) {
        a.bytes_per_bank = 32 * (1 + static_cast<std::uint32_t>(random_()) % 100);
        plimsoll_id id = 0;
        const plimsoll_status status = plimsoll_allocate(watched_.client, &a, &id);
        EXPECT_TRUE(status == PLIMSOLL_OK || status == PLIMSOLL_UNLISTED) << status;
        ids_[held_++] = id;
    }
    void free_one() {
        if (held_ == 0) return;
        // May be over: another thread closed the device.
        plimsoll_free(watched_.client, ids_[--held_]);
    }

    Watched& watched_;
    std::mt19937 random_;
    std::int32_t device_;
    std::array<plimsoll_id, 1024> ids_;
    std::size_t held_ = 0;
};

auto rounds(std::uint32_t count) {
    return [count](std::uint32_t i) { return i < count; };
}

void run_threads(Watched& watched, std::atomic<bool>& done) {
    std::vector<std::thread> threads;
    for (std::uint32_t t = 0; t < kThreads; ++t) {
        threads.emplace_back([&watched, t] { Worker(watched, t).run(rounds(kRounds)); });
    }
    for (std::thread& thread : threads) thread.join();
    done = true;
}

TEST(Stress, TableAndCountersAgreeAfterEverythingAtOnce) {
    Watched watched(4096, 256);
    std::atomic<bool> done = false;
    std::thread all([&] { run_threads(watched, done); });
    std::uint64_t mixed = 0;
    while (!done) {  // a reader meanwhile, which must never see a mixture of two records
        for (const segment::SlotCopy& row : watched.rows()) {
            if (row.state == segment::SlotState::whole && row.record.banks != 10) ++mixed;
        }
    }
    all.join();
    EXPECT_EQ(mixed, 0u);
    expect_consistent(watched);
    EXPECT_EQ(watched.header().sets_used, 1u + 3 + 1);
    EXPECT_EQ(watched.header().devices_used, 3u);
    EXPECT_LE(watched.header().programs_used, 1u + 2 * kThreads);
}

TEST(Stress, ChildrenForkedMeanwhileAreConsistentToo) {
    Watched watched(4096, 256);
    std::latch started(kThreads);
    std::atomic<bool> enough = false;
    std::vector<std::thread> threads;
    for (std::uint32_t t = 0; t < kThreads; ++t) {
        threads.emplace_back([&, t] {
            Worker worker(watched, t);
            started.count_down();
            worker.run([&](std::uint32_t) { return !enough; });
        });
    }
    started.wait();
    for (std::uint32_t i = 0; i < kChildren; ++i) {
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            Worker(watched, 99).run(rounds(200));
            watched.look();
            expect_consistent(watched);
            ::_exit(testing::Test::HasFailure() ? 1 : 0);
        }
        int status = -1;
        EXPECT_EQ(::waitpid(child, &status, 0), child);
        EXPECT_EQ(status, 0);
    }
    enough = true;
    for (std::thread& thread : threads) thread.join();
    expect_consistent(watched);
}

}  // namespace
}  // namespace plimsoll::client
