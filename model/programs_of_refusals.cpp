#include <string>

#include "model/programs.hpp"

namespace plimsoll::model::programs {
namespace {

constexpr DeviceAddr kKiB = 1024;
constexpr DeviceAddr kGiB = 1024 * 1024 * kKiB;
constexpr DeviceAddr kTile = 2048;
constexpr DeviceAddr kCores = 64;
const CoreRange kAllCores = {{0, 0}, {7, 7}};

BufferConfig in_l1(DeviceAddr per_core) {
    return {.size = kCores * per_core, .page_size = kTile, .type = BufferType::L1};
}

BufferConfig in_dram(DeviceAddr size) { return {.size = size, .page_size = kTile}; }

BufferConfig on_core(std::uint32_t x, DeviceAddr size) {
    return {.size = size,
            .page_size = size,
            .type = BufferType::L1,
            .only_core = CoreCoord{x % 8, x / 8}};
}

Operation op(const char* name, const char* label, DeviceAddr circular_buffer) {
    return {.name = name,
            .label = label,
            .hash = circular_buffer,
            .cores = kAllCores,
            .circular_buffers = {circular_buffer}};
}

std::string numbered(const char* name, int number) { return name + std::to_string(number); }

}  // namespace

void one_op_after_another(Session& session) {
    for (int i = 0; i < 8; ++i) {
        const std::string name = numbered("sum ", i);
        session.compute(name, in_l1(128 * kKiB), op("ttnn.add", "add", 4096));
        session.let_go(name);
    }
    session.compute("product", in_l1(512 * kKiB), op("ttnn.multiply", "multiply", 8192));
}

void large_after_many(Session& session) {
    for (int i = 0; i < 10; ++i) session.allocate(numbered("layer ", i), in_dram(kGiB));
    for (int i = 0; i < 10; i += 2) session.free(numbered("layer ", i));
    for (int i = 1; i < 10; i += 2) session.let_go(numbered("layer ", i));
    session.allocate("cache", in_dram(3 * kGiB));
}

void large_between_markers(Session& session) {
    for (int i = 0; i < 6; ++i) {
        session.allocate(numbered("large ", i), in_l1(128 * kKiB));
        session.create_semaphore(numbered("marker ", i), kAllCores);
    }
    for (int i = 0; i < 6; ++i) {
        session.free(numbered("large ", i));
        session.let_go(numbered("marker ", i));
    }
    session.allocate("whole", in_l1(kKiB * kKiB));
}

void op_above_tensors(Session& session) {
    for (int i = 0; i < 9; ++i) {
        session.allocate(numbered("tensor ", i), in_l1(144 * kKiB));
        session.let_go(numbered("tensor ", i));
    }
    session.run(op("ttnn.softmax", "softmax", 242 * kKiB));
}

// Small ones at other addresses on each core, so that no large piece is free on all of them.
void shard_beside_single_cores(Session& session) {
    constexpr int kSingles = 21;
    constexpr DeviceAddr kStep = 66 * kKiB;
    for (int i = 0; i < kSingles; ++i) {
        const auto core = static_cast<std::uint32_t>(i);
        if (i > 0) session.allocate("room", on_core(core, core * kStep));
        session.allocate(numbered("single ", i), on_core(core, 64));
        session.free("room");
    }
    const CoreRange empty = {{0, 7}, {7, 7}};
    BufferConfig shard = in_l1(0);
    shard.size = empty.size() * 72 * kKiB;
    shard.layout = TensorMemoryLayout::HEIGHT_SHARDED;
    shard.shards = ShardSpec{empty, 36};
    session.allocate("shard", shard);
}

void op_beside_single_core(Session& session) {
    session.allocate("single", on_core(3, kKiB * kKiB));
    session.run(op("ttnn.concat", "concat", get_max_l1_space(session.mesh())));
}

}  // namespace plimsoll::model::programs
