#include "server/server.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>

#include "collect/listener.hpp"
#include "findings/words.hpp"
#include "ledger/merge.hpp"
#include "protocol/socket_path.hpp"
#include "server/announcer.hpp"
#include "server/documents.hpp"
#include "server/ending.hpp"
#include "server/http_door.hpp"
#include "server/live_page.hpp"
#include "server/metrics_page.hpp"
#include "server/reception.hpp"
#include "server/service_manager.hpp"
#include "server/socket_place.hpp"
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

// Two descriptors for each process: the usual 1024 are soon too few.
void want_many_descriptors() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

class Server {
  public:
    Server(collect::Listener listener, Inherited inherited, std::unique_ptr<http::Door> door,
           const Options& options)
        : list_(options.limits),
          reception_(std::move(listener), list_, options.limits),
          manager_(std::move(inherited.kept)),
          page_(list_, options.limits),
          door_(std::move(door)),
          quiet_(options.quiet) {
        if (door_) {
            metrics_.emplace(list_, options.limits, options.metrics);
            add_routes();
        }
        for (collect::Arrival& process : inherited.processes) list_.adopt(std::move(process));
        manager_.say_ready();
    }

    void run() {
        const UniqueFd ending = signals_to_end();
        constexpr int kBusyMs = 10;
        constexpr int kIdleMs = 640;
        int sleep_ms = kBusyMs;
        for (;;) {
            std::vector<pollfd> waits = reception_.waits();
            waits.push_back({ending.get(), POLLIN, 0});
            const std::size_t end = waits.size() - 1;
            if (door_) waits.push_back({door_->fd(), POLLIN, 0});
            ::poll(waits.data(), waits.size(), door_ ? door_->wait_ms(sleep_ms) : sleep_ms);
            if ((waits[end].revents & POLLIN) != 0) return;
            const bool busy = look();
            sleep_ms = busy ? kBusyMs : std::min(sleep_ms * 2, kIdleMs);
        }
    }

  private:
    // What is served over HTTP.
    void add_routes() {
        door_->add({"/healthz", http::Access::anyone,
                    [](const collect::Asker&) { return http::plain(200, "ok"); }});
        page_.add_to(*door_);
        door_->add({"/metrics", http::Access::asker,
                    [this](const http::Request& request) { return metrics_answer(request); }});
    }

    // Sums of what all users hold: for the one who runs the server, and for those who see all.
    http::Answer metrics_answer(const http::Request& request) {
        if (!request.may_see(::geteuid())) {
            return http::plain(403, "metrics are sums over all users: not for this one");
        }
        MetricsPage::Answer answer =
            metrics_->answer(std::string(request.scraper), std::string(request.accept));
        return {200, answer.content_type,
                std::make_shared<const std::string>(std::move(answer.text))};
    }

    // Whether anything had happened.
    bool look() {
        bool busy = reception_.serve();
        if (door_) door_->serve();
        const Clock::time_point now = Clock::now();
        // Those that came before the server, or could not reach it.
        if (now >= next_search_) {
            busy = list_.adopt_running() > 0 || busy;
            next_search_ = now + 10s;
        }
        busy = list_.drain() > 0 || busy;
        const std::vector<LastWord> ended = list_.retire_ended();
        if (metrics_) metrics_->remember(ended);
        for (const LastWord& word : ended) say(findings::last_word(word.process) + "\n");
        manager_.keep(list_.running());
        changed_ = changed_ || busy || !ended.empty();
        announce(now);
        return busy || !ended.empty();
    }

    void announce(Clock::time_point now) {
        if (!announcer_.may_print(now)) return;
        // One who watches may have been too slow for the last change.
        if (changed_ || reception_.has_watchers()) {
            const std::vector<ledger::ProcessView> figures = list_.figures();
            reception_.tell_watchers(figures, list_.users());
            statistics_ = view::statistics(ledger::merge(figures));
        }
        changed_ = false;
        if (announcer_.is_due(statistics_, now)) say(statistics_);
    }

    void say(const std::string& text) const {
        if (quiet_) return;
        std::fputs(text.c_str(), stdout);
        std::fflush(stdout);
    }

    WatchList list_;
    Reception reception_;
    ServiceManager manager_;
    LivePage page_;
    std::optional<MetricsPage> metrics_;  // nothing: no HTTP
    std::unique_ptr<http::Door> door_;    // null: no HTTP
    Announcer announcer_;
    Clock::time_point next_search_{};
    std::string statistics_;
    bool changed_ = true;
    bool quiet_;
};

}  // namespace

int serve(const Options& options) {
    if (options.documents >= 0) return serve_documents(options);
    Inherited inherited = ServiceManager::inherit();
    want_many_descriptors();
    const std::filesystem::path place =
        options.socket.empty() ? protocol::socket_path() : options.socket;
    const bool is_ours = !inherited.socket;
    Result<UniqueFd> socket =
        is_ours ? take_place(place) : Result<UniqueFd>(std::move(inherited.socket));
    if (!socket) return fail(socket.error(), place);
    Result<collect::Listener> listener = collect::Listener::adopt(std::move(socket).value());
    if (!listener) return fail(listener.error(), place);
    std::unique_ptr<http::Door> door;
    std::filesystem::path token_file = options.http.token_file;
    if (token_file.empty()) token_file = place.string() + ".token";
    if (!options.http.address.empty()) {
        door = open_http(options, token_file);
        if (!door) {
            if (is_ours) ::unlink(place.c_str());
            return kOwnFailure;
        }
    }
    if (!options.quiet) {
        fmt::print("plimsolld: listening at {}\n",
                   is_ours ? place.string() : "the service manager's socket");
        if (door) fmt::print("plimsolld: HTTP at {}\n", place_of_page(*door, token_file));
        std::fflush(stdout);
    }
    Server(std::move(listener).value(), std::move(inherited), std::move(door), options).run();
    if (is_ours) ::unlink(place.c_str());
    return 0;
}

}  // namespace plimsoll::server
