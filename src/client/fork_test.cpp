#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstring>
#include <latch>
#include <thread>

#include "client/watched.hpp"

namespace plimsoll::client {
namespace {

// In a child a failed expectation would go unheard: it ends with the line instead.
void require(bool holds, int line = __builtin_LINE()) {
    if (holds) return;
    ::dprintf(STDERR_FILENO, "child: line %d does not hold\n", line);
    ::_exit(1);
}

template <class Body>
pid_t start_child(Body body) {
    const pid_t child = ::fork();
    if (child == 0) {
        body();
        ::_exit(0);
    }
    EXPECT_GT(child, 0);
    return child;
}

void expect_good_end(pid_t child) {
    int status = -1;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
}

template <class Body>
void in_child(Body body) {
    expect_good_end(start_child(body));
}

ino_t inode(int fd) {
    struct stat status {};
    return ::fstat(fd, &status) == 0 ? status.st_ino : 0;
}

// Lets two processes wait for each other without sleeping.
class Gate {
  public:
    Gate() {
        if (::pipe2(ends_, O_CLOEXEC) != 0) ADD_FAILURE() << "pipe";
    }
    ~Gate() {
        ::close(ends_[0]);
        ::close(ends_[1]);
    }
    Gate(const Gate&) = delete;
    Gate& operator=(const Gate&) = delete;

    void open() { require(::write(ends_[1], "x", 1) == 1); }
    void pass() {
        char byte = 0;
        require(::read(ends_[0], &byte, 1) == 1);
    }

