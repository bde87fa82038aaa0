#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "client/state.hpp"
#include "plimsoll/client.h"
#include "segment/mapping.hpp"
#include "segment/slot.hpp"

namespace plimsoll::client {

// For tests: an attached client and a reader's view of its segment, both gone at the end.
class Watched {
  public:
    explicit Watched(std::uint32_t live_capacity = 64, std::uint32_t ring_capacity = 64)
        : geometry_(segment::Geometry::of(live_capacity, ring_capacity)) {
        plimsoll_options options{};
        options.size = sizeof options;
        options.live_capacity = live_capacity;
        options.ring_capacity = ring_capacity;
        EXPECT_EQ(plimsoll_attach(&options, &client), PLIMSOLL_OK);
        look();
    }
    ~Watched() { plimsoll_detach(client); }
    Watched(const Watched&) = delete;
    Watched& operator=(const Watched&) = delete;

    // Maps the client's segment as a reader does; again after a fork, where it is another one.
    void look() {
        Result<segment::Mapping> opened = segment::open(client->fd);
        ASSERT_TRUE(opened);
        mapping_ = std::move(opened).value();
        shared = {mapping_.start(), geometry_};
    }

    plimsoll_devices chip(std::int32_t device) {
        plimsoll_device_info info{};
        info.size = sizeof info;
        info.device = device;
        plimsoll_devices set = 0;
        EXPECT_EQ(plimsoll_device_open(client, &info, &set), PLIMSOLL_OK);
        return set;
    }

    plimsoll_devices mesh(std::int32_t number, std::initializer_list<std::int32_t> devices) {
        plimsoll_mesh_info info{};
        info.size = sizeof info;
        info.mesh = number;
        info.devices = devices.begin();
        info.device_count = static_cast<std::uint32_t>(devices.size());
        plimsoll_devices set = 0;
        EXPECT_EQ(plimsoll_mesh_open(client, &info, &set), PLIMSOLL_OK);
        return set;
    }

    plimsoll_program program(std::uint64_t runtime_id = 0, std::string_view label = {}) {
        plimsoll_program_info info{};
        info.size = sizeof info;
        info.runtime_id = runtime_id;
        if (!label.empty()) info.label = plimsoll_intern(client, label.data(), label.size());
        plimsoll_program made = 0;
        EXPECT_EQ(plimsoll_program_create(client, &info, &made), PLIMSOLL_OK);
        return made;
    }

    // 10 banks of 64 bytes in L1: 640 bytes occupied.
    static plimsoll_allocation buffer(plimsoll_devices set) {
        plimsoll_allocation a{};
        a.size = sizeof a;
        a.kind = PLIMSOLL_BUFFER;
        a.region = PLIMSOLL_L1;
        a.owner = PLIMSOLL_USER;
        a.reported = 1;
        a.devices = set;
        a.banks = 10;
        a.address = 0x1000;
        a.bytes = 600;
        a.bytes_per_bank = 64;
        return a;
    }

    static plimsoll_allocation owned(plimsoll_devices set, plimsoll_program program,
                                     plimsoll_kind kind = PLIMSOLL_CIRCULAR_BUFFER) {
        plimsoll_allocation a = buffer(set);
        a.kind = static_cast<std::uint8_t>(kind);
        a.owner = PLIMSOLL_PROGRAM;
        a.program = program;
        return a;
    }

    plimsoll_id allocate(const plimsoll_allocation& allocation,
                         plimsoll_status expected = PLIMSOLL_OK) {
        plimsoll_id id = 0;
        EXPECT_EQ(plimsoll_allocate(client, &allocation, &id), expected);
        return id;
    }

    [[nodiscard]] const segment::Header& header() const { return shared.header(); }
    [[nodiscard]] const segment::Cell& cell(std::uint32_t set, plimsoll_kind kind,
                                            plimsoll_region region = PLIMSOLL_L1) const {
        return shared.cells()[segment::cell_index(set, region, kind)];
    }
    [[nodiscard]] std::uint64_t ended(segment::Ending ending) const {
        return segment::load(header().ended_count[static_cast<std::uint32_t>(ending)]);
    }
    [[nodiscard]] segment::Ended row(segment::Ending ending, std::uint32_t index) const {
        return shared.ended(static_cast<std::uint32_t>(ending))[index];
    }

    [[nodiscard]] std::vector<segment::SlotCopy> rows() const {
        std::vector<segment::SlotCopy> found;
        const std::uint32_t used = segment::load_acquire(header().slots_used);
        for (std::uint32_t i = 0; i < used; ++i) {
            const segment::SlotCopy copy = segment::read(shared.live()[i]);
            if (copy.state != segment::SlotState::empty) found.push_back(copy);
        }
        return found;
    }

    plimsoll_client* client = nullptr;
    segment::Sections<const std::byte> shared;

  private:
    segment::Geometry geometry_;
    segment::Mapping mapping_;
};

}  // namespace plimsoll::client
