#pragma once

#include <cstdint>

#include "agents/ttmetal/buffer_layout.hpp"
#include "agents/ttmetal/runtime.hpp"

namespace plimsoll::ttmetal {

// The functions that answer for a buffer: the runtime's own, or what stands for one that this
// release lacks.
struct BufferAnswers {
    std::uint32_t (*address)(const Buffer*);
    std::uint64_t (*bytes)(const Buffer*);
    BufferType (*type)(const Buffer*);
    const Device* (*device)(const Buffer*);
    const Allocator* (*allocator)(const Buffer*);
    std::uint64_t (*bytes_per_bank)(const Buffer*);
    std::uint64_t (*bytes_of_page)(const Buffer*);
    OptionalCount (*num_cores)(const Buffer*);
};

// Chosen once per process. Threads: any; two that choose at once choose the same.
const BufferAnswers& choose_answers();

// Where these functions read what they answer; false: that is not known. Threads: one.
bool find_layout(BufferLayout* layout);

}  // namespace plimsoll::ttmetal
