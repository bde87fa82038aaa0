#pragma once

#include <plimsoll/client.h>
#include <sys/mman.h>

#include <ostream>
#include <thread>
#include <vector>

#include "client/state.hpp"
#include "tests/proof/planting_user.hpp"

namespace plimsoll::proof {

// How a planting process is set up.
struct Trial {
    const char* name;
    std::uint32_t threads = 1;
    std::uint32_t live_capacity = 4096;
    std::uint32_t ring_capacity = 1u << 16;  // more than all that happens
    std::uint64_t first_number = 0;          // of its events and allocations

    [[nodiscard]] bool loses_events() const { return ring_capacity < (1u << 16); }
    [[nodiscard]] bool overflows() const { return live_capacity < 4096; }
};

// As a test that fails names it.
inline void PrintTo(const Trial& trial, std::ostream* to) { *to << trial.name; }

// A diary in memory that a forked child shares.
class SharedDiary {
  public:
    SharedDiary()
        : diary_(static_cast<Diary*>(::mmap(nullptr, sizeof(Diary), PROT_READ | PROT_WRITE,
                                            MAP_SHARED | MAP_ANONYMOUS, -1, 0))) {}
    ~SharedDiary() { ::munmap(diary_, sizeof(Diary)); }
    SharedDiary(const SharedDiary&) = delete;
    SharedDiary& operator=(const SharedDiary&) = delete;
    Diary& operator*() const { return *diary_; }
    Diary* operator->() const { return diary_; }

  private:
    Diary* diary_;
};

// A process that plants: its client, and the mesh that its threads share.
class PlantedProcess {
  public:
    PlantedProcess(const Trial& trial, const char* socket, Diary& diary, std::uint32_t seed)
        : trial_(trial), diary_(diary), seed_(seed) {
        plimsoll_options options{};
        options.size = sizeof options;
        options.live_capacity = trial.live_capacity;
        options.ring_capacity = trial.ring_capacity;
        options.socket_path = socket;
        plimsoll_attach(&options, &client_);
        // As of a child of a process that had done so much before it forked.
        segment::Header& header = client::header(client_);
        segment::store(header.sequence, trial.first_number);
        segment::store(header.fork_sequence, trial.first_number);
        constexpr std::int32_t kChips[] = {100, 101};
        plimsoll_mesh_info info{};
        info.size = sizeof info;
        info.mesh = 7;
        info.devices = kChips;
        info.device_count = 2;
        plimsoll_mesh_open(client_, &info, &mesh_);
    }
    ~PlantedProcess() { plimsoll_detach(client_); }
    PlantedProcess(const PlantedProcess&) = delete;
    PlantedProcess& operator=(const PlantedProcess&) = delete;

    [[nodiscard]] PlantingUser user(std::uint32_t thread) {
        return {client_, diary_, thread, mesh_, seed_};
    }

    // The first thread so many steps, the others as long as that takes; meanwhile, again and again,
    // what `meanwhile` does.
    template <class Meanwhile>
    void run(std::uint64_t steps, plimsoll_close_manner end, Meanwhile meanwhile) {
        std::vector<std::thread> threads;
        std::uint32_t done = 0;
        std::uint32_t first_is_done = 0;
        for (std::uint32_t thread = 0; thread < trial_.threads; ++thread) {
            threads.emplace_back([&, thread] {
                PlantingUser user = this->user(thread);
                const auto goes_on = [&](std::uint64_t step) {
                    return thread == 0 ? step < steps : segment::load(first_is_done) == 0;
                };
                for (std::uint64_t i = 0; goes_on(i); ++i) user.step();
                segment::store(first_is_done, 1u);
                user.end(end);
                segment::add<std::uint32_t>(done, 1);
            });
        }
        while (segment::load_acquire(done) < trial_.threads) meanwhile();
        for (std::thread& thread : threads) thread.join();
    }

    // What is left on the mesh outlives it.
    void close_mesh() {
        plimsoll_close(client_, mesh_, PLIMSOLL_CLOSED);
        for (Diary::Page& page : diary_.pages) {
            for (std::uint32_t i = 0; i < page.used; ++i) close(page.entries[i]);
        }
    }
    void exiting() { plimsoll_exiting(client_); }

  private:
    static void close(Entry& entry) {
        if (entry.state != Entry::held || entry.off_mesh != 0) return;
        const bool unexplained = Codes(entry.codes).has(Code::unattributed);
        entry.is(Entry::waiting, Codes(Code::outlives_device) |
                                     (unexplained ? Codes(Code::unattributed) : Codes()));
    }

    Trial trial_;
    Diary& diary_;
    std::uint32_t seed_;
    plimsoll_client* client_ = nullptr;
    plimsoll_devices mesh_ = 0;
};

}  // namespace plimsoll::proof
