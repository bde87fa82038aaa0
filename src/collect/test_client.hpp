#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstring>
#include <string>
#include <thread>

#include "client/state.hpp"
#include "plimsoll/client.h"
#include "segment/reader.hpp"

namespace plimsoll::collect {

// A small client of this process with a mesh of two chips, and a reader of its segment.
class TestClient {
  public:
    explicit TestClient(const std::string& socket_path = "") {
        plimsoll_options options{};
        options.size = sizeof options;
        options.live_capacity = 64;
        options.ring_capacity = 256;
        options.runtime = "test";
        options.package = "ttnn 0.66.0";
        options.socket_path = socket_path.c_str();
        EXPECT_EQ(plimsoll_attach(&options, &client_), PLIMSOLL_OK);
        const std::int32_t chips[] = {0, 1};
        plimsoll_mesh_info mesh{};
        mesh.size = sizeof mesh;
        mesh.mesh = 5;
        mesh.devices = chips;
        mesh.device_count = 2;
        mesh.regions[PLIMSOLL_DRAM] = {12, 0, 1u << 30};
        EXPECT_EQ(plimsoll_mesh_open(client_, &mesh, &devices_), PLIMSOLL_OK);
    }
    ~TestClient() { plimsoll_detach(client_); }
    TestClient(const TestClient&) = delete;
    TestClient& operator=(const TestClient&) = delete;

    [[nodiscard]] plimsoll_client* get() const { return client_; }
    [[nodiscard]] plimsoll_devices devices() const { return devices_; }

    plimsoll_program program(const std::string& label, std::uint64_t runtime_id) {
        plimsoll_program_info info{};
        info.size = sizeof info;
        info.label = plimsoll_intern(client_, label.data(), label.size());
        info.runtime_id = runtime_id;
        plimsoll_program program = 0;
        EXPECT_EQ(plimsoll_program_create(client_, &info, &program), PLIMSOLL_OK);
        return program;
    }

    plimsoll_id allocate_circular_buffer(plimsoll_program program, std::uint64_t address,
                                         std::uint64_t bytes_per_core) {
        const plimsoll_core_range all{0, 0, 7, 7};
        plimsoll_allocation a = allocation(bytes_per_core * 64);
        a.kind = PLIMSOLL_CIRCULAR_BUFFER;
        a.region = PLIMSOLL_L1;
        a.owner = PLIMSOLL_PROGRAM;
        a.program = program;
        a.cores = plimsoll_intern_cores(client_, &all, 1);
        a.banks = 64;
        a.address = address;
        a.bytes_per_bank = bytes_per_core;
        return allocate(a);
    }

    plimsoll_id allocate_buffer(std::uint64_t bytes) { return allocate(allocation(bytes)); }

    void allocate_and_free_in_two_threads(std::uint64_t pairs) {
        const auto work = [this, pairs] {
            for (std::uint64_t i = 0; i < pairs; ++i) {
                plimsoll_free(client_, allocate_buffer(2048));
            }
        };
        std::thread first(work);
        std::thread second(work);
        first.join();
        second.join();
    }

    template <class Change>
    void corrupt_first_slot(Change change) {
        segment::Slot& slot = client_->shared.live()[0];
        segment::Record record = segment::read_record(slot.record);
        change(record);
        segment::write_record(slot.record, record);
    }

    [[nodiscard]] segment::Reader reader() const {
        return segment::Reader::open(segment::open(client_->fd).value()).value();
    }

  private:
    plimsoll_allocation allocation(std::uint64_t bytes) {
        const plimsoll_frame frame{plimsoll_intern(client_, "model.py", 8),
                                   plimsoll_intern(client_, "forward", 7), 12};
        plimsoll_allocation a{};
        a.size = sizeof a;
        a.kind = PLIMSOLL_BUFFER;
        a.region = PLIMSOLL_DRAM;
        a.owner = PLIMSOLL_USER;
        a.reported = 1;
        a.devices = devices_;
        a.location = plimsoll_intern_call_site(client_, plimsoll_intern(client_, "ttnn.zeros", 10),
                                               &frame, 1);
        a.banks = 12;
        a.address = 32;
        a.bytes = bytes;
        a.bytes_per_bank = bytes / 12 / 32 * 32 + 32;
        return a;
    }

    plimsoll_id allocate(const plimsoll_allocation& a) {
        plimsoll_id id = 0;
        EXPECT_EQ(plimsoll_allocate(client_, &a, &id), PLIMSOLL_OK);
        return id;
    }

    plimsoll_client* client_ = nullptr;
    plimsoll_devices devices_ = 0;
};

}  // namespace plimsoll::collect
