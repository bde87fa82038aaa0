#pragma once

#include <cstdint>

#include "agents/ttmetal/runtime.hpp"

namespace plimsoll::ttmetal {

// One run of allocate_circular_buffers() on a thread. A release reports each circular buffer once
// with the mesh (to 0.69) or once with each chip of it; the books hold it once, for the mesh.
struct CircularBufferFrame {
    const ProgramImpl* program = nullptr;
    const Device* device = nullptr;    // what the program is laid out on
    const Device* reporter = nullptr;  // the device of the first event: its events are recorded
    std::uint32_t events = 0;
    std::uint32_t recorded = 0;

    // Counts an event; true: this one is to be recorded.
    bool count(const Device* reported) {
        ++events;
        if (reporter == nullptr) reporter = reported;
        if (reporter != reported) return false;
        ++recorded;
        return true;
    }

    // When the event just counted is one to be recorded: of all circular buffers before it, every
    // chip was heard of. The runtime goes through the chips of one before it comes to the next.
    [[nodiscard]] bool was_complete(std::uint32_t chips) const {
        return events - 1 == (recorded - 1) * (reporter == device ? 1 : chips);
    }
};

}  // namespace plimsoll::ttmetal
