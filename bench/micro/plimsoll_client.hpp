#pragma once

#include <array>
#include <cstdlib>
#include <vector>

#include "bench/micro/measure.hpp"
#include "plimsoll/client.h"

namespace plimsoll::bench {

// One process's client with one chip open. Failures end the program: a benchmark has no other use
// for them.
class Attached {
  public:
    explicit Attached(std::uint32_t live_capacity = 0, std::uint32_t ring_capacity = 0) {
        plimsoll_options options{};
        options.size = sizeof options;
        options.live_capacity = live_capacity;
        options.ring_capacity = ring_capacity;
        if (plimsoll_attach(&options, &client_) != PLIMSOLL_OK) std::abort();
        plimsoll_device_info info{};
        info.size = sizeof info;
        info.regions[PLIMSOLL_DRAM] = {12, 0, std::uint64_t{1} << 30};
        if (plimsoll_device_open(client_, &info, &devices_) != PLIMSOLL_OK) std::abort();
    }
    ~Attached() { plimsoll_detach(client_); }
    Attached(const Attached&) = delete;
    Attached& operator=(const Attached&) = delete;

    plimsoll_id allocate(std::uint64_t address) {
        plimsoll_allocation one{};
        one.size = sizeof one;
        one.kind = PLIMSOLL_BUFFER;
        one.owner = PLIMSOLL_USER;
        one.reported = 1;
        one.devices = devices_;
        one.banks = 12;
        one.address = address;
        one.bytes = 384;
        one.bytes_per_bank = 32;
        plimsoll_id id = 0;
        plimsoll_allocate(client_, &one, &id);
        return id;
    }
    void free(plimsoll_id id) { plimsoll_free(client_, id); }

  private:
    plimsoll_client* client_ = nullptr;
    plimsoll_devices devices_ = 0;
};

// What one thread does with it.
class PlimsollClient {
  public:
    explicit PlimsollClient(Attached& attached) : attached_(&attached) {}
    void allocate(std::size_t i) { ids_[i] = attached_->allocate(i * 32); }
    void free(std::size_t i) { attached_->free(ids_[i]); }

  private:
    Attached* attached_;
    std::array<plimsoll_id, kBurst> ids_{};
};

}  // namespace plimsoll::bench
