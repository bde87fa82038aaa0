#include "ledger/op_work.hpp"

#include <gtest/gtest.h>

namespace plimsoll::ledger {
namespace {

TEST(WorkOf, TellsBringingDataFromComputing) {
    EXPECT_EQ(work_of(""), Work::unknown);
    for (const char* op : {"ttnn.allocate_tensor_on_device", "ttnn.zeros_like", "ttnn.to_layout",
                           "ttnn.experimental.slice", "from_torch"}) {
        EXPECT_EQ(work_of(op), Work::moves) << op;
    }
    for (const char* op : {"ttnn.add", "ttnn.transformer.scaled_dot_product_attention", "zero",
                           "ttnn.", "ttnn.conv2d"}) {
        EXPECT_EQ(work_of(op), Work::computes) << op;
    }
}

}  // namespace
}  // namespace plimsoll::ledger