  private:
    int ends_[2] = {-1, -1};
};

TEST(Fork, FirstReportGivesTheChildASegmentOfItsOwn) {
    Watched watched;
    const plimsoll_devices set = watched.chip(5);
    const plimsoll_program program = watched.program(33, "matmul");
    watched.allocate(Watched::buffer(set));
    watched.allocate(Watched::owned(set, program));
    const pid_t parent = ::getpid();
    const ino_t parents = inode(watched.client->fd);
    in_child([&] {
        plimsoll_mark(watched.client, 1);
        require(inode(watched.client->fd) != parents);
        watched.look();
        const segment::Header& h = watched.header();
        require(h.magic == segment::kMagic);
        require(h.pid == ::getpid());
        require(h.forked_from == parent);
        require(h.fork_sequence == 2);
        require(h.slots_used == 0 && watched.rows().empty());
        require(watched.cell(set, PLIMSOLL_BUFFER).live_bytes == 0);
        require(watched.cell(set, PLIMSOLL_BUFFER).allocations == 0);
        require(watched.shared.devices()[0].device == 5);
        require(watched.shared.programs()[program].runtime_id == 33);
        require(plimsoll_intern(watched.client, "matmul", 6) ==
                watched.shared.programs()[program].label);

        const plimsoll_id id = watched.allocate(Watched::buffer(set));
        watched.allocate(Watched::owned(set, program));
        require(watched.rows().size() == 2);
        require(plimsoll_free(watched.client, id) == PLIMSOLL_OK);
        require(plimsoll_program_destroy(watched.client, program) == PLIMSOLL_OK);
        require(watched.rows().empty());
    });
}

TEST(Fork, ChildChangesNothingOfItsParents) {
    Watched watched;
    const plimsoll_devices set = watched.chip(0);
    const plimsoll_program program = watched.program();
    watched.allocate(Watched::buffer(set));
    watched.allocate(Watched::owned(set, program));
    const auto* start = reinterpret_cast<const std::byte*>(&watched.header());
    const std::size_t bytes = watched.shared.geometry().total;
    const std::vector<std::byte> before(start, start + bytes);
    in_child([&] {
        for (int i = 0; i < 100; ++i)
            watched.allocate(Watched::buffer(set), i < 64 ? PLIMSOLL_OK : PLIMSOLL_UNLISTED);
        plimsoll_program_destroy(watched.client, program);
        plimsoll_close(watched.client, set, PLIMSOLL_CLOSED);
        plimsoll_exiting(watched.client);
        plimsoll_detach(watched.client);
    });
    EXPECT_EQ(std::memcmp(start, before.data(), bytes), 0);
}

TEST(Fork, FreesOfInheritedIdsAreIgnored) {
    Watched watched(2);
    const plimsoll_devices set = watched.chip(0);
    const plimsoll_id first = watched.allocate(Watched::buffer(set));
    watched.allocate(Watched::buffer(set));
    const plimsoll_id unlisted = watched.allocate(Watched::buffer(set), PLIMSOLL_UNLISTED);
    in_child([&] {
        for (int i = 0; i < 2; ++i) watched.allocate(Watched::buffer(set));
        watched.allocate(Watched::buffer(set), PLIMSOLL_UNLISTED);
        require(plimsoll_free(watched.client, first) == PLIMSOLL_OK);
        require(plimsoll_report_free(watched.client, first) == PLIMSOLL_OK);
        require(plimsoll_free(watched.client, unlisted) == PLIMSOLL_OK);
        watched.look();
        require(live(watched.cell(set, PLIMSOLL_BUFFER)) == 3);
        require(watched.cell(set, PLIMSOLL_BUFFER).live_bytes == 3 * 640);
        require(watched.cell(set, PLIMSOLL_BUFFER).unlisted_live == 1);
        require(watched.header().double_frees == 0);
    });
    EXPECT_EQ(live(watched.cell(set, PLIMSOLL_BUFFER)), 3u);
    EXPECT_EQ(plimsoll_free(watched.client, first), PLIMSOLL_OK);
    EXPECT_EQ(plimsoll_free(watched.client, unlisted), PLIMSOLL_OK);
}

TEST(Fork, ChildKnowsWhatThereWasAtTheForkWhateverItsParentDidSince) {
    Watched watched;
    const plimsoll_devices set = watched.chip(0);
    const plimsoll_program program = watched.program(1);
    Gate gate;
    const pid_t child = start_child([&] {
        gate.pass();
        watched.allocate(Watched::owned(set, program));
        watched.look();
        require(watched.shared.programs()[program].runtime_id == 1);
        require(watched.header().programs_used == 2);
        require(watched.shared.sets()[set].open == 1);
        require(watched.header().sets_used == 2);
        require(plimsoll_program_destroy(watched.client, program) == PLIMSOLL_OK);
    });
    plimsoll_program_destroy(watched.client, program);
    watched.program(2);
    watched.program(3);
    plimsoll_close(watched.client, set, PLIMSOLL_CLOSED);
    watched.chip(1);
    gate.open();
    expect_good_end(child);
}

TEST(Fork, ChildGoesOnWhenItsParentIsGone) {
    Watched watched;
    const plimsoll_devices set = watched.chip(0);
    Gate orphaned;
    Gate finished;
    in_child([&] {  // the parent of this test
        const pid_t grandchild = ::fork();
        if (grandchild == 0) {
            orphaned.pass();
            for (int i = 0; i < 10; ++i) watched.allocate(Watched::buffer(set));
            watched.look();
            require(watched.rows().size() == 10);
            finished.open();
            ::_exit(0);
        }
        require(grandchild > 0);
        plimsoll_detach(watched.client);
    });
    orphaned.open();
    finished.pass();
}

TEST(Fork, ParentGoesOnWhenItsChildWasKilled) {
    Watched watched;
    const plimsoll_devices set = watched.chip(0);
    const pid_t child = start_child([&] {
        for (;;) plimsoll_mark(watched.client, 1);
    });
    ::kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    watched.allocate(Watched::buffer(set));
    EXPECT_EQ(watched.rows().size(), 1u);
    EXPECT_EQ(watched.header().sequence, 1u);
}

TEST(Fork, ChildOfAChildNamesWhoItCameFrom) {
    Watched watched;
    const plimsoll_devices set = watched.chip(0);
    in_child([&] {
        watched.allocate(Watched::buffer(set));
        const pid_t middle = ::getpid();
        in_child([&] {
            watched.allocate(Watched::buffer(set));
            watched.look();
            require(watched.header().forked_from == middle);
            require(watched.rows().size() == 1);
        });
        watched.look();
        require(watched.rows().size() == 1);
        require(!testing::Test::HasFailure());
    });
}

TEST(Fork, ChildOfASilentChildKeepsTheHandles) {
    Watched watched;
    const plimsoll_devices set = watched.chip(0);
    const plimsoll_program program = watched.program(9);
    in_child([&] {
        in_child([&] {
            watched.allocate(Watched::owned(set, program));
            watched.look();
            require(watched.shared.programs()[program].runtime_id == 9);
        });
        require(watched.client->forked == 1);
        require(!testing::Test::HasFailure());
    });
}

TEST(Fork, ChildIsExactWhileOtherThreadsOfItsParentAllocate) {
    Watched watched(1024);
    const plimsoll_devices set = watched.chip(0);
    std::atomic<bool> stop = false;
    // A thread that begins may hold the heap's lock, which a child would find locked for ever.
    std::latch started(3);
    std::vector<std::thread> threads;
    for (int t = 0; t < 3; ++t) {
        threads.emplace_back([&] {
            started.count_down();
            while (!stop) {
                plimsoll_free(watched.client, watched.allocate(Watched::buffer(set)));
                plimsoll_program_destroy(watched.client, watched.program());
                watched.chip(0);
            }
        });
    }
    started.wait();
    for (int i = 0; i < 20; ++i) {
        in_child([&] {
            plimsoll_id ids[100];
            for (plimsoll_id& id : ids) id = watched.allocate(Watched::buffer(set));
            for (int n = 0; n < 10; ++n) watched.allocate(Watched::owned(set, watched.program()));
            require(watched.chip(0) == set);
            watched.look();
            require(watched.rows().size() == 110);
            for (const plimsoll_id id : ids) {
                require(plimsoll_free(watched.client, id) == PLIMSOLL_OK);
            }
            require(watched.rows().size() == 10);
            require(live(watched.cell(set, PLIMSOLL_BUFFER)) == 0);
            require(!testing::Test::HasFailure());
        });
    }
    stop = true;
    for (std::thread& thread : threads) thread.join();
    EXPECT_TRUE(watched.rows().empty());
}

TEST(Fork, ThreadsOfAChildShareTheOneSegmentItGets) {
    Watched watched;
    const plimsoll_devices set = watched.chip(0);
    in_child([&] {
        std::atomic<int> waiting = 0;
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&] {
                ++waiting;
                while (waiting.load() < 4) std::this_thread::yield();
                watched.allocate(Watched::buffer(set));
            });
        }
        for (std::thread& thread : threads) thread.join();
        watched.look();
        require(watched.rows().size() == 4);
        require(live(watched.cell(set, PLIMSOLL_BUFFER)) == 4);
    });
    EXPECT_TRUE(watched.rows().empty());
}

