#include "server/socket_place.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>

namespace plimsoll::server {
namespace {

namespace fs = std::filesystem;

class SocketPlace : public testing::Test {
  protected:
    SocketPlace() {
        char name[] = "/tmp/plimsoll.test.XXXXXX";
        folder_ = ::mkdtemp(name);
    }
    ~SocketPlace() override { fs::remove_all(folder_); }

    fs::path folder_;
};

TEST_F(SocketPlace, IsForItsUserOnlyUnlessItIsRoots) {
    const fs::path socket = folder_ / "below" / "socket";
    ASSERT_TRUE(take_place(socket));
    const bool root = ::geteuid() == 0;
    EXPECT_EQ(fs::status(folder_ / "below").permissions(),
              root ? fs::perms{0755} : fs::perms{0700});
    EXPECT_EQ(fs::status(socket).permissions(), root ? fs::perms{0666} : fs::perms{0600});
    EXPECT_EQ(take_place(folder_ / "not" / "there" / "socket").error().number, ENOENT);
}

TEST_F(SocketPlace, AServerThatListensIsLeftAloneAndOneThatIsGoneIsReplaced) {
    const fs::path socket = folder_ / "socket";
    {
        const Result<UniqueFd> first = take_place(socket);
        ASSERT_TRUE(first);
        EXPECT_EQ(take_place(socket).error().number, EADDRINUSE);
    }
    EXPECT_TRUE(fs::exists(socket));
    EXPECT_TRUE(take_place(socket));
}

}  // namespace
}  // namespace plimsoll::server
