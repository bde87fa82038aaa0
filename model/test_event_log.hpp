#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "model/buffer.hpp"

namespace plimsoll::model {

// Keeps what the runtime reports, one line for each event, in its order:
//
//   allocate DRAM 1048640 2097152 176128 mesh:0    type, address, size, size per bank, device
//   deallocate DRAM 1048640 mesh:0
//   allocate_cb 105824 4096 64 chip:4              address, size per core, cores, device
//   deallocate_cb chip:4
class EventLog : public IGraphProcessor {
  public:
    void track_allocate(const Buffer& buffer) override {
        lines_.push_back(fmt::format("allocate {} {} {} {} {}", name(buffer.buffer_type()),
                                     buffer.address(), buffer.size(),
                                     buffer.aligned_size_per_bank(), text(buffer.device())));
    }
    void track_deallocate(const Buffer& buffer) override {
        lines_.push_back(fmt::format("deallocate {} {} {}", name(buffer.buffer_type()),
                                     buffer.address(), text(buffer.device())));
    }
    void track_allocate_cb(const CoreRangeSet& cores, DeviceAddr address, DeviceAddr size,
                           CircularBufferMemory memory, const IDevice* device) override {
        const bool local = memory == CircularBufferMemory::local;
        lines_.push_back(fmt::format("allocate_{} {} {} {} {}", local ? "cb" : "global_cb", address,
                                     size, cores.num_cores(), text(device)));
    }
    void track_deallocate_cb(const IDevice* device) override {
        lines_.push_back(fmt::format("deallocate_cb {}", text(device)));
    }

    [[nodiscard]] const std::vector<std::string>& lines() const { return lines_; }

  private:
    static std::string text(const IDevice* device) {
        return fmt::format("{}:{}", device->kind() == IDevice::Kind::mesh ? "mesh" : "chip",
                           device->id());
    }

    std::vector<std::string> lines_;
};

}  // namespace plimsoll::model
