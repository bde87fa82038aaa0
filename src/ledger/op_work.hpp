#pragma once

#include <cstdint>
#include <string_view>

namespace plimsoll::ledger {

// What an op of the runtime is there for. A loop that only brings data in, or lays it out anew, is
// how weights are loaded; an iteration computes something.
enum class Work : std::uint8_t {
    unknown,   // the op has no name
    moves,     // makes, brings, copies or reshapes data
    computes,  // all others
};

// `op` as call sites name it, such as "ttnn.add"; empty when unknown.
Work work_of(std::string_view op);

}  // namespace plimsoll::ledger
