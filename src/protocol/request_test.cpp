#include "protocol/request.hpp"

#include <gtest/gtest.h>

namespace plimsoll::protocol {
namespace {

Request request(std::string_view text) {
    auto read = read_request(text);
    if (const auto* failure = std::get_if<Failure>(&read)) {
        ADD_FAILURE() << failure->message;
        return {};
    }
    return std::get<Request>(read);
}

Failure failure(std::string_view text) {
    auto read = read_request(text);
    if (const auto* failure = std::get_if<Failure>(&read)) return *failure;
    ADD_FAILURE() << "it was understood: " << text;
    return {};
}

TEST(Request, IsReadAsItIsWritten) {
    Request asked;
    asked.ask = Ask::snapshot;
    asked.selection.pid = 12;
    asked.selection.device = 0;
    asked.selection.region = Region::l1_small;
    asked.selection.kind = Kind::semaphore;
    asked.selection.owner = Owner::runtime;
    asked.allocations = true;
    asked.name = "before";
    const Request read = request(write_request(asked));
    EXPECT_EQ(read.ask, Ask::snapshot);
    EXPECT_EQ(read.selection.pid, 12);
    EXPECT_EQ(read.selection.device, 0);
    EXPECT_EQ(read.selection.region, Region::l1_small);
    EXPECT_EQ(read.selection.kind, Kind::semaphore);
    EXPECT_EQ(read.selection.owner, Owner::runtime);
    EXPECT_TRUE(read.allocations);
    EXPECT_EQ(read.name, "before");
}

TEST(Request, ANewerClientsFieldsAreLeftAside) {
    const Request read = request(
        R"({"request": "hello", "protocol": 7, "oldest_protocol": 1, "id": "x", "new": [[1]]})");
    EXPECT_EQ(read.ask, Ask::hello);
    EXPECT_EQ(read.id, "\"x\"");
    EXPECT_EQ(failure(R"({"request": "hello", "oldest_protocol": 2, "id": 9})").code,
              Failure::Code::unsupported_protocol);
    EXPECT_EQ(failure(R"({"request": "divine", "id": 9})").code, Failure::Code::unknown_request);
    EXPECT_EQ(failure(R"({"request": "divine", "id": 9})").id, "9");
}

TEST(Request, WhatIsNoRequestIsNamed) {
    EXPECT_EQ(failure("").code, Failure::Code::bad_json);
    EXPECT_EQ(failure("[]").code, Failure::Code::bad_json);
    EXPECT_EQ(failure("{\"request\": ").code, Failure::Code::bad_json);
    EXPECT_EQ(failure("{}").code, Failure::Code::unknown_request);
    EXPECT_EQ(failure(R"({"request": 3})").code, Failure::Code::unknown_request);
    EXPECT_EQ(failure(R"({"request": "leaks"})").message, "'pid' is missing");
    EXPECT_EQ(failure(R"({"request": "mark"})").message, "'name' is missing");
    EXPECT_EQ(failure(R"({"request": "dump", "pid": -1})").message,
              "'pid' must be a number that is not negative");
    EXPECT_EQ(failure(R"({"request": "dump", "pid": 18446744073709551615})").code,
              Failure::Code::bad_argument);
    EXPECT_EQ(failure(R"({"request": "snapshot", "region": "rom"})").message,
              "'region' must be one of dram, l1, l1_small, trace, system");
    EXPECT_EQ(failure(R"({"request": "snapshot", "allocations": 1})").message,
              "'allocations' must be true or false");
    EXPECT_EQ(failure(R"({"request": "mark", "name": ""})").code, Failure::Code::bad_argument);
}

TEST(Request, DeepNestingCostsNothing) {
    const std::string deep(100000, '[');
    EXPECT_EQ(failure(deep).code, Failure::Code::bad_json);
    EXPECT_EQ(failure("{\"id\": " + deep + std::string(100000, ']') + "}").code,
              Failure::Code::unknown_request);
}

}  // namespace
}  // namespace plimsoll::protocol
