#include "agents/ttmetal/programs.hpp"

#include "agents/ttmetal/attach.hpp"
#include "agents/ttmetal/call_site.hpp"
#include "agents/ttmetal/pointer_map.hpp"
#include "agents/ttmetal/program_label.hpp"

namespace plimsoll::ttmetal {
namespace {

// As many as the client can hold at once.
PointerMap<32768> programs;

constexpr std::uint64_t kHasCircularBuffers = std::uint64_t{1} << 48;
constexpr std::uint64_t kHasDataflowBuffers = std::uint64_t{1} << 49;

std::uint64_t pack(const Program& program) {
    return program.id | std::uint64_t{program.chips} << 32 |
           (program.has_circular_buffers ? kHasCircularBuffers : 0) |
           (program.has_dataflow_buffers ? kHasDataflowBuffers : 0);
}

Program unpack(std::uint64_t packed) {
    return {static_cast<plimsoll_program>(packed), static_cast<std::uint16_t>(packed >> 32),
            (packed & kHasCircularBuffers) != 0, (packed & kHasDataflowBuffers) != 0};
}

// The names of the program's kernels, and from them its label.
plimsoll_text label_of(plimsoll_client* client, const ProgramImpl* program) {
    if (!runtime::program_num_kernels || !runtime::program_kernel || !runtime::kernel_name) {
        return 0;
    }
    ProgramLabel label;
    const std::size_t count = runtime::program_num_kernels(program);
    for (std::uint32_t i = 0; i < count && i < ProgramLabel::kMaxKernels; ++i) {
        SharedPointer kernel{};
        runtime::program_kernel(&kernel, program, i);
        if (kernel.object == nullptr) continue;
        String name{};
        runtime::kernel_name(&name, static_cast<const Kernel*>(kernel.object));
        label.add(name.bytes, name.length);
        runtime::give_back(name);
        runtime::give_back(kernel);
    }
    return plimsoll_intern(client, label.bytes(), label.length());
}

}  // namespace

Program find_program(plimsoll_client* client, const ProgramImpl* program) {
    if (const std::uint64_t packed = programs.get(program)) return unpack(packed);
    plimsoll_program_info info{};
    info.size = sizeof info;
    info.label = label_of(client, program);
    info.runtime_id = runtime::program_id ? runtime::program_id(program) : 0;
    info.location = call_site(client);
    Program made;
    if (plimsoll_program_create(client, &info, &made.id) != PLIMSOLL_OK) return Program{};
    if (!programs.put(program, pack(made))) {
        plimsoll_program_destroy(client, made.id);
        return Program{};
    }
    return made;
}

plimsoll_program known_program(const ProgramImpl* program) {
    return unpack(programs.get(program)).id;
}

void keep_program(const ProgramImpl* program, const Program& known) {
    if (known.id != 0) programs.put(program, pack(known));
}

Program forget_program(const ProgramImpl* program) { return unpack(programs.take(program)); }

}  // namespace plimsoll::ttmetal
