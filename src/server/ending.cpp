#include "server/ending.hpp"

#include <signal.h>
#include <sys/signalfd.h>

namespace plimsoll::server {

UniqueFd signals_to_end() {
    sigset_t set;
    ::sigemptyset(&set);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) ::sigaddset(&set, signal);
    ::sigprocmask(SIG_BLOCK, &set, nullptr);
    return UniqueFd(::signalfd(-1, &set, SFD_CLOEXEC));
}

}  // namespace plimsoll::server
