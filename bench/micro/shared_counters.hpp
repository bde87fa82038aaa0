#pragma once

#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <mutex>
#include <vector>

namespace plimsoll::bench {

// A replica of the runtime's own tracker, as releases from 0.70.1 on have it: under one mutex, for
// every chip a mapped region whose totals, chip and process are counted up or down, and a time.
// It keeps sums and nothing else. Left out: the runtime's call of its virtual tracker.
class SharedCounters {
  public:
    explicit SharedCounters(std::size_t chips) {
        for (std::size_t i = 0; i < chips; ++i) regions_.push_back(mapped());
    }
    ~SharedCounters() {
        for (Region* region : regions_) ::munmap(region, sizeof *region);
    }
    SharedCounters(const SharedCounters&) = delete;
    SharedCounters& operator=(const SharedCounters&) = delete;

    [[gnu::noinline]] void allocate(std::size_t) { count(384); }
    [[gnu::noinline]] void free(std::size_t) { count(std::uint64_t{0} - 384); }

  private:
    static constexpr std::size_t kKinds = 5;
    static constexpr std::size_t kProcesses = 64;
    using Counters = std::array<std::atomic<std::uint64_t>, kKinds>;
    struct Process {
        std::atomic<std::int32_t> pid;
        Counters bytes;
        std::atomic<std::uint64_t> last_update_ns;
        std::array<char, 64> name;
    };
    struct Region {
        std::atomic<std::uint64_t> last_update_ns;
        Counters totals;
        Counters chip;
        std::array<Process, kProcesses> processes;
    };

    static Region* mapped() {
        void* at = ::mmap(nullptr, sizeof(Region), PROT_READ | PROT_WRITE,
                          MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (at == MAP_FAILED) std::abort();
        auto* region = static_cast<Region*>(at);
        region->processes[0].pid = ::getpid();
        return region;
    }

    static std::uint64_t now_ns() {
        timespec now{};
        ::clock_gettime(CLOCK_MONOTONIC, &now);
        return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000u +
               static_cast<std::uint64_t>(now.tv_nsec);
    }

    void count(std::uint64_t bytes) {
        const std::lock_guard guard(mutex_);
        const std::int32_t pid = ::getpid();
        for (Region* region : regions_) {
            region->totals[0].fetch_add(bytes);
            region->chip[0].fetch_add(bytes);
            for (Process& process : region->processes) {
                if (process.pid != pid) continue;
                process.bytes[0].fetch_add(bytes);
                process.last_update_ns = now_ns();
                break;
            }
            region->last_update_ns = now_ns();
        }
    }

    std::mutex mutex_;
    std::vector<Region*> regions_;
};

}  // namespace plimsoll::bench
