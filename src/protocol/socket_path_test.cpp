#include "protocol/socket_path.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace plimsoll::protocol {
namespace {

TEST(SocketPath, IsTheCallersElseInTheRuntimeFolderElseInRun) {
    ::setenv("PLIMSOLL_SOCKET", "/a/socket", 1);
    EXPECT_EQ(socket_path(), "/a/socket");
    ::unsetenv("PLIMSOLL_SOCKET");
    ::setenv("XDG_RUNTIME_DIR", "/run/user/7", 1);
    EXPECT_EQ(socket_path(), "/run/user/7/plimsoll/plimsolld.sock");
    ::unsetenv("XDG_RUNTIME_DIR");
    EXPECT_EQ(socket_path(), "/run/plimsoll/plimsolld.sock");
}

}  // namespace
}  // namespace plimsoll::protocol
