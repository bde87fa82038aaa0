#include "http/admission.hpp"

#include <gtest/gtest.h>

namespace plimsoll::http {
namespace {

TEST(OwnHost, IsAnAddressOrLocalhostWithAnyPort) {
    for (const char* host : {"127.0.0.1:9464", "127.0.0.1", "localhost:80", "LocalHost", "[::1]:1",
                             "[::1]", "10.1.2.3:9464", "[fe80::1]:65535"}) {
        EXPECT_TRUE(is_own_host(host, {})) << host;
    }
}

TEST(OwnHost, IsNoNameThatDnsCouldGiveAway) {
    for (const char* host : {"", "evil.example", "evil.example:9464", "localhost.evil.example",
                             "127.0.0.1.evil.example", "127.0.0.1:80.evil.example", "127.0.0.1:1:2",
                             "[::1].evil.example", "[::1", "[localhost]", "127.1", "0x7f000001",
                             " localhost", "localhost@evil.example"}) {
        EXPECT_FALSE(is_own_host(host, {})) << host;
    }
    EXPECT_FALSE(is_own_host(std::string_view("127.0.0.1\0.evil", 15), {}));
}

TEST(OwnHost, OtherNamesAreGiven) {
    const std::vector<std::string> names = {"node7.lab", ""};
    EXPECT_TRUE(is_own_host("node7.lab:9464", names));
    EXPECT_TRUE(is_own_host("NODE7.lab", names));
    EXPECT_FALSE(is_own_host("node8.lab", names));
    EXPECT_FALSE(is_own_host("x.node7.lab", names));
    EXPECT_FALSE(is_own_host("", names));
}

TEST(CrossSite, IsWhatAPageOfAnotherPlaceAsks) {
    const auto is_cross = [](std::string_view site, std::string_view origin) {
        return is_cross_site({"127.0.0.1:9464", origin, site, {}});
    };
    EXPECT_FALSE(is_cross("", "")) << "curl, Prometheus";
    EXPECT_FALSE(is_cross("none", "")) << "typed by the user";
    EXPECT_FALSE(is_cross("same-origin", "http://127.0.0.1:9464"));
    EXPECT_FALSE(is_cross("same-origin", "https://127.0.0.1:9464")) << "behind a proxy";
    EXPECT_TRUE(is_cross("cross-site", ""));
    EXPECT_TRUE(is_cross("same-site", "")) << "another port of this machine";
    EXPECT_TRUE(is_cross("same-origin", "http://evil.example"));
    EXPECT_TRUE(is_cross("", "http://127.0.0.1:9465"));
    EXPECT_TRUE(is_cross("", "null")) << "a sandboxed frame, a file";
    EXPECT_TRUE(is_cross("anything", ""));
}

TEST(ShownToken, IsInTheHeaderOfRfc6750) {
    const auto shows = [](std::string_view authorization) {
        return shows_token({{}, {}, {}, authorization}, "0123456789abcdef");
    };
    EXPECT_TRUE(shows("Bearer 0123456789abcdef"));
    EXPECT_TRUE(shows("bearer 0123456789abcdef"));
    for (const char* wrong :
         {"", "Bearer", "Bearer ", "Bearer 0123456789abcdeF", "0123456789abcdef",
          "Basic 0123456789abcdef", "Bearer  0123456789abcdef", "Bearer 0123456789abcdef "}) {
        EXPECT_FALSE(shows(wrong)) << wrong;
    }
    EXPECT_FALSE(shows_token({{}, {}, {}, "Bearer "}, "")) << "no token lets nobody in";
}

}  // namespace
}  // namespace plimsoll::http
