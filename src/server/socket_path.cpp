#include "server/socket_path.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "collect/listener.hpp"

namespace plimsoll::server {

namespace fs = std::filesystem;

fs::path socket_path() {
    constexpr const char* kBelow = "plimsoll/plimsolld.sock";
    const char* chosen = std::getenv("PLIMSOLL_SOCKET");
    if (chosen != nullptr && *chosen != '\0') return chosen;
    const char* runtime = std::getenv("XDG_RUNTIME_DIR");
    if (runtime != nullptr && *runtime != '\0') return fs::path(runtime) / kBelow;
    return fs::path("/run") / kBelow;
}

Result<bool> make_room(const fs::path& socket) {
    constexpr mode_t kOwnerOnly = 0700;
    const fs::path folder = socket.parent_path();
    if (!folder.empty() && ::mkdir(folder.c_str(), kOwnerOnly) != 0 && errno != EEXIST) {
        return Error{"the folder of the socket cannot be made", errno};
    }
    std::error_code failed;
    if (!fs::is_socket(socket, failed)) return true;
    if (collect::is_listened_to(socket.string())) {
        return Error{"a server listens there already", EADDRINUSE};
    }
    if (::unlink(socket.c_str()) != 0 && errno != ENOENT) {
        return Error{"the socket of a server that is gone cannot be taken away", errno};
    }
    return true;
}

}  // namespace plimsoll::server
