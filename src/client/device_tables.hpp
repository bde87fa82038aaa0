#pragma once

#include "client/state.hpp"

// The tables of chips and of sets of chips. Callers hold the client's control lock; readers and
// allocating threads see an entry only when it is whole.
namespace plimsoll::client {

inline constexpr std::uint32_t kNoDevice = 0xffffffff;

// Which entries of the device table belong together.
struct Members {
    std::uint64_t words[segment::kMaxDevices / 64];

    void add(std::uint32_t entry) { words[entry / 64] |= std::uint64_t{1} << (entry % 64); }
    void add(const segment::DeviceSet& set) {
        for (std::uint32_t i = 0; i < segment::kMaxDevices / 64; ++i) words[i] |= set.members[i];
    }
    [[nodiscard]] bool has(std::uint32_t entry) const {
        return (words[entry / 64] >> (entry % 64) & 1) != 0;
    }
    [[nodiscard]] bool overlap(const segment::DeviceSet& set) const {
        for (std::uint32_t i = 0; i < segment::kMaxDevices / 64; ++i) {
            if ((words[i] & segment::load(set.members[i])) != 0) return true;
        }
        return false;
    }
    [[nodiscard]] bool equal(const segment::DeviceSet& set) const {
        for (std::uint32_t i = 0; i < segment::kMaxDevices / 64; ++i) {
            if (words[i] != segment::load(set.members[i])) return false;
        }
        return true;
    }
};

// The chip's entry, opened if it was not; what is known (not 0) replaces what was known.
std::uint32_t open_device(plimsoll_client* client, std::int32_t device, std::uint32_t arch,
                          const plimsoll_region_info* regions);

// The set of those chips; `mesh` null: a chip by itself. A set that was there before is opened
// again, so that opening and closing for ever takes no more memory; but two meshes of the same
// chips that are open at once (a mesh and its submesh) are two sets. 0 when the table is full.
std::uint32_t open_set(plimsoll_client* client, const Members& members, const std::int32_t* mesh);

// Closes the set and judges what is left on it; a single chip takes all sets it is in with it.
void close_set(plimsoll_client* client, std::uint32_t set, segment::Ending ending);

}  // namespace plimsoll::client
