#include "ledger/op_work.hpp"

#include <algorithm>
#include <array>

namespace plimsoll::ledger {
namespace {

// TT-NN's names, in order.
constexpr std::array<std::string_view, 54> kMoving = {"allocate_tensor_on_device",
                                                      "allocate_tensor_on_host",
                                                      "arange",
                                                      "as_tensor",
                                                      "assign",
                                                      "chunk",
                                                      "clone",
                                                      "concat",
                                                      "copy",
                                                      "copy_host_to_device_tensor",
                                                      "create_global_circular_buffer",
                                                      "create_global_semaphore",
                                                      "empty",
                                                      "empty_like",
                                                      "expand",
                                                      "from_buffer",
                                                      "from_device",
                                                      "from_torch",
                                                      "full",
                                                      "full_like",
                                                      "identity",
                                                      "interleaved_to_sharded",
                                                      "load_tensor",
                                                      "move",
                                                      "ones",
                                                      "ones_like",
                                                      "pad",
                                                      "permute",
                                                      "prepare_conv_bias",
                                                      "prepare_conv_transpose2d_bias",
                                                      "prepare_conv_transpose2d_weights",
                                                      "prepare_conv_weights",
                                                      "rand",
                                                      "reallocate",
                                                      "repeat",
                                                      "reshape",
                                                      "reshard",
                                                      "sharded_to_interleaved",
                                                      "slice",
                                                      "split",
                                                      "squeeze",
                                                      "stack",
                                                      "tilize",
                                                      "tilize_with_val_padding",
                                                      "tilize_with_zero_padding",
                                                      "to_device",
                                                      "to_dtype",
                                                      "to_layout",
                                                      "to_memory_config",
                                                      "transpose",
                                                      "typecast",
                                                      "unsqueeze",
                                                      "zeros",
                                                      "zeros_like"};
static_assert(std::is_sorted(kMoving.begin(), kMoving.end()));

}  // namespace

Work work_of(std::string_view op) {
    if (op.empty()) return Work::unknown;
    const std::string_view name = op.substr(op.rfind('.') + 1);
    const bool moves = std::binary_search(kMoving.begin(), kMoving.end(), name);
    return moves ? Work::moves : Work::computes;
}

}  // namespace plimsoll::ledger
