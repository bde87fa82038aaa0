#pragma once

#include <optional>

#include "model/allocator.hpp"
#include "model/core_range.hpp"

namespace plimsoll::model {

class Buffer;
class Device;
class IDevice;
class MeshDevice;
class Program;

// Why a program's buffers are refused: on these cores they would end beyond the lowest buffer, or
// beyond the memory itself.
struct RefusedLayout {
    const CoreRange& cores;
    DeviceAddr region_end;
    std::optional<DeviceAddr> lowest_buffer;  // nothing: beyond the memory
};

// The functions of the runtime that an agent stands in front of, beside what GraphTracker reports:
// called when the runtime enters the function of that name, before it does anything.
class Inspector {
  public:
    virtual ~Inspector() = default;
    virtual void initialize_chip(const Device&) {}
    virtual void mesh_initialized(const MeshDevice&) {}  // after its chips
    virtual void close_chip(const Device&) {}
    virtual void close_mesh(const MeshDevice&) {}  // what is allocated is still known
    virtual void mesh_destruction_begins() {}
    virtual void mesh_destruction_ends() {}

    virtual void buffer_destroyed(const Buffer&) {}  // after its destructor; a key
    virtual void setup_semaphore(BufferType) {}      // the next buffer is a global semaphore
    virtual void setup_profiler() {}                 // the next buffer is the profiler's

    virtual void allocate_circular_buffers(const Program&, const IDevice&) {}
    virtual void validate_dataflow_buffers(const Program&, const IDevice&) {}
    virtual void program_destruction_begins(const Program&) {}
    virtual void program_destroyed(const Program&) {}  // after it has freed what it frees
    virtual void program_runs(const Program&) {}       // its memory is placed, and found good
    virtual void exit_begins() {}

    // Before the program hears of it.
    virtual void buffer_refused(const Buffer&) {}
    virtual void layout_refused(const Program&, const IDevice&, const RefusedLayout&) {}
};

}  // namespace plimsoll::model
