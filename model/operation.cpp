#include "model/operation.hpp"

#include "model/global_semaphore.hpp"

namespace plimsoll::model {
namespace {

std::unique_ptr<Program> make_program(MetalContext& context, const Operation& operation) {
    auto program = std::make_unique<Program>(context, operation.label);
    std::uint32_t index = 0;
    for (const DeviceAddr size : operation.circular_buffers) {
        program->add_circular_buffer(operation.cores,
                                     {.total_size = size, .indices = {{index++, size}}});
    }
    for (const DeviceAddr size : operation.dataflow_buffers) {
        program->add_dataflow_buffer(operation.cores, {static_cast<std::uint32_t>(size), 1});
    }
    return program;
}

void use_semaphores(const std::shared_ptr<MeshDevice>& mesh, const Operation& operation) {
    MetalContext& context = mesh->context();
    std::list<GlobalSemaphore> used;
    for (std::uint32_t i = 0; i < operation.semaphores; ++i) {
        used.emplace_back(mesh, operation.cores);
    }
    if (context.has(Defect::semaphore_per_shape)) {
        context.kept_semaphores.splice(context.kept_semaphores.end(), used);
    }
}

}  // namespace

DeviceAddr get_max_l1_space(const IDevice& device) {
    const Allocator& allocator = device.allocator();
    const machines::ChipCapacity& chip = device.context().machine().capacity;
    CoreRange asked{{0, 0},
                    {static_cast<std::uint32_t>(chip.grid_columns - 1),
                     static_cast<std::uint32_t>(chip.grid_rows - 1)}};
    if (device.context().has(Defect::helper_asks_one_core)) asked.end = asked.start;
    const auto lowest = allocator.lowest_occupied_l1_address(asked);
    const AllocatorConfig& l1 = allocator.config();
    return lowest.value_or(l1.worker_l1_size - l1.l1_small_size) - l1.l1_unreserved_base;
}

void launch(const std::shared_ptr<MeshDevice>& mesh, const Operation& operation) {
    MetalContext& context = mesh->context();
    ProgramCache& cache = mesh->program_cache();
    context.op = operation.name;
    if (CachedProgram* cached = cache.get(operation.hash)) {
        cached->program->compile_on(*mesh);
        return;
    }
    use_semaphores(mesh, operation);
    CachedProgram made;
    if (operation.config_tensor) {
        made.config_tensors.push_back(MeshBuffer::create(mesh, *operation.config_tensor));
    }
    made.program = make_program(context, operation);
    Program& program = *made.program;
    const auto keep = [&] {
        if (!context.has(Defect::config_tensor_per_shape)) made.config_tensors.clear();
        if (cache.is_enabled()) cache.insert(operation.hash, std::move(made));
    };
    const bool early = context.release().caching == Caching::before_placing;
    if (early) keep();
    program.compile_on(*mesh);
    if (!early) keep();
}

}  // namespace plimsoll::model
