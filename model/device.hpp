#pragma once

#include <memory>
#include <set>
#include <vector>

#include "model/context.hpp"

namespace plimsoll::model {

// A chip or a mesh. The numbers of both come from one space: mesh 0 is not chip 0.
class IDevice {
  public:
    enum class Kind : std::uint8_t { none, chip, mesh };

    IDevice(MetalContext& context, Kind kind, int id) : context_(context), kind_(kind), id_(id) {}
    IDevice(const IDevice&) = delete;
    IDevice& operator=(const IDevice&) = delete;

    [[nodiscard]] Kind kind() const { return kind_; }
    [[nodiscard]] int id() const { return id_; }
    [[nodiscard]] MetalContext& context() const { return context_; }
    [[nodiscard]] bool is_initialized() const { return allocator_ != nullptr; }
    // Throws RuntimeError when it is not initialized.
    [[nodiscard]] Allocator& allocator() const;
    // The chips, in the order of the mesh; a chip's own is itself.
    [[nodiscard]] const std::vector<Device*>& get_devices() const { return devices_; }

  protected:
    MetalContext& context_;
    std::unique_ptr<Allocator> allocator_;
    std::vector<Device*> devices_;

  private:
    Kind kind_;
    int id_;
};

class Device : public IDevice {
  public:
    Device(MetalContext& context, int id);
    ~Device();

    void initialize(const AllocatorConfig& config);
    void close();

    void register_program(const Program* program) { programs_.insert(program); }
    void unregister_program(const Program* program) { programs_.erase(program); }
    // What the circular buffers of all registered programs take: on each core the union of their
    // ranges, summed over the cores.
    [[nodiscard]] DeviceAddr get_total_cb_allocated() const;

  private:
    void start_profiler();

    std::set<const Program*> programs_;
    std::unique_ptr<Buffer> profiler_buffer_;
};

}  // namespace plimsoll::model
