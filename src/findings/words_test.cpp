#include "findings/words.hpp"

#include <gtest/gtest.h>

namespace plimsoll::findings {
namespace {

TEST(Words, NounsHaveTheirPlural) {
    EXPECT_EQ(counted(1, noun(Kind::buffer)), "1 buffer");
    EXPECT_EQ(counted(2, noun(Kind::kernel_binary)), "2 kernel binaries");
    EXPECT_EQ(counted(0, "entry"), "0 entries");
}

TEST(Words, BytesAreExactWhileShort) {
    EXPECT_EQ(bytes_text(0), "0 B");
    EXPECT_EQ(bytes_text(4096), "4096 B");
    EXPECT_EQ(bytes_text(237568), "232.0 KiB");
    EXPECT_EQ(bytes_text(10567680), "10.1 MiB");
    EXPECT_EQ(bytes_text(12884901504), "12.0 GiB");
    EXPECT_EQ(bytes_text(UINT64_MAX), "16384.0 PiB");
}

TEST(Words, BytesNeverRoundUpToAFull1024) {
    EXPECT_EQ(bytes_text(1024 * 1024 - 1), "1.0 MiB");
    EXPECT_EQ(bytes_text(1024 * 1024 - 1024), "1023.0 KiB");
}

TEST(Words, CallSiteIsTheInnermostFrameWithoutFolders) {
    EXPECT_EQ(call_site_text({{"/a/b/model.py", "forward", 12}, {"x.py", "main", 1}}),
              "model.py:12 in forward");
    EXPECT_EQ(call_site_text({{"model.py", "", 0}}), "model.py");
    EXPECT_EQ(call_site_text({}), "");
}

TEST(Words, LongLabelsAreCut) {
    EXPECT_EQ(label_text("softmax"), "softmax");
    EXPECT_EQ(label_text(std::string(60, 'a')), std::string(41, 'a') + "...");
}

TEST(Words, CallPathNamesAFileOnce) {
    ledger::CallSite site;
    site.frames = {{"/a/model.py", "tensor", 12},
                   {"/a/model.py", "forward", 30},
                   {"/b/run.py", "main", 7},
                   {"/b/run.py", "<module>", 9}};
    EXPECT_EQ(call_path_text(site, 1), "model.py:12 in tensor");
    EXPECT_EQ(call_path_text(site, 3), "model.py:12 in tensor < :30 in forward < run.py:7 in main");
    EXPECT_EQ(call_path_text(site, 9).substr(41), "run.py:7 in main < :9 in <module>");
    EXPECT_EQ(call_path_text({}, 3), "");
}

TEST(Words, CallPathNamesTheOpFirst) {
    ledger::CallSite site;
    site.op = "ttnn.add";
    EXPECT_EQ(call_path_text(site, 1), "");
    site.frames = {{"/a/model.py", "residual", 12}};
    EXPECT_EQ(call_path_text(site, 1), "ttnn.add at model.py:12 in residual");
}

TEST(Words, CallPathNamesTheRuntimesFunctionLast) {
    ledger::CallSite site;
    site.inside = {{"/a/lib.so", "ttnn::prim::add", 0}, {"/a/lib.so", "ttnn::add", 0}};
    EXPECT_EQ(call_path_text(site, 1), "inside ttnn::prim::add");
    site.frames = {{"/a/model.py", "residual", 12}};
    EXPECT_EQ(call_path_text(site, 1), "model.py:12 in residual, inside ttnn::prim::add");
    site.inside = {
        {"", "ttnn::operations::binary_ng::BinaryNgDeviceOperation::create_output_tensors", 0}};
    EXPECT_EQ(call_path_text(site, 1),
              "model.py:12 in residual, inside BinaryNgDeviceOperation::create_output_tensors");
    site.inside = {{"/a/lib.so+0x12", "", 0}};
    EXPECT_EQ(call_path_text(site, 1), "model.py:12 in residual, inside lib.so+0x12");
}

TEST(Words, NumbersFoldIntoRanges) {
    EXPECT_EQ(numbers_text({0, 1, 2, 3}), "0..3");
    EXPECT_EQ(numbers_text({0, 2, 3, 5, 6, 7}), "0, 2, 3, 5..7");
    EXPECT_EQ(devices_text({0, 1}, 2), "both devices");
    EXPECT_EQ(devices_text({4}, 8), "device 4");
    EXPECT_EQ(devices_text({}, 8), "a device not known");
}

TEST(Words, CoresAreCounted) {
    EXPECT_EQ(cores_text({{0, 0, 7, 6}}), "cores 0-0..7-6 (56)");
    EXPECT_EQ(cores_text({{0, 0, 7, 3}, {0, 4, 2, 4}}), "cores 0-0..7-3, 0-4..2-4 (35)");
    EXPECT_EQ(cores_text({}), "every core");
}

TEST(Words, SignalsHaveTheirNames) {
    EXPECT_EQ(signal_name(9), "SIGKILL");
    EXPECT_EQ(signal_name(11), "SIGSEGV");
    EXPECT_EQ(signal_name(31), "SIGSYS");
    EXPECT_EQ(signal_name(40), "signal 40");
    EXPECT_EQ(signal_name(-1), "signal -1");
}

}  // namespace
}  // namespace plimsoll::findings
