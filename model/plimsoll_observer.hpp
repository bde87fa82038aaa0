#pragma once

#include <plimsoll/client.h>

#include <map>
#include <unordered_map>

#include "model/context.hpp"

namespace plimsoll::model {

// The region of Plimsoll's that is this one of the runtime's.
plimsoll_region region_of(BufferType type);

struct ObserverOptions {
    const char* socket_path = nullptr;  // collector to report to
    bool verify = false;                // compare with the allocator at every event
};

// Reports what the model does to Plimsoll, as the agent does for the real runtime: the same calls
// of the client for the same events, from the same places of the runtime.
class PlimsollObserver : public IGraphProcessor, public Inspector {
  public:
    // Follows all that `context` does from now on; borrowed for the observer's life.
    PlimsollObserver(MetalContext& context, const ObserverOptions& options);
    ~PlimsollObserver() override;
    PlimsollObserver(const PlimsollObserver&) = delete;
    PlimsollObserver& operator=(const PlimsollObserver&) = delete;

    // False: there is no shared memory to be had, nothing is reported.
    [[nodiscard]] bool is_attached() const { return client_ != nullptr; }

    void track_allocate(const Buffer& buffer) override;
    void track_deallocate(const Buffer& buffer) override;
    void track_allocate_cb(const CoreRangeSet& cores, DeviceAddr address, DeviceAddr size,
                           CircularBufferMemory memory, const IDevice* device) override;
    void track_deallocate_cb(const IDevice* device) override;

    void initialize_chip(const Device& chip) override;
    void mesh_initialized(const MeshDevice& mesh) override;
    void close_chip(const Device& chip) override;
    void close_mesh(const MeshDevice& mesh) override;
    void mesh_destruction_begins() override { ++mesh_destructions_; }
    void mesh_destruction_ends() override { --mesh_destructions_; }
    void buffer_destroyed(const Buffer& buffer) override;
    void setup_semaphore(BufferType type) override;
    void setup_profiler() override { profiler_expected_ = true; }
    void allocate_circular_buffers(const Program& program, const IDevice& device) override;
    void validate_dataflow_buffers(const Program& program, const IDevice& device) override;
    void program_destruction_begins(const Program& program) override;
    void program_destroyed(const Program& program) override;
    void program_runs(const Program& program) override;
    void exit_begins() override;
    void buffer_refused(const Buffer& buffer) override;
    void layout_refused(const Program& program, const IDevice& device,
                        const RefusedLayout& layout) override;

  private:
    struct Known {  // of a program
        plimsoll_program id = 0;
        std::size_t chips = 0;  // the most that held circular buffers of it at once
        bool has_circular_buffers = false;
        bool has_dataflow_buffers = false;
    };
    // One run of allocate_circular_buffers(): a release reports each circular buffer once with the
    // mesh or once with each chip of it; the books hold it once, for the mesh.
    struct Layout {
        const Program* program = nullptr;
        const IDevice* device = nullptr;
        const IDevice* reporter = nullptr;  // the device of the first event: its events count
        bool has_begun = false;
    };

    void attach(const ObserverOptions& options);
    void cover_all();
    plimsoll_devices devices_of(const IDevice* device);
    void close(const IDevice& device);
    Known& known(const Program& program);
    plimsoll_text text(const char* bytes);
    plimsoll_text intern(const CoreRangeSet& cores);
    plimsoll_location location();
    plimsoll_allocation of_program(const Known& program, const IDevice& device,
                                   const CoreRangeSet& cores, DeviceAddr address, DeviceAddr size);
    void verify(const Buffer& buffer);

    MetalContext& context_;
    bool verify_;
    plimsoll_client* client_ = nullptr;
    std::map<const IDevice*, plimsoll_devices> open_;
    std::unordered_map<const Buffer*, plimsoll_id> allocations_;
    std::unordered_map<const Program*, Known> programs_;
    Layout layout_;
    std::size_t reports_ = 0;  // of the program's destructor that runs, or ran last
    int mesh_destructions_ = 0;
    bool semaphore_expected_ = false;
    bool profiler_expected_ = false;
    bool exiting_ = false;
};

}  // namespace plimsoll::model
