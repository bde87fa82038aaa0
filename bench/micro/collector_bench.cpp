// How fast the collector follows what processes tell: JSON on standard output.
//
//   collector_bench [ROUNDS [EVENTS]]
//
// A client in this process holds so many buffers; then it frees and allocates until its ring has
// EVENTS new ones, and the collector takes all of them into its ledger. Beside it, the same events
// only copied out of the ring: what any reader has to do at least.
#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <thread>

#include "bench/micro/samples.hpp"
#include "bench/micro/story_teller.hpp"

using namespace plimsoll::bench;
using nlohmann::ordered_json;

namespace {

struct Case {
    std::size_t live;
    std::size_t chips;
};

ordered_json measure(const Case& one, std::size_t rounds, std::size_t events) {
    StoryTeller teller(one.live, one.chips);
    std::vector<double> followed, copied;
    std::size_t received = 0;
    teller.follow();  // what it took to get here
    for (std::size_t round = 0; round < rounds; ++round) {
        teller.tell(events);
        double from = thread_ns();
        teller.copy();
        copied.push_back(thread_ns() - from);
        from = thread_ns();
        received += teller.follow();
        followed.push_back(thread_ns() - from);
    }
    const auto per_event = [&](const std::vector<double>& all, double share) {
        return quantile(all, share) / static_cast<double>(events);
    };
    return {{"live", one.live},
            {"chips", one.chips},
            {"events", rounds * events},
            {"received", received},
            {"median_ns", per_event(followed, 0.5)},
            {"low_ns", per_event(followed, 0.25)},
            {"high_ns", per_event(followed, 0.75)},
            {"copy_ns", per_event(copied, 0.5)}};
}

// A thread that tells a million events a second, and a collector that sleeps a millisecond at a
// time: whether the ring of a client that asked for nothing is long enough for that.
ordered_json measure_asleep(std::size_t milliseconds) {
    using std::chrono::steady_clock;
    StoryTeller teller(1'000, 1, 0);
    teller.follow();
    std::atomic<bool> goes_on{true};
    std::size_t told = 0;
    std::thread program([&] {
        const auto begin = steady_clock::now();
        for (std::size_t ms = 0; ms < milliseconds; ++ms) {
            for (std::size_t part = 0; part < 10; ++part) {
                teller.tell(100);
                told += 100;
                const auto due = begin + std::chrono::microseconds(told);
                while (steady_clock::now() < due) {
                }
            }
        }
        goes_on = false;
    });
    std::size_t received = 0;
    double ns = thread_ns();
    while (goes_on) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        received += teller.follow();
    }
    program.join();
    received += teller.follow();
    ns = thread_ns() - ns;
    return {{"events", told},
            {"received", received},
            {"of_a_core", ns / 1e6 / static_cast<double>(milliseconds)}};
}

}  // namespace

int main(int argc, char** argv) {
    const std::size_t rounds = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 20;
    const std::size_t events = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 500'000;
    ordered_json by_live = ordered_json::array();
    for (const std::size_t live : std::array<std::size_t, 4>{1'000, 10'000, 100'000, 1'000'000}) {
        by_live.push_back(measure({live, 1}, rounds, events));
    }
    ordered_json by_chips = ordered_json::array();
    for (const std::size_t chips : std::array<std::size_t, 6>{1, 2, 8, 32, 128, 256}) {
        by_chips.push_back(measure({1'000, chips}, rounds, events / 4));
    }
    const ordered_json result = {{"rounds", rounds},
                                 {"events", events},
                                 {"by_live", by_live},
                                 {"by_chips", by_chips},
                                 {"asleep", measure_asleep(rounds * 100)}};
    std::puts(result.dump(1).c_str());
}
