#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "protocol/failure.hpp"

namespace plimsoll::protocol {

// One answer as text: `body` is JSON.
std::string write_answer(std::string_view id, std::string_view what, std::string_view body);
std::string write_failure(const Failure& failure);

// Bodies that the commands do not print: hello's, and those of marks.
std::string hello_body(std::string_view plimsoll);

// A moment that somebody named: how far each process had come then. Allocations with a higher id
// were made later.
struct Mark {
    std::string name;
    std::uint64_t age_ns = 0;
    std::map<std::int32_t, std::uint64_t> last_ids;  // by pid
};
std::string mark_body(const Mark& mark);
std::string marks_body(const std::vector<Mark>& marks);

// What a client of ours has to know of an answer.
struct Answer {
    std::string what;
    std::string body;
};
std::variant<Answer, Failure> read_answer(std::string_view text);
std::vector<Mark> read_marks(std::string_view body);

// Of a snapshot: which processes there are, and what the server says of those that have ended.
struct ProcessName {
    std::int32_t pid = 0;
    std::int32_t namespace_pid = 0;
    std::uint64_t start_time = 0;
};
struct ProcessNames {
    std::vector<ProcessName> running;
    std::vector<std::string> notes;
};
ProcessNames read_processes(std::string_view body);

}  // namespace plimsoll::protocol
