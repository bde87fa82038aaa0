#pragma once

#include <cstdint>
#include <vector>

#include "bench/micro/measure.hpp"
#include "bench/micro/plimsoll_client.hpp"
#include "plimsoll/allocation_client.hpp"

namespace plimsoll::bench {

// Buffers that stay allocated meanwhile.
class Held {
  public:
    Held(Attached& attached, std::size_t count) : attached_(attached) {
        for (std::size_t i = 0; i < count; ++i) ids_.push_back(attached.allocate(i * 32));
    }
    ~Held() {
        for (const plimsoll_id id : ids_) attached_.free(id);
    }
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;

  private:
    Attached& attached_;
    std::vector<plimsoll_id> ids_;
};

// A program that reports by the C++ class, while TT_ALLOC_TRACKING_ENABLED is not set.
class Disabled {
  public:
    void allocate(std::size_t i) { AllocationClient::report_allocation(0, 384, 0, i); }
    void free(std::size_t i) { AllocationClient::report_deallocation(0, i); }
};

class Nothing {
  public:
    [[gnu::noinline]] void allocate(std::size_t i) { asm volatile("" : : "r"(i) : "memory"); }
    [[gnu::noinline]] void free(std::size_t i) { asm volatile("" : : "r"(i) : "memory"); }
};

// The first calls of a process, which touch memory that nobody has touched: a client attached anew
// for each few of them.
inline Pair cold_start(std::size_t rounds) {
    Pair pair;
    for (std::size_t round = 0; round < rounds; ++round) {
        Attached attached;
        PlimsollClient client(attached);
        const std::size_t before = pair.allocate.burst_ns.size();
        detail::burst(pair.allocate, [&](std::size_t i) { client.allocate(i); });
        detail::burst(pair.free, [&](std::size_t i) { client.free(i); });
        pair.allocate.end_round(before);
        pair.free.end_round(before);
        Attached again;
        PlimsollClient single(again);
        detail::singles(pair.allocate, [&](std::size_t i) { single.allocate(i); });
        detail::singles(pair.free, [&](std::size_t i) { single.free(i); });
    }
    return pair;
}

}  // namespace plimsoll::bench
