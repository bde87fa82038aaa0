#include "http/token.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace plimsoll::http {
namespace {

namespace fs = std::filesystem;

class TokenFile : public testing::Test {
  protected:
    TokenFile() {
        char name[] = "/tmp/plimsoll.test.XXXXXX";
        folder_ = ::mkdtemp(name);
    }
    ~TokenFile() override { fs::remove_all(folder_); }

    std::string write(const std::string& text, mode_t mode = 0600) {
        const fs::path path = folder_ / "token";
        std::ofstream(path) << text;
        ::chmod(path.c_str(), mode);
        return path;
    }

    fs::path folder_;
};

TEST(Token, IsAnotherEachTime) {
    const std::string token = make_token().value();
    EXPECT_EQ(token.size(), 64u);
    EXPECT_NE(token, make_token().value());
}

TEST(Token, IsTheSameAsItselfAlone) {
    EXPECT_TRUE(is_same_token("abc", "abc"));
    for (const char* shown : {"", "ab", "abd", "bbc", "abcd"}) {
        EXPECT_FALSE(is_same_token("abc", shown)) << shown;
    }
}

TEST_F(TokenFile, IsMadeForItsUserAloneAndKept) {
    const std::string path = folder_ / "made";
    const Result<std::string> token = read_or_make_token(path);
    ASSERT_TRUE(token);
    EXPECT_EQ(fs::status(path).permissions(), fs::perms{0600});
    EXPECT_EQ(read_or_make_token(path).value(), token.value());
    EXPECT_EQ(read_token(path).value(), token.value());
    EXPECT_EQ(read_or_make_token(folder_ / "not" / "there").error().number, ENOENT);
}

TEST_F(TokenFile, ItsFirstLineIsTheToken) {
    EXPECT_EQ(read_token(write("0123456789-._~+/=\n# of the exporter\n")).value(),
              "0123456789-._~+/=");
}

TEST_F(TokenFile, WhatOthersMayReadIsRefused) {
    EXPECT_EQ(read_token(write("0123456789abcdef\n", 0640)).error().number, EPERM);
    EXPECT_EQ(read_token(write("0123456789abcdef\n", 0604)).error().number, EPERM);
    fs::create_symlink(write("0123456789abcdef\n"), folder_ / "link");
    EXPECT_EQ(read_token(folder_ / "link").error().number, ELOOP);
    EXPECT_EQ(read_token(folder_).error().number, EPERM);
}

TEST_F(TokenFile, WhatIsNoTokenIsRefused) {
    for (const std::string text :
         {"", "\n", "short", "0123456789 abcdef", "0123456789abcdef\r\n"}) {
        EXPECT_EQ(read_token(write(text)).error().number, EINVAL) << text;
    }
    EXPECT_EQ(read_token(write(std::string(kLongestToken + 1, 'a'))).error().number, EINVAL);
    EXPECT_TRUE(read_token(write(std::string(kLongestToken, 'a'))));
}

}  // namespace
}  // namespace plimsoll::http
