#pragma once

#include <map>
#include <memory>

#include "model/program_cache.hpp"

namespace plimsoll::model {

struct MeshShape {
    std::uint32_t rows = 1, columns = 1;
};

struct MeshDeviceConfig {
    MeshShape shape{};
    DeviceAddr l1_small_size = 0;
    DeviceAddr trace_region_size = 0;
};

using TraceId = std::uint32_t;

// Chips that one allocator serves in lockstep, with the cache of the programs that ran on them.
// The chips close with the last mesh that has them: a parent's submeshes keep them open.
class MeshDevice : public IDevice, public std::enable_shared_from_this<MeshDevice> {
  public:
    static std::shared_ptr<MeshDevice> create(MetalContext& context,
                                              const MeshDeviceConfig& config);
    // What open_device() of one chip makes: a mesh of that chip, and the submesh that the user
    // gets.
    static std::shared_ptr<MeshDevice> create_unit_mesh(MetalContext& context, int chip,
                                                        const MeshDeviceConfig& config);
    // `first`: place of its first chip in this mesh, row by row.
    std::shared_ptr<MeshDevice> create_submesh(MeshShape shape, std::size_t first);
    ~MeshDevice();

    void close();
    ProgramCache& program_cache() { return program_cache_; }

    TraceId begin_trace_capture();
    // `size`: of the commands that were captured. Throws RuntimeError when the region is too small.
    void end_trace_capture(TraceId trace, DeviceAddr size);
    void release_trace(TraceId trace);

  private:
    struct ScopedDevices;

    MeshDevice(MetalContext& context, std::shared_ptr<ScopedDevices> scoped,
               std::vector<Device*> chips, MeshShape shape, const AllocatorConfig& config);
    static std::shared_ptr<MeshDevice> create_with(MetalContext& context, std::vector<int> chips,
                                                   const MeshDeviceConfig& config);
    void close_impl();

    MeshShape shape_;
    std::shared_ptr<ScopedDevices> scoped_devices_;
    std::shared_ptr<MeshDevice> parent_;
    std::map<TraceId, std::shared_ptr<MeshBuffer>> traces_;
    TraceId next_trace_ = 0;
    ProgramCache program_cache_;
};

}  // namespace plimsoll::model
