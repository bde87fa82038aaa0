#include "model/programs.hpp"

#include <string>

namespace plimsoll::model::programs {
namespace {

constexpr MeshShape kMesh = {2, 4};
constexpr DeviceAddr kMiB = 1u << 20;
constexpr DeviceAddr kTile = 2048;  // of bfloat16

constexpr std::uint64_t kShapes = 24;  // enough to see that it goes on
const CoreRange kAllCores = {{0, 0}, {7, 7}};

BufferConfig in_dram(DeviceAddr size) { return {.size = size, .page_size = kTile}; }

Operation add() {
    return {.name = "ttnn.add",
            .label = "eltwise_binary_no_bcast",
            .hash = 1,
            .cores = kAllCores,
            .circular_buffers = {4096, 4096, 4096}};
}

// Each shape of its input makes a program of its own.
Operation convolution(std::uint64_t shape) {
    return {.name = "ttnn.conv2d",
            .label = "conv_bmm_tilize",
            .hash = shape,
            .cores = kAllCores,
            .config_tensor =
                BufferConfig{.size = 4096 * shape, .page_size = 64, .type = BufferType::L1_SMALL}};
}

Operation all_reduce(std::uint64_t shape) {
    return {.name = "ttnn.all_reduce",
            .label = "all_reduce",
            .hash = shape,
            .cores = kAllCores,
            .semaphores = 8};
}

}  // namespace

void mesh_test(Session& session) {
    session.open_mesh({.shape = kMesh});
    session.run(add());
    session.close();
}

void convolutions(Session& session) {
    session.open_device(0, {.l1_small_size = 32768});
    for (std::uint64_t shape = 1; shape <= kShapes; ++shape) session.run(convolution(shape));
    session.close();
}

void all_reduces(Session& session) {
    session.open_device(0, {});
    for (std::uint64_t shape = 1; shape <= kShapes; ++shape) session.run(all_reduce(shape));
    session.close();
}

void tensors(Session& session) {
    session.open_device(0, {});
    session.allocate("weights", in_dram(2 * kMiB));
    session.free("weights");
    session.allocate("activations", in_dram(4 * kMiB));
    session.free("activations");
    session.close();
}

void trace(Session& session) {
    session.open_device(0, {.trace_region_size = kMiB});
    session.allocate("weights", in_dram(2 * kMiB));
    session.capture_trace("decode", 65536);
    session.release_trace("decode");
    session.free("weights");
    session.close();
}

void mesh_of_tensors(Session& session) {
    constexpr std::pair<const char*, DeviceAddr> kTensors[] = {
        {"t1", 4 * kMiB}, {"t2", 4 * kMiB}, {"sum", 4 * kMiB},
        {"a", kMiB / 2},  {"b", kMiB / 2},  {"product", kMiB}};
    session.open_mesh({.shape = kMesh});
    for (const auto& [name, size] : kTensors) session.allocate(name, in_dram(size));
    for (const std::uint64_t shape : {1u, 2u}) {
        Operation compiled = convolution(shape);
        compiled.config_tensor = in_dram(12288 * shape);
        session.run(compiled);
    }
    for (const auto& [name, size] : kTensors) session.let_go(name);
    session.close();
}

void inference_loop(Session& session) {
    session.open_device(0, {});
    for (std::uint64_t turn = 1; turn <= kShapes; ++turn) {
        session.allocate("input", in_dram(kMiB));
        const std::string result = "result " + std::to_string(turn);
        session.compute(result, in_dram(kMiB), add());
        session.let_go(result);
        session.free("input");
    }
    session.close();
}

void trace_loop(Session& session) {
    session.open_device(0, {.trace_region_size = 4 * kMiB});
    for (std::uint64_t turn = 1; turn <= kShapes; ++turn) {
        session.allocate("input", in_dram(kMiB));
        session.run(add());
        const std::string trace = "decode " + std::to_string(turn);
        session.capture_trace(trace, 65536);
        session.let_go(trace);
        session.free("input");
    }
    session.close();
}

void executables(Session& session) {
    session.open_device(0, {});
    for (std::uint64_t model = 1; model <= kShapes; ++model) {
        session.compile_executable("model " + std::to_string(model), in_dram(8 * kMiB));
        session.run(add());
    }
    session.drop_executables();
    session.close();
}

void test_case(Session& session) {
    session.open_device(0, {});
    session.allocate("input", in_dram(2 * kMiB));
    session.tear_down();
}

}  // namespace plimsoll::model::programs
