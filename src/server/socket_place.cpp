#include "server/socket_place.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "collect/listener.hpp"
#include "collect/seqpacket.hpp"

namespace plimsoll::server {

namespace fs = std::filesystem;

Result<UniqueFd> take_place(const fs::path& path) {
    const bool for_all = ::geteuid() == 0;
    const fs::path folder = path.parent_path();
    if (!folder.empty() && ::mkdir(folder.c_str(), for_all ? 0755 : 0700) != 0 && errno != EEXIST) {
        return Error{"the folder of the socket cannot be made", errno};
    }
    std::error_code failed;
    if (fs::is_socket(path, failed)) {
        if (collect::is_listened_to(path.string())) {
            return Error{"a server listens there already", EADDRINUSE};
        }
        if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
            return Error{"the socket of a server that is gone cannot be taken away", errno};
        }
    }
    Result<UniqueFd> socket = collect::listen_at(path.string());
    if (socket && ::chmod(path.c_str(), for_all ? 0666 : 0600) != 0) {
        return Error{"the socket cannot be opened to its users", errno};
    }
    return socket;
}

}  // namespace plimsoll::server
