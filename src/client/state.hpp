#pragma once

#include <pthread.h>
#include <sys/types.h>

#include <cstddef>
#include <cstdint>

#include "client/free_list.hpp"
#include "client/intern_table.hpp"
#include "plimsoll/client.h"
#include "segment/sections.hpp"

namespace plimsoll::client {

inline constexpr std::uint32_t kTextSlots = 1u << 17;
inline constexpr std::uint32_t kCallSiteSlots = 1u << 16;
inline constexpr std::size_t kMaxSocketPath = 108;

}  // namespace plimsoll::client

// The client of one process: everything but the shared tables. It lies in anonymous memory of its
// own, so that the process's heap is never touched. Fork copies it, which is what a child needs.
struct plimsoll_client {
    plimsoll::segment::Sections<std::byte> shared;
    std::uint32_t live_capacity;
    std::uint32_t ring_capacity;
    std::uint32_t generation;  // of this client in this process: tells a thread its ring is stale

    // Set in a forked child until its first report gives it a segment of its own.
    std::uint32_t forked;
    std::uint32_t off;  // a child that could not get one: nothing is written any more

    // The last run of any program.
    std::uint64_t last_run;

    // Allocations whose device closed before their object was gone, programs' left out.
    std::uint64_t waiting;

    int fd;  // of the segment; may have been closed by the program, see fork.cpp
    dev_t fd_device;
    ino_t fd_inode;
    char socket_path[plimsoll::client::kMaxSocketPath];

    plimsoll::client::FreeList slots;
    plimsoll::client::FreeList programs;
    plimsoll::client::InternTable texts;
    plimsoll::client::InternTable call_sites;
    std::uint32_t* next_slot;  // the free lists' own
    std::uint32_t* next_program;
    std::uint32_t* next_owned;   // per slot: the next one of the same program, counted from 1
    std::uint32_t* first_owned;  // per program: its first slot, counted from 1
    pthread_mutex_t control;     // opening, closing, adopting after fork: never an allocation

    // What handles named at the moment of the last fork. The segment itself goes on changing: the
    // parent may destroy a program or close a device before its child makes a first report.
    plimsoll::segment::Device* kept_devices;
    plimsoll::segment::DeviceSet* kept_sets;
    plimsoll::segment::Program* kept_programs;
    std::uint32_t kept_devices_used;
    std::uint32_t kept_sets_used;
    std::uint32_t kept_programs_used;

    // All of the above beyond this struct lies in the same mapping.
    std::size_t private_bytes;
};

namespace plimsoll::client {

// fork.cpp: before a fork, what a child will need to know and this process may change meanwhile.
void keep_names_for_child(plimsoll_client* client) noexcept;

// fork.cpp: the forked child's own segment, or `off` when there is none to be had.
[[gnu::cold, gnu::noinline]] void adopt_after_fork(plimsoll_client* client) noexcept;

// Whether the mapped segment is this process's own: neither a parent's nor given up.
inline bool writes_own_segment(plimsoll_client* client) {
    return segment::load_acquire(client->forked) == 0 && segment::load(client->off) == 0;
}

// Whether the client may write now; gives a forked child its own segment first.
inline bool ready(plimsoll_client* client) {
    if (client == nullptr) return false;
    // Acquire: a thread that finds it done also sees the tables that another one set up.
    if (__builtin_expect(segment::load_acquire(client->forked) != 0, 0)) adopt_after_fork(client);
    return __builtin_expect(segment::load(client->off) == 0, 1);
}

inline segment::Header& header(plimsoll_client* client) { return client->shared.header(); }

}  // namespace plimsoll::client
