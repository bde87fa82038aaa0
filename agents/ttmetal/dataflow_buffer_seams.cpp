#include "agents/ttmetal/attach.hpp"
#include "agents/ttmetal/dataflow_buffers.hpp"
#include "agents/ttmetal/refusals.hpp"
#include "agents/ttmetal/seam.hpp"
#include "agents/ttmetal/seam_names.hpp"

// Dataflow buffers, which the runtime reports neither when they are placed nor when they go: they
// are read from the program once it is laid out, and end with the program. Whoever lays them out
// validates their region last.
namespace plimsoll::ttmetal {
namespace {

constinit Next<std::uint32_t(ProgramImpl*, const CoreRangeSet*, const DataflowConfig*)>
    real_add_dataflow_buffer{PLIMSOLL_ADD_DATAFLOW_BUFFER};
constinit Next<void(ProgramImpl*, const Device*)> real_validate_dataflow_buffers{
    PLIMSOLL_VALIDATE_DATAFLOW_BUFFERS};

}  // namespace

PLIMSOLL_SEAM std::uint32_t add_dataflow_buffer(
    ProgramImpl* program, const CoreRangeSet* cores,
    const DataflowConfig* config) __asm__(PLIMSOLL_ADD_DATAFLOW_BUFFER);
PLIMSOLL_SEAM void validate_dataflow_buffers(ProgramImpl* program, const Device* device) __asm__(
    PLIMSOLL_VALIDATE_DATAFLOW_BUFFERS);

std::uint32_t add_dataflow_buffer(ProgramImpl* program, const CoreRangeSet* cores,
                                  const DataflowConfig* config) {
    if (!real_add_dataflow_buffer) return 0;
    if (dataflow_layout_is_known() || client() == nullptr) {
        return real_add_dataflow_buffer(program, cores, config);
    }
    const std::uint32_t id = real_add_dataflow_buffer(program, cores, config);
    learn_dataflow_buffer(program, *config, *cores);
    return id;
}

void validate_dataflow_buffers(ProgramImpl* program, const Device* device) {
    expect_validation(program, device);
    if (plimsoll_client* to = client()) report_dataflow_buffers(to, program, device);
    if (real_validate_dataflow_buffers) real_validate_dataflow_buffers(program, device);
}

}  // namespace plimsoll::ttmetal
