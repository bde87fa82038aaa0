#include <fcntl.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <random>
#include <string>
#include <thread>

#include "base/unique_fd.hpp"
#include "client/watched.hpp"

// A writer may die at any instruction: what it had committed is there, nothing is invented, and
// at most one slot per thread is half written.
namespace plimsoll::client {
namespace {

using segment::Record;
using segment::SlotCopy;
using segment::SlotState;

constexpr std::uint32_t kLive = 256;
constexpr std::uint32_t kThreads = 2;
constexpr std::uint32_t kHeld = 48;   // allocations a thread holds itself, at places 0..47,
constexpr std::uint32_t kOwned = 16;  // and those of its program, at the places after them
constexpr std::uint32_t kAll = 1000;

// What the victim says about itself, in memory that outlives it. A place of `ids` is written after
// the call that it tells about returned; `busy` is the place (from 1) such a call concerns, or
// more.
struct Diary {
    int fd;
    std::uint32_t live_capacity;
    std::uint64_t calls;
    std::uint32_t step;
    std::uint32_t others;  // rows that must never be touched
    std::uint32_t busy[kThreads];
    plimsoll_id ids[kThreads][kHeld + kOwned];
};

class SharedDiary {
  public:
    SharedDiary()
        : memory_(static_cast<std::byte*>(::mmap(nullptr, sizeof(Diary), PROT_READ | PROT_WRITE,
                                                 MAP_SHARED | MAP_ANONYMOUS, -1, 0)),
                  sizeof(Diary)) {}
    Diary* operator->() const { return reinterpret_cast<Diary*>(memory_.start()); }

  private:
    segment::Mapping memory_;
};

plimsoll_client* attach(const SharedDiary& diary, std::uint32_t live_capacity = kLive) {
    plimsoll_options options{};
    options.size = sizeof options;
    options.live_capacity = live_capacity;
    options.ring_capacity = 64;
    plimsoll_client* client = nullptr;
    if (plimsoll_attach(&options, &client) != PLIMSOLL_OK) ::_exit(1);
    segment::store(diary->live_capacity, live_capacity);
    segment::store(diary->fd, client->fd);
    return client;
}

plimsoll_devices chip(plimsoll_client* client, std::int32_t number) {
    plimsoll_device_info info{};
    info.size = sizeof info;
    info.device = number;
    plimsoll_devices set = 0;
    plimsoll_device_open(client, &info, &set);
    return set;
}

plimsoll_program program(plimsoll_client* client) {
    plimsoll_program_info info{};
    info.size = sizeof info;
    plimsoll_program made = 0;
    plimsoll_program_create(client, &info, &made);
    return made;
}

// Fields follow from each other, so that a mixture of two records shows.
plimsoll_id allocate(plimsoll_client* client, plimsoll_devices set, plimsoll_program owner,
                     std::uint64_t number) {
    plimsoll_allocation a = owner != 0 ? Watched::owned(set, owner) : Watched::buffer(set);
    a.address = number;
    a.bytes = number * 3;
    a.bytes_per_bank = number * 5;
    plimsoll_id id = 0;
    plimsoll_allocate(client, &a, &id);
    return id;
}

bool whole(const Record& r) {
    return r.bytes == r.address * 3 && r.bytes_per_bank == r.address * 5 && r.set != 0 &&
           r.banks == 10 && r.made_at_ns != 0 && (r.owner == PLIMSOLL_PROGRAM) == (r.program != 0);
}

// The victim's segment, through its descriptor, as a reader without a collector finds it.
class View {
  public:
    View(pid_t victim, const SharedDiary& diary) {
        const std::string path =
            "/proc/" + std::to_string(victim) + "/fd/" + std::to_string(segment::load(diary->fd));
        const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
        Result<segment::Mapping> opened = segment::open(fd.get());
        if (!opened) return;
        mapping_ = std::move(opened).value();
        live_capacity_ = segment::load(diary->live_capacity);
        shared_ = {mapping_.start(), segment::Geometry::of(live_capacity_, 64)};
    }
    explicit operator bool() const { return mapping_.start() != nullptr; }

