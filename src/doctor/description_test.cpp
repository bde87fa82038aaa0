#include "doctor/description.hpp"

#include <gtest/gtest.h>

namespace plimsoll::doctor {
namespace {

constexpr const char* kLines =
    "python\t3.10.13\n"
    "call-sites\t0\tlines are known of Python 3.10 and 3.12 only\n"
    "capability\tlost\tcircular buffers\tcircular buffers are not seen\n"
    "function\tseam\t0\t_ZN2tt8tt_metal6detail11ProgramImplD1Ev\n"
    "function\taccessor\t1\t_ZNK2tt8tt_metal6Buffer7addressEv\n"
    "coverage\tbuffer\texact\t\n"
    "coverage\ttrace\tunknown\tnot reported\n";

TEST(Description, IsWhatTheLinesSay) {
    const Description found = parse_description(kLines);
    EXPECT_FALSE(found.call_sites);
    EXPECT_EQ(found.why_no_call_sites, "lines are known of Python 3.10 and 3.12 only");
    ASSERT_EQ(found.capabilities.size(), 1u);
    const Capability& circular = found.capabilities[0];
    EXPECT_EQ(circular.what, "circular buffers");
    EXPECT_EQ(circular.state, "lost");
    EXPECT_EQ(circular.text, "circular buffers are not seen");
    ASSERT_EQ(circular.functions.size(), 2u);
    EXPECT_EQ(circular.functions[0].name, "ProgramImpl::~ProgramImpl");
    EXPECT_TRUE(circular.functions[0].is_seam);
    EXPECT_FALSE(circular.functions[0].found);
    EXPECT_EQ(circular.functions[1].name, "Buffer::address");
    EXPECT_FALSE(circular.functions[1].is_seam);
    EXPECT_TRUE(circular.functions[1].found);
    ASSERT_EQ(found.coverage.size(), 2u);
    EXPECT_EQ(found.coverage[0].kind, "buffer");
    EXPECT_EQ(found.coverage[0].why, "");
    EXPECT_EQ(found.coverage[1].state, "unknown");
}

TEST(Description, OfLinesCutShortHasWhatTheyHold) {
    EXPECT_TRUE(parse_description("").capabilities.empty());
    const Description found = parse_description("function\tseam\ncapability\tthere\ncoverage");
    ASSERT_EQ(found.capabilities.size(), 1u);
    EXPECT_EQ(found.capabilities[0].what, "");
}

}  // namespace
}  // namespace plimsoll::doctor
