#pragma once

#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

#include "bench/micro/floor.hpp"
#include "bench/micro/measure.hpp"

namespace plimsoll::bench {

// The floor of each thread, and one number that all of them take the next of: without it nobody can
// say which of two threads' events came first.
class NumberedFloor {
  public:
    explicit NumberedFloor(std::atomic<std::uint64_t>& number) : number_(&number) {}
    void allocate(std::size_t) { floor_.allocate(number_->fetch_add(1)); }
    void free(std::size_t) { floor_.free(number_->fetch_add(1)); }

  private:
    std::atomic<std::uint64_t>* number_;
    Floor floor_;
};

// One round of so many threads that report at the same time, all of whose samples count. Each has a
// contender of its own, over what they share.
template <class Contender, class Shared>
void measure_threads(Shared& shared, std::size_t count, Pair& pair, std::size_t bursts) {
    std::vector<Pair> of_each(count);
    std::atomic<std::size_t> waiting{count};
    std::vector<std::thread> threads;
    for (std::size_t n = 0; n < count; ++n) {
        threads.emplace_back([&, n] {
            Contender contender(shared);
            Pair warm_up;
            measure_round(contender, warm_up, 4);
            waiting.fetch_sub(1);
            while (waiting.load() != 0) {
            }
            measure_round(contender, of_each[n], bursts);
        });
    }
    for (std::thread& thread : threads) thread.join();

    const std::size_t before = pair.allocate.burst_ns.size();
    for (const Pair& one : of_each) {
        const auto add = [](Samples& to, const Samples& from) {
            to.burst_ns.insert(to.burst_ns.end(), from.burst_ns.begin(), from.burst_ns.end());
            to.single_ns.insert(to.single_ns.end(), from.single_ns.begin(), from.single_ns.end());
        };
        add(pair.allocate, one.allocate);
        add(pair.free, one.free);
    }
    pair.allocate.end_round(before);
    pair.free.end_round(before);
}

}  // namespace plimsoll::bench
