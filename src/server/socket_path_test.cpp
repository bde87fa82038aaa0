#include "server/socket_path.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <optional>

#include "collect/listener.hpp"

namespace plimsoll::server {
namespace {

namespace fs = std::filesystem;

class SocketPath : public testing::Test {
  protected:
    SocketPath() {
        char name[] = "/tmp/plimsoll.test.XXXXXX";
        folder_ = ::mkdtemp(name);
    }
    ~SocketPath() override { fs::remove_all(folder_); }

    fs::path folder_;
};

TEST_F(SocketPath, IsTheCallersElseInTheRuntimeFolderElseInRun) {
    ::setenv("PLIMSOLL_SOCKET", "/a/socket", 1);
    EXPECT_EQ(socket_path(), "/a/socket");
    ::unsetenv("PLIMSOLL_SOCKET");
    ::setenv("XDG_RUNTIME_DIR", "/run/user/7", 1);
    EXPECT_EQ(socket_path(), "/run/user/7/plimsoll/plimsolld.sock");
    ::unsetenv("XDG_RUNTIME_DIR");
    EXPECT_EQ(socket_path(), "/run/plimsoll/plimsolld.sock");
}

TEST_F(SocketPath, RoomIsAFolderThatOnlyTheOwnerMayEnter) {
    const fs::path socket = folder_ / "below" / "socket";
    ASSERT_TRUE(make_room(socket));
    EXPECT_EQ(fs::status(folder_ / "below").permissions(), fs::perms::owner_all);
    EXPECT_EQ(make_room(folder_ / "not" / "there" / "socket").error().number, ENOENT);
}

TEST_F(SocketPath, AServerThatListensIsLeftAloneAndOneThatIsGoneIsReplaced) {
    const fs::path socket = folder_ / "socket";
    {
        std::optional<collect::Listener> listener =
            std::move(collect::Listener::listen(socket.string())).value();
        EXPECT_EQ(make_room(socket).error().number, EADDRINUSE);
    }
    EXPECT_TRUE(fs::exists(socket));
    ASSERT_TRUE(make_room(socket));
    EXPECT_FALSE(fs::exists(socket));
}

}  // namespace
}  // namespace plimsoll::server
