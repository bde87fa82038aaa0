#include "metrics/exposition.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace plimsoll::metrics {
namespace {

using Type = Family::Type;

TEST(Exposition, HasUnitsAndAnEndInOpenMetrics) {
    const std::vector<Family> families = {
        {"held_bytes", Type::gauge, "Held.", "bytes", {{{{"device", "0"}}, 7}, {{}, 8}}},
        {"frees", Type::counter, "Freed.", "", {{{{"kind", "buffer"}}, 3}}},
        {"build", Type::info, "Built.", "", {{{{"version", "1"}}, 1}}}};
    EXPECT_EQ(exposition(families, Format::open_metrics),
              "# TYPE held_bytes gauge\n# UNIT held_bytes bytes\n# HELP held_bytes Held.\n"
              "held_bytes{device=\"0\"} 7\nheld_bytes 8\n"
              "# TYPE frees counter\n# HELP frees Freed.\nfrees_total{kind=\"buffer\"} 3\n"
              "# TYPE build info\n# HELP build Built.\nbuild_info{version=\"1\"} 1\n"
              "# EOF\n");
}

TEST(Exposition, NamesCountersWithTheirSuffixInText) {
    const std::vector<Family> families = {
        {"frees", Type::counter, "Freed.", "", {{{}, 3}}},
        {"build", Type::info, "Built.", "", {{{{"version", "1"}}, 1}}}};
    EXPECT_EQ(exposition(families, Format::text),
              "# TYPE frees_total counter\n# HELP frees_total Freed.\nfrees_total 3\n"
              "# TYPE build_info gauge\n# HELP build_info Built.\nbuild_info{version=\"1\"} 1\n");
}

TEST(Exposition, SaysNothingOfAFamilyWithoutASample) {
    EXPECT_EQ(exposition({{"held_bytes", Type::gauge, "Held."}}, Format::text), "");
    EXPECT_EQ(exposition({{"held_bytes", Type::gauge, "Held."}}, Format::open_metrics), "# EOF\n");
}

TEST(Exposition, KeepsALabelOnItsLineWhateverIsInIt) {
    const std::vector<Family> families = {
        {"a", Type::gauge, "A.", "", {{{{"process", "x\"}\n\\ \xff\xc3\xa4"}}, 1}}}};
    EXPECT_EQ(exposition(families, Format::text),
              "# TYPE a gauge\n# HELP a A.\n"
              "a{process=\"x\\\"}\\n\\\\ \xEF\xBF\xBD\xc3\xa4\"} 1\n");
}

TEST(Exposition, WritesEveryByteOfALargeNumber) {
    const std::vector<Family> families = {
        {"a", Type::gauge, "A.", "", {{{}, std::numeric_limits<std::uint64_t>::max()}}}};
    EXPECT_NE(exposition(families, Format::text).find("a 18446744073709551615\n"),
              std::string::npos);
}

TEST(Exposition, IsInTheFormatThatIsAskedFor) {
    EXPECT_EQ(format_for("application/openmetrics-text;version=1.0.0,text/plain;q=0.5"),
              Format::open_metrics);
    EXPECT_EQ(format_for("text/plain;version=0.0.4;q=1,*/*;q=0.1"), Format::text);
    EXPECT_EQ(format_for(""), Format::text);
}

}  // namespace
}  // namespace plimsoll::metrics
