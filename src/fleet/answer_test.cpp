#include "fleet/answer.hpp"

#include <gtest/gtest.h>

namespace plimsoll::fleet {
namespace {

std::string why(std::string_view text) { return std::get<Refused>(read_answer(text)).why; }

TEST(Answer, IsRowsWithLabelsAndNumbers) {
    const auto answer = read_answer(
        R"({"status":"success","data":{"resultType":"vector","result":[
            {"metric":{"instance":"a","device":"0"},"value":[1700000000.1,"1.5e+3"]},
            {"metric":{},"value":[1700000000,"7"]}]}})");
    const Rows& rows = std::get<Rows>(answer);
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0].label("instance"), "a");
    EXPECT_EQ(rows[0].label("none"), "");
    EXPECT_EQ(rows[0].value, 1500);
    EXPECT_EQ(rows[1].value, 7);
}

TEST(Answer, TellsWhatTheServerRefused) {
    EXPECT_EQ(why(R"({"status":"error","errorType":"bad_data","error":"parse error"})"),
              "it says: parse error");
}

TEST(Answer, OfAnythingElseIsRefused) {
    for (const char* text :
         {"", "<html>", "[]", "{}", R"({"status":"success"})", R"({"status":"success","data":[]})",
          R"({"status":"success","data":{"result":7}})",
          R"({"status":"success","data":{"result":[7]}})",
          R"({"status":"success","data":{"result":[{"metric":{},"value":[1,2]}]}})",
          R"({"status":"success","data":{"result":[{"metric":[],"value":[1,"2"]}]}})",
          R"({"status":"success","data":{"result":[{"value":[1,"2"]}]}})"}) {
        EXPECT_EQ(why(text), "its answer is none of Prometheus' API") << text;
    }
}

TEST(Answer, IsAskedForWithEveryCharacterInItsPlace) {
    EXPECT_EQ(url_of_query("http://a:9090/prefix/", "a{b=\"ä\"} > 0"),
              "http://a:9090/prefix/api/v1/query?query=a%7Bb%3D%22%C3%A4%22%7D%20%3E%200");
}

}  // namespace
}  // namespace plimsoll::fleet
