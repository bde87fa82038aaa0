#include "server/server.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>

#include "collect/listener.hpp"
#include "ledger/merge.hpp"
#include "server/announcer.hpp"
#include "server/socket_path.hpp"
#include "server/watch_list.hpp"
#include "view/statistics.hpp"

namespace plimsoll::server {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

int fail(const Error& error, const std::filesystem::path& socket) {
    fmt::print(stderr,
               "plimsolld: {} at '{}': {}\n"
               "  expected: a path that this user may make a socket at\n"
               "  to do: plimsolld --socket PATH, and PLIMSOLL_SOCKET=PATH for the programs\n",
               error.text, socket.string(), std::strerror(static_cast<int>(error.number)));
    return kOwnFailure;
}

UniqueFd signals_to_end() {
    sigset_t set;
    ::sigemptyset(&set);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) ::sigaddset(&set, signal);
    ::sigprocmask(SIG_BLOCK, &set, nullptr);
    return UniqueFd(::signalfd(-1, &set, SFD_CLOEXEC));
}

class Server {
  public:
    Server(collect::Listener listener, bool quiet)
        : listener_(std::move(listener)), quiet_(quiet) {}

    void run() {
        const UniqueFd ending = signals_to_end();
        constexpr int kBusyMs = 10;
        constexpr int kIdleMs = 640;
        int sleep_ms = kBusyMs;
        for (;;) {
            pollfd ready[2] = {{ending.get(), POLLIN, 0}, {listener_.fd(), POLLIN, 0}};
            ::poll(ready, 2, sleep_ms);
            if ((ready[0].revents & POLLIN) != 0) return;
            const bool busy = look();
            sleep_ms = busy ? kBusyMs : std::min(sleep_ms * 2, kIdleMs);
        }
    }

  private:
    // Whether anything had happened.
    bool look() {
        bool busy = false;
        while (auto arrival = listener_.accept()) {
            list_.adopt(std::move(*arrival));
            busy = true;
        }
        const Clock::time_point now = Clock::now();
        // Those that came before the server, or could not reach it.
        if (now >= next_search_) {
            busy = list_.adopt_running() > 0 || busy;
            next_search_ = now + 10s;
        }
        busy = list_.drain() > 0 || busy;
        const std::vector<ledger::ProcessView> ended = list_.retire_ended();
        for (const ledger::ProcessView& process : ended) say(view::last_word(process));
        changed_ = changed_ || busy || !ended.empty();
        announce(now);
        return busy || !ended.empty();
    }

    void announce(Clock::time_point now) {
        if (quiet_ || !announcer_.may_print(now)) return;
        if (changed_) statistics_ = view::statistics(ledger::merge(list_.figures()));
        changed_ = false;
        if (announcer_.is_due(statistics_, now)) say(statistics_);
    }

    void say(const std::string& text) const {
        if (quiet_) return;
        std::fputs(text.c_str(), stdout);
        std::fflush(stdout);
    }

    collect::Listener listener_;
    WatchList list_;
    Announcer announcer_;
    Clock::time_point next_search_{};
    std::string statistics_;
    bool changed_ = true;
    bool quiet_;
};

}  // namespace

int serve(const Options& options) {
    const std::filesystem::path socket = options.socket.empty() ? socket_path() : options.socket;
    const Result<bool> room = make_room(socket);
    if (!room) return fail(room.error(), socket);
    Result<collect::Listener> listener = collect::Listener::listen(socket.string());
    if (!listener) return fail(listener.error(), socket);
    if (!options.quiet) {
        fmt::print("plimsolld: listening at {}\n", socket.string());
        std::fflush(stdout);
    }
    Server(std::move(listener).value(), options.quiet).run();
    ::unlink(socket.c_str());
    return 0;
}

}  // namespace plimsoll::server
