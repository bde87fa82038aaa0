#include "plimsoll/allocation_client.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <functional>

#include "segment/reader.hpp"

namespace tt::tt_metal {
using plimsoll::AllocationClient;  // as the code that was written for it calls it
}

namespace plimsoll {
namespace {

using tt::tt_metal::AllocationClient;

// The segment that this process has made by itself.
Result<segment::Reader> own_segment() {
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        std::error_code gone;
        const std::string target = std::filesystem::read_symlink(entry, gone).string();
        if (target.rfind("/memfd:plimsoll", 0) != 0) continue;
        Result<segment::Mapping> mapping = segment::open(std::stoi(entry.path().filename()));
        if (mapping) return segment::Reader::open(std::move(mapping).value());
    }
    return Error{"no segment", 0};
}

// Each in a process of its own: the client is one for the whole process. 0: all was right.
int in_process(const char* enabled, const std::function<bool()>& work) {
    const pid_t child = ::fork();
    if (child == 0) {
        ::setenv("TT_ALLOC_TRACKING_ENABLED", enabled, 1);
        ::setenv("PLIMSOLL_SOCKET", "/nowhere", 1);
        ::_exit(work() ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::uint64_t live_rows() {
    const Result<segment::Reader> reader = own_segment();
    return reader ? reader.value().live().rows.size() : 1000;
}

TEST(AllocationClient, TheSeedsCallsEndAtNothing) {
    EXPECT_EQ(in_process("1",
                         [] {
                             for (const std::uint64_t address : {101152u, 105248u, 109344u}) {
                                 AllocationClient::report_cb_allocation(0, 4096, address);
                                 AllocationClient::report_allocation(0, 2048, 0, address);
                             }
                             AllocationClient::report_kernel_load(1, 512, 7);
                             if (live_rows() != 7) return false;
                             for (const std::uint64_t address : {101152u, 105248u, 109344u}) {
                                 AllocationClient::report_cb_deallocation(0, 4096, address);
                                 AllocationClient::report_deallocation(0, address);
                             }
                             AllocationClient::report_kernel_unload(1, 512, 7);
                             return live_rows() == 0;
                         }),
              0);
}

TEST(AllocationClient, AnIdThatIsUsedTwiceIsTwoAllocations) {
    EXPECT_EQ(in_process("1",
                         [] {
                             AllocationClient::report_allocation(0, 100, 1, 4096);
                             AllocationClient::report_allocation(0, 200, 1, 4096);
                             if (live_rows() != 2) return false;
                             AllocationClient::report_deallocation(0, 4096);
                             const auto left = own_segment().value().live().rows;
                             if (left.size() != 1 || left[0].record.bytes != 100) return false;
                             AllocationClient::report_deallocation(0, 4096);
                             AllocationClient::report_deallocation(0, 4096);
                             return live_rows() == 0 &&
                                    own_segment().value().header().unmatched_frees == 1;
                         }),
              0);
}

TEST(AllocationClient, EachBufferTypeIsARegion) {
    EXPECT_EQ(in_process("1",
                         [] {
                             constexpr Region kExpected[] = {Region::dram, Region::l1,
                                                             Region::system, Region::l1_small,
                                                             Region::trace};
                             for (std::uint8_t type = 0; type < 6; ++type) {
                                 AllocationClient::report_allocation(3, 32, type, type);
                             }
                             const auto rows = own_segment().value().live().rows;
                             bool right = rows.size() == 5;
                             for (const auto& row : rows) {
                                 right = right && static_cast<Region>(row.record.region) ==
                                                      kExpected[row.record.address];
                             }
                             return right;
                         }),
              0);
}

TEST(AllocationClient, IsOffUnlessItIsExactlyOne) {
    for (const char* value : {"0", "", "yes", "11"}) {
        EXPECT_EQ(in_process(value,
                             [] {
                                 AllocationClient::report_allocation(0, 100, 1, 4096);
                                 AllocationClient::report_deallocation(0, 4096);
                                 return !AllocationClient::is_enabled() && !own_segment();
                             }),
                  0);
    }
}

}  // namespace
}  // namespace plimsoll
