#pragma once

#include "model/allocator.hpp"

namespace plimsoll::model {

class Buffer;
class Device;
class IDevice;
class MeshDevice;
class Program;

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

    virtual void allocate_circular_buffers(const Program&, const IDevice&) {}
    virtual void validate_dataflow_buffers(const Program&, const IDevice&) {}
    virtual void program_destruction_begins(const Program&) {}
    virtual void program_destroyed(const Program&) {}  // after it has freed what it frees
    virtual void exit_begins() {}
};

}  // namespace plimsoll::model
