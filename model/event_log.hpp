#pragma once

#include <string>
#include <utility>
#include <vector>

#include "model/buffer.hpp"

namespace plimsoll::model {

// Keeps what the runtime reports, one line for each event, in its order: to be compared with what
// the real runtime reports for the same program.
//
//   allocate DRAM 1048640 2097152 176128 mesh:0    type, address, size, size per bank, device
//   deallocate DRAM 1048640 mesh:0
//   allocate_cb 105824 4096 64 chip:4              address, size per core, cores, device
//   deallocate_cb chip:4
class EventLog : public IGraphProcessor {
  public:
    void track_allocate(const Buffer& buffer) override;
    void track_deallocate(const Buffer& buffer) override;
    void track_allocate_cb(const CoreRangeSet& cores, DeviceAddr address, DeviceAddr size,
                           CircularBufferMemory memory, const IDevice* device) override;
    void track_deallocate_cb(const IDevice* device) override;

    // What happened otherwise, in its place.
    void add(std::string line) { lines_.push_back(std::move(line)); }
    [[nodiscard]] const std::vector<std::string>& lines() const { return lines_; }

  private:
    std::vector<std::string> lines_;
};

}  // namespace plimsoll::model
