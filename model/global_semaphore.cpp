#include "model/global_semaphore.hpp"

namespace plimsoll::model {

GlobalSemaphore::GlobalSemaphore(const std::shared_ptr<MeshDevice>& mesh, const CoreRangeSet& cores,
                                 BufferType type) {
    constexpr DeviceAddr kWord = sizeof(std::uint32_t);
    mesh->context().tell(&Inspector::setup_semaphore, type);
    buffer_ = MeshBuffer::create(mesh, {.size = kWord * cores.num_cores(),
                                        .page_size = kWord,
                                        .type = type,
                                        .layout = TensorMemoryLayout::HEIGHT_SHARDED,
                                        .shards = ShardSpec{cores, 1}});
}

}  // namespace plimsoll::model