    struct Table {
        std::map<std::uint64_t, Record> rows;
        std::uint32_t in_flight = 0;
        std::uint32_t mixed = 0;
        std::uint64_t unlisted = 0;
    };
    [[nodiscard]] Table table() const {
        Table table;
        const std::uint32_t used = segment::load_acquire(shared_.header().slots_used);
        for (std::uint32_t i = 0; i < used && i < live_capacity_; ++i) {
            const SlotCopy copy = segment::read(shared_.live()[i]);
            if (copy.state == SlotState::in_flight) ++table.in_flight;
            if (copy.state != SlotState::whole) continue;
            if (!whole(copy.record)) ++table.mixed;
            table.rows[copy.id] = copy.record;
        }
        const std::uint32_t sets = segment::load(shared_.header().sets_used);
        for (std::size_t i = 0; i < std::size_t{sets} * segment::kCellsPerSet; ++i) {
            table.unlisted += segment::load(shared_.cells()[i].unlisted_live);
        }
        return table;
    }

  private:
    segment::Mapping mapping_;
    segment::Sections<const std::byte> shared_;
    std::uint32_t live_capacity_ = 0;
};

// ---- every instruction ----------------------------------------------------------------------

// Steps: 0 before, 1 in allocate, 2 allocated, 3 in free, 4 freed, 5 over.
constexpr std::uint32_t kOver = 5;

// The distinct ways through the code: into a slot that was used before, into one that never was, of
// a program that ends with its device, and past a table that is full.
enum class Path { used_slot, fresh_slot, owned, table_full };

[[noreturn]] void be_stepped(const SharedDiary& diary, Path path) {
    const bool owned = path == Path::owned;
    constexpr std::uint32_t kFew = 8;  // the whole table is looked at after each instruction
    plimsoll_client* client = attach(diary, kFew);
    const plimsoll_devices set = chip(client, 0);
    for (std::uint64_t number = 1; number <= 3; ++number) {  // what must never be touched
        diary->ids[0][number] = allocate(client, set, 0, number);
    }
    segment::store(diary->others, 3u);
    if (path != Path::fresh_slot) plimsoll_free(client, allocate(client, set, 0, 4));
    if (path == Path::table_full) {
        while (segment::load(diary->others) < kFew) {
            allocate(client, set, 0, 4);
            segment::add(diary->others, 1u);
        }
    }
    const plimsoll_program owner = owned ? program(client) : 0;
    ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
    ::raise(SIGSTOP);
    segment::store_release(diary->step, 1u);
    const plimsoll_id id = allocate(client, set, owner, 5);
    diary->ids[0][0] = id;
    segment::store_release(diary->step, 2u);
    segment::store_release(diary->step, 3u);
    if (owned) {
        plimsoll_close(client, set, PLIMSOLL_CLOSED);
        plimsoll_program_destroy(client, owner);
    } else {
        plimsoll_free(client, id);
    }
    segment::store_release(diary->step, 4u);
    segment::store_release(diary->step, kOver);
    for (;;) ::pause();
}

struct Stepped {
    std::uint64_t stops = 0;
    std::uint64_t wrong = 0;
    std::uint64_t in_flight = 0;
    bool finished = false;
};

// What the memory holds at a stop is what a kill at this instruction leaves.
bool right(const View& view, const SharedDiary& diary, Path path, bool* seen, Stepped* stepped) {
    const bool owned = path == Path::owned;
    const std::uint32_t step = segment::load_acquire(diary->step);
    const View::Table table = view.table();
    std::map<std::uint64_t, Record> others = table.rows;
    bool present = path == Path::table_full && table.unlisted == 1;
    for (const auto& [id, record] : table.rows) {
        if (record.address != 5) continue;
        present = true;
        others.erase(id);
    }
    stepped->in_flight += table.in_flight;
    bool good = table.mixed == 0 && table.in_flight <= 1;
    good = good && table.unlisted <= (path == Path::table_full ? 1 : 0);
    const bool closing = owned && step >= 3;  // judges the others as well, one by one
    if (!closing) {
        good = good && others.size() == segment::load(diary->others);
        for (int i = 1; i <= 3; ++i) good = good && others.count(diary->ids[0][i] >> 20) == 1;
    }
    if (step == 0 || step >= 4) good = good && !present && table.in_flight == 0;
    if (step == 1) good = good && (present || !*seen);
    if (step == 2) good = good && present && table.in_flight == 0;
    *seen = present;
    return good;
}

Stepped single_step(Path path, std::uint64_t kill_at) {
    const SharedDiary diary;
    Stepped stepped;
    const pid_t victim = ::fork();
    if (victim == 0) be_stepped(diary, path);
    int status = 0;
    if (::waitpid(victim, &status, 0) != victim || !WIFSTOPPED(status)) return stepped;
    const View view(victim, diary);
    bool seen = false;
    constexpr std::uint64_t kTooMany = 300'000;
    while (view && stepped.stops < kTooMany && stepped.stops < kill_at) {
        ++stepped.stops;
        if (!right(view, diary, path, &seen, &stepped)) ++stepped.wrong;
        if (segment::load_acquire(diary->step) == kOver) {
            stepped.finished = true;
            break;
        }
        if (::ptrace(PTRACE_SINGLESTEP, victim, nullptr, nullptr) != 0) break;
        if (::waitpid(victim, &status, 0) != victim || !WIFSTOPPED(status)) break;
    }
    ::kill(victim, SIGKILL);
    ::waitpid(victim, &status, 0);
    if (!WIFSIGNALED(status)) stepped.finished = false;
    if (view && !right(view, diary, path, &seen, &stepped)) ++stepped.wrong;
    return stepped;
}

class KillAtEveryInstruction : public testing::TestWithParam<Path> {};

TEST_P(KillAtEveryInstruction, TheTableIsRight) {
    const Stepped stepped = single_step(GetParam(), ~std::uint64_t{0});
    ASSERT_TRUE(stepped.finished) << "after " << stepped.stops << " instructions";
    EXPECT_GT(stepped.stops, 100u);
    if (GetParam() != Path::table_full) {
        EXPECT_GT(stepped.in_flight, 0u);  // or the writing itself was not looked at
    }
    EXPECT_EQ(stepped.wrong, 0u);
}

// PLIMSOLL_KILL_POINTS=all: at each instruction, else at a few of them.
TEST_P(KillAtEveryInstruction, DeathItselfChangesNothingOfWhatWasThere) {
    const std::uint64_t all = single_step(GetParam(), ~std::uint64_t{0}).stops;
    ASSERT_GT(all, 100u);
    const char* wish = std::getenv("PLIMSOLL_KILL_POINTS");
    const bool every = wish != nullptr && std::string(wish) == "all";
    constexpr std::uint64_t kFew = 4;
    std::uint64_t kills = 0;
    for (std::uint64_t at = 1; at < all; at += every ? 1 : all / kFew, ++kills) {
        EXPECT_EQ(single_step(GetParam(), at).wrong, 0u)
            << "killed after " << at << " instructions";
    }
    std::printf("killed at %llu of %llu instructions\n", static_cast<unsigned long long>(kills),
                static_cast<unsigned long long>(all));
}

std::string name_of(const testing::TestParamInfo<Path>& way) {
    constexpr const char* names[] = {"UsedSlot", "FreshSlot", "Owned", "TableFull"};
    return names[static_cast<std::size_t>(way.param)];
}

INSTANTIATE_TEST_SUITE_P(Writer, KillAtEveryInstruction,
                         testing::Values(Path::used_slot, Path::fresh_slot, Path::owned,
                                         Path::table_full),
                         name_of);

// ---- many random kills ------------------------------------------------------------------------

void work(plimsoll_client* client, const SharedDiary& diary, std::uint32_t thread,
          std::uint32_t seed) {
    std::mt19937 random(seed);
    const auto number = static_cast<std::int32_t>(thread);
    plimsoll_devices set = chip(client, number);
    plimsoll_program owner = program(client);
    plimsoll_id* ids = diary->ids[thread];
    std::uint32_t owned = 0;
    const auto forget = [&](std::uint32_t from, std::uint32_t to) {
        for (std::uint32_t i = from; i < to; ++i) segment::store(ids[i], plimsoll_id{0});
    };
    const auto busy = [&](std::uint32_t place) {
        segment::store_release(diary->busy[thread], place);
    };
    for (std::uint64_t serial = 1;; ++serial) {
        const std::uint32_t dice = static_cast<std::uint32_t>(random()) % 200;
        if (dice == 0) {
            busy(kAll);
            plimsoll_close(client, set, PLIMSOLL_CLOSED);
            plimsoll_program_destroy(client, owner);
            for (std::uint32_t i = 0; i < kHeld; ++i) {
                plimsoll_object_gone(client, ids[i], PLIMSOLL_HELD_BY_USER);
            }
            forget(0, kHeld + kOwned);
            set = chip(client, number);
            owner = program(client);
            owned = 0;
        } else if (dice < 40 && owned < kOwned) {
            busy(kHeld + owned + 1);
            segment::store_release(ids[kHeld + owned], allocate(client, set, owner, serial));
            ++owned;
        } else if (dice < 45) {
            busy(kHeld + 1);  // this place and all after it
            plimsoll_program_destroy(client, owner);
            forget(kHeld, kHeld + kOwned);
            owner = program(client);
            owned = 0;
        } else {
            const std::uint32_t place = static_cast<std::uint32_t>(random()) % kHeld;
            busy(place + 1);
            if (ids[place] == 0) {
                segment::store_release(ids[place], allocate(client, set, 0, serial));
            } else {
                plimsoll_free(client, ids[place]);
                segment::store_release(ids[place], plimsoll_id{0});
            }
        }
        busy(0);
        segment::add<std::uint64_t>(diary->calls, 1);
    }
}

[[noreturn]] void be_killed(const SharedDiary& diary, std::uint32_t seed) {
    plimsoll_client* client = attach(diary);
    std::thread other([&] { work(client, diary, 1, seed + 1); });
    work(client, diary, 0, seed);
    ::_exit(1);
}

bool concerned(std::uint32_t busy, std::uint32_t place) {
    if (busy == kAll) return true;
    if (busy > kHeld) return place >= kHeld;
    return busy == place + 1;
}

void expect_exact(const View::Table& table, const SharedDiary& diary) {
    std::map<std::uint64_t, Record> unexplained = table.rows;
    std::uint32_t open_calls = 0;
    std::uint32_t open_places = 0;
    for (std::uint32_t t = 0; t < kThreads; ++t) {
        const std::uint32_t busy = diary->busy[t];
        if (busy != 0) ++open_calls;
        for (std::uint32_t place = 0; place < kHeld + kOwned; ++place) {
            const plimsoll_id id = diary->ids[t][place];
            if (concerned(busy, place)) {
                ++open_places;
                unexplained.erase(id >> 20);
                continue;
            }
            if (id == 0) continue;
            EXPECT_EQ(table.rows.count(id >> 20), 1u) << "lost: thread " << t << " place " << place;
            unexplained.erase(id >> 20);
        }
    }
    EXPECT_EQ(table.mixed, 0u);
    EXPECT_LE(table.in_flight, open_calls);
    // Only a call that had not returned yet can have made a row nobody knows of.
    EXPECT_LE(unexplained.size(), open_calls) << open_places << " places open";
}

TEST(Kill, AtRandomInstantsNothingCommittedIsLostAndNothingInvented) {
    constexpr std::uint32_t kKills = 150;
    std::mt19937 random(20'240'229);
    std::uint64_t rows = 0;
    for (std::uint32_t i = 0; i < kKills; ++i) {
        const SharedDiary diary;
        const pid_t victim = ::fork();
        if (victim == 0) be_killed(diary, i * 2 + 1);
        ASSERT_GT(victim, 0);
        const std::uint64_t calls = 1 + static_cast<std::uint32_t>(random()) % 3000;
        int status = 0;
        bool dead = false;
        while (!dead && segment::load(diary->calls) < calls) {
            ::sched_yield();
            dead = ::waitpid(victim, &status, WNOHANG) == victim;
        }
        ASSERT_FALSE(dead) << "the victim ended by itself, status " << status;
        const View view(victim, diary);
        ::kill(victim, SIGKILL);
        ASSERT_EQ(::waitpid(victim, &status, 0), victim);
        ASSERT_TRUE(view);
        const View::Table table = view.table();
        expect_exact(table, diary);
        rows += table.rows.size();
    }
    EXPECT_GT(rows, kKills);
}

}  // namespace
}  // namespace plimsoll::client
