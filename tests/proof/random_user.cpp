#include "tests/proof/random_user.hpp"

namespace plimsoll::proof {
namespace {

constexpr std::uint64_t kPage = 2048;
constexpr std::uint64_t kUnit = 32;  // of circular buffers
constexpr std::uint64_t kSemaphoreBytes = 16;
constexpr std::size_t kMostBuffers = 40;
constexpr std::size_t kMostPrograms = 12;

Region region_of(model::BufferType type) {
    switch (type) {
        case model::BufferType::L1:
            return Region::l1;
        case model::BufferType::L1_SMALL:
            return Region::l1_small;
        case model::BufferType::TRACE:
            return Region::trace;
        default:
            return Region::dram;
    }
}

}  // namespace

void RandomUser::open() {
    model::MeshDeviceConfig config;
    config.l1_small_size = pick(2) == 0 ? 0 : 32768;
    config.trace_region_size = pick(2) == 0 ? 0 : 1u << 20;
    const std::size_t chips = context_.chips_in_mesh_order().size();
    if (chips > 1 && pick(2) == 0) {
        config.shape = {2, static_cast<std::uint32_t>(chips / 2)};
        mesh_ = model::MeshDevice::create(context_, config);
    } else {
        const int chip = pick(static_cast<int>(chips));
        mesh_ = model::MeshDevice::create_unit_mesh(context_, chip, config);
    }
}

void RandomUser::act() {
    const int choice = pick(200);
    if (choice == 0) return close();
    if (choice < 4) return programs_.clear();
    if (choice < 60) return allocate();
    if (choice < 85) return allocate_sharded();
    if (choice < 120) return run_program();
    if (choice < 125) {
        semaphores_.emplace_back(mesh_, cores());
        return;
    }
    if (choice < 130 && !semaphores_.empty()) return semaphores_.pop_back();
    free_one();
}

void RandomUser::allocate() {
    if (buffers_.size() >= kMostBuffers) return free_one();
    model::BufferConfig config;
    config.page_size = kPage;
    config.type = pick(2) == 0 ? model::BufferType::DRAM : model::BufferType::L1;
    // Now and then more than there is.
    config.size = kPage * pages(pick(20) == 0 ? 1 << 22 : 2000);
    buffers_.push_back(model::MeshBuffer::create(mesh_, config));
}

model::CoreRangeSet RandomUser::cores() {
    const auto x = static_cast<std::uint32_t>(pick(8)), y = static_cast<std::uint32_t>(pick(7));
    const auto right = x + static_cast<std::uint32_t>(pick(8 - static_cast<int>(x)));
    const auto down = y + static_cast<std::uint32_t>(pick(7 - static_cast<int>(y)));
    return model::CoreRange{{x, y}, {right, down}};
}

void RandomUser::allocate_sharded() {
    if (buffers_.size() >= kMostBuffers) return free_one();
    const model::ShardSpec shards{cores(), pages(3)};
    model::BufferConfig config;
    config.page_size = kPage;
    config.size = kPage * shards.pages_per_shard * shards.grid.num_cores();
    config.type = pick(3) == 0 ? model::BufferType::L1_SMALL : model::BufferType::L1;
    config.layout = model::TensorMemoryLayout::HEIGHT_SHARDED;
    config.shards = shards;
    buffers_.push_back(model::MeshBuffer::create(mesh_, config));
}

void RandomUser::run_program() {
    if (!programs_.empty() && pick(3) != 0) return run_again();
    auto program = std::make_unique<model::Program>(context_, "random");
    add_memory(*program);
    program->compile_on(*mesh_);
    if (programs_.size() < kMostPrograms) programs_.push_back(std::move(program));
}

// As from the cache, now and then laid out anew.
void RandomUser::run_again() {
    model::Program& program = *one_of(programs_);
    if (!program.circular_buffers().empty() && pick(4) == 0) {
        program.update_circular_buffer_total_size(0, kUnit * pages(64));
    }
    program.compile_on(*mesh_);
}

void RandomUser::add_memory(model::Program& program) {
    const bool dataflow = pick(3) == 0;
    const auto count = static_cast<std::uint32_t>(1 + pick(5));
    for (std::uint32_t index = 0; index < count; ++index) {
        const std::uint64_t size = kUnit * pages(pick(10) == 0 ? 1 << 15 : 256);
        if (dataflow) {
            program.add_dataflow_buffer(cores(), {static_cast<std::uint32_t>(size), 1});
        } else {
            program.add_circular_buffer(cores(), {.total_size = size, .indices = {{index, kUnit}}});
        }
    }
}

void RandomUser::free_one() {
    if (buffers_.empty()) return;
    const auto which = pick(static_cast<int>(buffers_.size()));
    buffers_.erase(buffers_.begin() + which);
}

void RandomUser::forget_all() {
    buffers_.clear();
    semaphores_.clear();
    programs_.clear();
}

std::multiset<Holding> RandomUser::holdings() const {
    std::multiset<Holding> all;
    if (mesh_ == nullptr) return all;
    const std::uint64_t unit = context_.architecture().dram_alignment;
    for (const auto& buffer : buffers_) {
        const model::Buffer& b = buffer->backing();
        const std::uint64_t in_bank = (b.aligned_size_per_bank() + unit - 1) / unit * unit;
        all.emplace(Kind::buffer, region_of(b.buffer_type()), b.address(), in_bank);
    }
    for (const model::GlobalSemaphore& semaphore : semaphores_) {
        all.emplace(Kind::semaphore, Region::l1, semaphore.address(),
                    std::max(unit, kSemaphoreBytes));
    }
    for (const auto& program : programs_) {
        for (const model::CircularBuffer& b : program->circular_buffers()) {
            if (b.address()) all.emplace(Kind::circular_buffer, Region::l1, *b.address(), b.size());
        }
        for (const model::KernelMemory& b : program->dataflow_buffers()) {
            all.emplace(Kind::dataflow_buffer, Region::l1, b.address, b.size);
        }
    }
    return all;
}

}  // namespace plimsoll::proof
