#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "export/baseline_json.hpp"
#include "export/values.hpp"

namespace plimsoll::exporting {
namespace {

using testing::HasSubstr;

gate::Baseline baseline() {
    gate::Baseline made;
    made.package = "ttnn 0.81.1";
    made.accepted = {
        {{"left-at-exit", "user", "", "buffer", "dram", "ttnn.add", {"model.py in forward"}},
         {2, 8192}},
        {{"unattributed", "unknown", std::string(5000, 'k'), "unknown", "l1", "", {}}, {1, 0}}};
    return made;
}

std::string problem(const std::string& text) {
    const auto read = read_baseline(text);
    const auto* why = std::get_if<NotABaseline>(&read);
    return why == nullptr ? "" : why->what + " / " + why->todo;
}

// The baseline above, with something else in its first element.
std::string changed(const char* field, const Json& value) {
    Json json = Json::parse(baseline_json(baseline()));
    json["accepted"][0][field] = value;
    return json.dump();
}

TEST(ReadBaseline, ReadsWhatWasWritten) {
    const auto read = read_baseline(baseline_json(baseline()));
    const auto& back = std::get<gate::Baseline>(read);
    EXPECT_EQ(back.package, "ttnn 0.81.1");
    ASSERT_EQ(back.accepted.size(), 2u);
    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_EQ(back.accepted[i].key, baseline().accepted[i].key);
        EXPECT_EQ(back.accepted[i].amount, baseline().accepted[i].amount);
    }
}

TEST(ReadBaseline, SaysWhatIsWrongAndHowToMend) {
    EXPECT_THAT(problem(""), HasSubstr("is empty / write it anew: plimsoll check"));
    EXPECT_THAT(problem("{"), HasSubstr("is cut"));
    EXPECT_THAT(problem("x"), HasSubstr("is not JSON"));
    EXPECT_THAT(problem("[]"), HasSubstr("no baseline of plimsoll check"));
    EXPECT_THAT(problem(R"({"schema": 1, "findings": []})"), HasSubstr("no baseline"));
    EXPECT_THAT(problem(R"({"baseline": 2})"),
                HasSubstr("of format 2; this release knows format 1"));
    EXPECT_THAT(problem(R"({"baseline": 1})"), HasSubstr("no list 'accepted'"));
    EXPECT_THAT(problem(changed("code", "leftover")), HasSubstr("accepts 'leftover'"));
}

TEST(ReadBaseline, AcceptsNothingByMistake) {
    for (const auto& [field, value] : {std::pair<const char*, Json>{"count", -1},
                                       {"count", "2"},
                                       {"bytes", 1.5},
                                       {"bytes", nullptr},
                                       {"owner", nullptr},
                                       {"op", 7},
                                       {"call_site", "model.py"},
                                       {"call_site", Json::array({1})},
                                       {"code", nullptr}}) {
        EXPECT_THAT(problem(changed(field, value)), HasSubstr("element 1 ")) << field << value;
    }
    Json twice = Json::parse(baseline_json(baseline()));
    twice["accepted"].push_back(twice["accepted"][0]);
    EXPECT_THAT(problem(twice.dump()),
                HasSubstr("element 3 of its list 'accepted' is there twice"));
}

}  // namespace
}  // namespace plimsoll::exporting
