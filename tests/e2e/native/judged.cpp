// judged LIBRARY: tests of the runtime's buffers, judged by what they leave.
#include <gtest/gtest.h>

#include <plimsoll/gtest.hpp>

#include "runtime.hpp"

namespace {

constexpr std::uint64_t kBytes = 20480;

class OnDevice : public testing::Test {
  protected:
    static void SetUpTestSuite() { device = open_device(); }
    static void TearDownTestSuite() { find<Close>(CLOSE)(device); }
    static void* device;
};
void* OnDevice::device;

TEST_F(OnDevice, Frees) { find<Deallocate>(DEALLOCATE)(create(device, kBytes)); }
TEST_F(OnDevice, Keeps) { create(device, kBytes); }
TEST_F(OnDevice, FreesToo) { find<Deallocate>(DEALLOCATE)(create(device, kBytes)); }

}  // namespace

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    library = argc == 2 ? dlopen(argv[1], RTLD_NOW | RTLD_LOCAL) : nullptr;
    if (library == nullptr) return 2;
    plimsoll::GTestListener::append();
    return RUN_ALL_TESTS();
}
