#pragma once

#include "model/mesh_device.hpp"

namespace plimsoll::model {

// One word on each of some cores, that kernels of several programs share: a sharded buffer in L1.
class GlobalSemaphore {
  public:
    GlobalSemaphore(const std::shared_ptr<MeshDevice>& mesh, const CoreRangeSet& cores,
                    BufferType type = BufferType::L1);

    [[nodiscard]] DeviceAddr address() const { return buffer_->address(); }

  private:
    std::shared_ptr<MeshBuffer> buffer_;
};

}  // namespace plimsoll::model