TEST(Fork, FileThatTookTheDescriptorsNumberIsNotClosed) {
    Watched watched;
    const int number = watched.client->fd;
    in_child([&] {
        const int other = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
        require(::dup2(other, number) == number);
        const ino_t mine = inode(number);
        plimsoll_mark(watched.client, 1);
        require(inode(number) == mine);
        require(watched.client->fd != number);
    });
}

TEST(Fork, ChildThatNeverReportsCreatesNothing) {
    Watched watched;
    const ino_t parents = inode(watched.client->fd);
    in_child([&] {
        const int next = ::dup(STDERR_FILENO);
        ::close(next);
        plimsoll_exiting(watched.client);
        const int after = ::dup(STDERR_FILENO);
        require(next == after);
        require(inode(watched.client->fd) == parents);
        plimsoll_detach(watched.client);
    });
    EXPECT_EQ(watched.header().exiting, 0u);
    EXPECT_EQ(watched.header().detached, 0u);
}

TEST(Fork, ChildWithoutDescriptorsLeftTurnsItselfOff) {
    Watched watched;
    const plimsoll_devices set = watched.chip(0);
    in_child([&] {
        rlimit usual{};
        require(::getrlimit(RLIMIT_NOFILE, &usual) == 0);
        const rlimit none{0, usual.rlim_max};
        require(::setrlimit(RLIMIT_NOFILE, &none) == 0);
        const plimsoll_allocation a = Watched::buffer(set);
        plimsoll_id id = 1;
        require(plimsoll_allocate(watched.client, &a, &id) == PLIMSOLL_DETACHED);
        require(id == 0);
        require(::setrlimit(RLIMIT_NOFILE, &usual) == 0);  // it stays off all the same
        std::thread([&] { plimsoll_mark(watched.client, 1); }).join();
        plimsoll_exiting(watched.client);
        plimsoll_detach(watched.client);
    });
    EXPECT_EQ(watched.header().detached, 0u);
    EXPECT_EQ(watched.header().exiting, 0u);
    EXPECT_TRUE(watched.rows().empty());
}

}  // namespace
}  // namespace plimsoll::client
