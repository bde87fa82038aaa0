#pragma once

#include <cstdint>
#include <cstdlib>
#include <numeric>
#include <random>
#include <vector>

#include "client/state.hpp"
#include "collect/watched_process.hpp"
#include "plimsoll/client.h"
#include "segment/mapping.hpp"
#include "segment/reader.hpp"

namespace plimsoll::bench {

// A client of this process that holds buffers on a mesh, changes them at random, and a collector
// that follows it.
class StoryTeller {
  public:
    static constexpr std::uint32_t kLongRing = 1u << 20;

    // `ring`: how many events the client keeps; 0: as many as a client does that says nothing.
    StoryTeller(std::size_t live, std::size_t chips, std::uint32_t ring = kLongRing) {
        plimsoll_options options{};
        options.size = sizeof options;
        options.ring_capacity = ring;
        require(plimsoll_attach(&options, &client_) == PLIMSOLL_OK);
        open_mesh(chips);
        collect::Arrival arrival;
        arrival.segment = UniqueFd(::dup(client_->fd));
        process_.emplace(collect::WatchedProcess::adopt(std::move(arrival)).value());
        reader_.emplace(segment::Reader::open(segment::open(client_->fd).value()).value());
        for (std::size_t i = 0; i < live; ++i) {
            ids_.push_back(allocate());
            if (i % 10'000 == 0) follow();
        }
    }
    ~StoryTeller() { plimsoll_detach(client_); }
    StoryTeller(const StoryTeller&) = delete;
    StoryTeller& operator=(const StoryTeller&) = delete;

    // So many events: one of the buffers is freed, another is made.
    void tell(std::size_t events) {
        std::uniform_int_distribution<std::size_t> any(0, ids_.size() - 1);
        for (std::size_t i = 0; i < events / 2; ++i) {
            plimsoll_id& id = ids_[any(random_)];
            plimsoll_free(client_, id);
            id = allocate();
        }
    }

    // Takes all that is new into the ledger; returns how many events there were.
    std::size_t follow() {
        std::size_t all = 0;
        while (const std::size_t some = process_->drain()) all += some;
        return all;
    }

    // Only reads them.
    void copy() {
        segment::Event event;
        std::uint64_t sum = 0;
        while (reader_->next(0, cursor_, event)) sum += event.head;
        asm volatile("" : : "r"(sum));
    }

  private:
    static void require(bool held) {
        if (!held) std::abort();
    }

    void open_mesh(std::size_t chips) {
        std::vector<std::int32_t> ids(chips);
        std::iota(ids.begin(), ids.end(), 0);
        plimsoll_mesh_info mesh{};
        mesh.size = sizeof mesh;
        mesh.devices = ids.data();
        mesh.device_count = static_cast<std::uint32_t>(chips);
        mesh.regions[PLIMSOLL_DRAM] = {12, 0, std::uint64_t{1} << 30};
        require(plimsoll_mesh_open(client_, &mesh, &devices_) == PLIMSOLL_OK);
        // Where a loop of a model allocates: a few lines.
        for (std::uint32_t line = 1; line <= kLines; ++line) {
            const plimsoll_frame frame{plimsoll_intern(client_, "model.py", 8), 0, line};
            lines_.push_back(plimsoll_intern_call_site(
                client_, plimsoll_intern(client_, "ttnn.add", 8), &frame, 1));
        }
    }

    plimsoll_id allocate() {
        plimsoll_allocation one{};
        one.size = sizeof one;
        one.kind = PLIMSOLL_BUFFER;
        one.owner = PLIMSOLL_USER;
        one.reported = 1;
        one.devices = devices_;
        one.location = lines_[made_ % kLines];
        one.banks = 12;
        one.address = made_++ * 32;
        one.bytes = 384;
        one.bytes_per_bank = 32;
        plimsoll_id id = 0;
        require(plimsoll_allocate(client_, &one, &id) == PLIMSOLL_OK);
        return id;
    }

    static constexpr std::uint32_t kLines = 40;

    plimsoll_client* client_ = nullptr;
    plimsoll_devices devices_ = 0;
    std::vector<plimsoll_location> lines_;
    std::vector<plimsoll_id> ids_;
    std::uint64_t made_ = 0;
    std::mt19937_64 random_{7};
    std::optional<collect::WatchedProcess> process_;
    std::optional<segment::Reader> reader_;
    segment::RingCursor cursor_;
};

}  // namespace plimsoll::bench
