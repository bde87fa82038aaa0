#pragma once

#include <cstdint>
#include <optional>

#include "ledger/snapshot.hpp"

namespace plimsoll::ledger {

// What of a process somebody wants to see. What is not set is not asked about.
struct Selection {
    std::optional<std::int32_t> pid;
    std::optional<std::int32_t> device;
    std::optional<Region> region;
    std::optional<Kind> kind;
    std::optional<Owner> owner;
    std::uint64_t after_id = 0;  // allocations that were made later than this one

    // Whether it is about single allocations, which the figures of a device cannot tell apart.
    [[nodiscard]] bool is_of_allocations() const {
        return region || kind || owner || after_id != 0;
    }
};

bool is_selected(const Selection& selection, const AllocationView& row);

// The devices and the allocations that are selected. A device's figures stay those of all it holds;
// `held_count` is then that of the selected allocations which are listed.
ProcessView select(ProcessView process, const Selection& selection);

}  // namespace plimsoll::ledger
