#include "protocol/answer.hpp"

#include <gtest/gtest.h>

namespace plimsoll::protocol {
namespace {

TEST(Answer, GivesTheIdBackAndTheBodyWhole) {
    const std::string text = write_answer("\"x\"", "snapshot", "{\n \"a\": [1]}");
    EXPECT_EQ(text,
              "{\"protocol\":1,\"id\":\"x\",\"answer\":\"snapshot\",\"body\":{\n \"a\": [1]}}");
    const auto read = read_answer(text);
    EXPECT_EQ(std::get<Answer>(read).what, "snapshot");
    EXPECT_EQ(std::get<Answer>(read).body, "{\"a\":[1]}");
}

TEST(Answer, AFailureKeepsItsCode) {
    const auto read = read_answer(write_failure({Failure::Code::not_found, "no process 7", "3"}));
    EXPECT_EQ(std::get<Failure>(read).code, Failure::Code::not_found);
    EXPECT_EQ(std::get<Failure>(read).message, "no process 7");
    for (const char* none : {"", "[]", "{}", "{\"body\": "}) {
        EXPECT_TRUE(std::holds_alternative<Failure>(read_answer(none))) << none;
    }
}

TEST(Answer, MarksAreReadAsTheyAreWritten) {
    const std::vector<Mark> marks =
        read_marks(marks_body({{"before", 5, {{12, 700}, {13, 0}}}, {"after", 0, {}}}));
    ASSERT_EQ(marks.size(), 2u);
    EXPECT_EQ(marks[0].name, "before");
    EXPECT_EQ(marks[0].age_ns, 5u);
    EXPECT_EQ(marks[0].last_ids.at(12), 700u);
    EXPECT_TRUE(read_marks("{\"marks\": 3}").empty());
}

TEST(Answer, ProcessesAreNamedAndNotesKept) {
    const ProcessNames names = read_processes(
        R"({"processes": [{"pid": 5, "namespace_pid": null, "start_time": 9}, {}],
            "notes": ["gone", 1]})");
    ASSERT_EQ(names.running.size(), 2u);
    EXPECT_EQ(names.running[0].pid, 5);
    EXPECT_EQ(names.running[0].namespace_pid, 0);
    EXPECT_EQ(names.running[0].start_time, 9u);
    EXPECT_EQ(names.notes, std::vector<std::string>{"gone"});
}

}  // namespace
}  // namespace plimsoll::protocol
