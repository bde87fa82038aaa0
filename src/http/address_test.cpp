#include "http/address.hpp"

#include <gtest/gtest.h>

namespace plimsoll::http {
namespace {

std::string read_and_written(const std::string& text) {
    const std::optional<Address> address = read_address(text);
    return address ? text_of(*address) : "none";
}

TEST(Address, OfAPort) {
    EXPECT_EQ(read_and_written("127.0.0.1:9464"), "127.0.0.1:9464");
    EXPECT_EQ(read_and_written("0.0.0.0:1"), "0.0.0.0:1");
    EXPECT_EQ(read_and_written("[::1]:65535"), "[::1]:65535");
    EXPECT_EQ(read_and_written("[::]:0"), "[::]:0");
}

TEST(Address, APortAloneIsLoopback) {
    EXPECT_EQ(read_and_written(":9464"), "127.0.0.1:9464");
    for (const char* text : {":9464", "127.3.4.5:1", "[::1]:1"}) {
        EXPECT_TRUE(std::get<Port>(*read_address(text)).is_loopback()) << text;
    }
    for (const char* text : {"0.0.0.0:1", "10.0.0.1:1", "[::]:1", "[::ffff:127.0.0.1]:1"}) {
        EXPECT_FALSE(std::get<Port>(*read_address(text)).is_loopback()) << text;
    }
}

TEST(Address, OfASocketFile) {
    EXPECT_EQ(read_and_written("unix:/run/plimsoll/http.sock"), "unix:/run/plimsoll/http.sock");
    EXPECT_EQ(read_and_written("unix:"), "none");
}

TEST(Address, WhatIsNone) {
    for (const char* text :
         {"", ":", "9464", "localhost:9464", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x",
          "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:1 ", "::1:9464", "[::1]", "[127.0.0.1]:1",
          "[]:1", "[:1", "]:1", "host:1"}) {
        EXPECT_EQ(read_and_written(text), "none") << text;
    }
    EXPECT_EQ(read_and_written(std::string("127.0.0.1\0:1", 12)), "none");
    EXPECT_EQ(read_and_written(std::string("unix:/a\0b", 9)), "none");
}

}  // namespace
}  // namespace plimsoll::http
