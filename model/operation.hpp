#pragma once

#include "model/mesh_device.hpp"

namespace plimsoll::model {

// What a launch of a TT-NN op asks of device memory, apart from its tensors.
struct Operation {
    const char* name = "";   // "ttnn.add"
    const char* label = "";  // of its program: its compute kernel
    std::uint64_t hash = 0;  // of all that the program depends on
    CoreRangeSet cores;
    std::vector<DeviceAddr> circular_buffers{};  // bytes per core of each
    std::vector<DeviceAddr> dataflow_buffers{};
    std::optional<BufferConfig> config_tensor{};  // a table that it computes for its program
    std::uint32_t semaphores = 0;                 // global ones, that it needs while it runs
};

// What an op that plans its circular buffers by what is free takes for free, on each core.
DeviceAddr get_max_l1_space(const IDevice& device);

// Launches it: from the program cache, or with a new program, which is then cached.
// Throws RuntimeError as Program::compile_on() does; whether its program is cached then, the
// release says.
void launch(const std::shared_ptr<MeshDevice>& mesh, const Operation& operation);

}  // namespace plimsoll::model
