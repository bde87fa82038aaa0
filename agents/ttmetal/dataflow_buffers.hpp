#pragma once

#include <plimsoll/client.h>

#include "agents/ttmetal/dataflow_layout.hpp"

namespace plimsoll::ttmetal {

// Nothing is to be learned from further ones.
bool dataflow_layout_is_known();

// The program was just given a dataflow buffer.
void learn_dataflow_buffer(const ProgramImpl* program, const DataflowConfig& config,
                           const CoreRangeSet& ranges);

// The program was just laid out on `device`, or was laid out before and is not changed: then
// nothing is reported again.
void report_dataflow_buffers(plimsoll_client* client, const ProgramImpl* program,
                             const Device* device);

// The address means nothing any more.
void forget_dataflow_layout(const ProgramImpl* program);

}  // namespace plimsoll::ttmetal
