#include "http/door.hpp"

#include <microhttpd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string_view>

#include "collect/seqpacket.hpp"
#include "http/listening.hpp"

namespace plimsoll::http {
namespace {

// One that is hung up on stays for a moment, while the next is let in.
constexpr unsigned kLeaving = 16;

constexpr std::pair<const char*, const char*> kHeaders[] = {
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cache-Control", "no-store"},
};

std::string_view header(MHD_Connection* connection, const char* name) {
    const char* value = nullptr;
    std::size_t size = 0;
    const MHD_Result found = MHD_lookup_connection_value_n(
        connection, MHD_HEADER_KIND, name, std::char_traits<char>::length(name), &value, &size);
    return found == MHD_YES && value != nullptr ? std::string_view(value, size)
                                                : std::string_view();
}

bool is_read(std::string_view method) { return method == "GET" || method == "HEAD"; }

bool has_no_body(MHD_Connection* connection, std::string_view method) {
    return is_read(method) && header(connection, "Content-Length").empty() &&
           header(connection, "Transfer-Encoding").empty();
}

int socket_of(MHD_Connection* connection) {
    return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
}

// Null stays null.
MHD_Response* with_headers(MHD_Response* response, const char* type, const char* policy,
                           int status) {
    if (response == nullptr) return nullptr;
    for (const auto& [name, value] : kHeaders) MHD_add_response_header(response, name, value);
    MHD_add_response_header(response, "Content-Type", type);
    MHD_add_response_header(response, "Content-Security-Policy", policy);
    if (status == MHD_HTTP_METHOD_NOT_ALLOWED) {
        MHD_add_response_header(response, "Allow", "GET, HEAD");
    }
    if (status == MHD_HTTP_UNAUTHORIZED) {
        MHD_add_response_header(response, "WWW-Authenticate", "Bearer");
    }
    return response;
}

MHD_Response* response_of(const Answer& answer) {
    using Body = std::shared_ptr<const std::string>;
    auto held = std::make_unique<Body>(answer.body);
    const std::string& body = **held;
    MHD_Response* response = MHD_create_response_from_buffer_with_free_callback_cls(
        body.size(), const_cast<char*>(body.data()),
        [](void* held_body) { delete static_cast<Body*>(held_body); }, held.get());
    if (response != nullptr) (void)held.release();
    return with_headers(response, answer.content_type, answer.content_policy.c_str(),
                        answer.status);
}

}  // namespace

// No exception may pass through the library.
struct Door::Callbacks {
    static MHD_Result asked(void* self, MHD_Connection* connection, const char* path,
                            const char* method, const char*, const char*, std::size_t*,
                            void** seen) {
        // A connection that is answered at the first call is closed afterwards, whatever else comes
        // by it: that is for those who send more than a request.
        if (*seen == nullptr && has_no_body(connection, method)) {
            *seen = self;
            return MHD_YES;
        }
        auto* door = static_cast<Door*>(self);
        try {
            door->visits_.answering(connection, Visits::Clock::now());
            const auto received = door->receive(connection, path, method);
            const auto* refused = std::get_if<Answer>(&received);
            int status = refused != nullptr ? refused->status : MHD_HTTP_OK;
            const std::unique_ptr<MHD_Response, decltype(&MHD_destroy_response)> response(
                refused != nullptr
                    ? response_of(*refused)
                    : door->response_to(connection, std::get<Guest>(received), status),
                MHD_destroy_response);
            if (response == nullptr) return MHD_NO;
            return MHD_queue_response(connection, static_cast<unsigned>(status), response.get());
        } catch (const std::exception&) {
            return MHD_NO;
        }
    }

    static void answered(void* self, MHD_Connection* connection, void**,
                         MHD_RequestTerminationCode) {
        static_cast<Door*>(self)->visits_.asking(connection, Visits::Clock::now());
    }

    static void connected(void* self, MHD_Connection* connection, void**,
                          MHD_ConnectionNotificationCode what) {
        Visits& visits = static_cast<Door*>(self)->visits_;
        if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
            visits.end(connection);
            return;
        }
        try {
            visits.begin(connection, socket_of(connection), Visits::Clock::now());
        } catch (const std::exception&) {  // no memory: it is not waited for either
        }
    }

    // It tells of clients that are gone or confused, which is nobody's fault here.
    static void silent(void*, const char*, va_list) {}
};

void Door::DaemonEnd::operator()(MHD_Daemon* daemon) const { MHD_stop_daemon(daemon); }

Door::Door(DoorOptions options)
    : options_(std::move(options)),
      rates_(options_.limits.requests_per_second),
      visits_(options_.limits),
      streams_(options_.limits) {}

Door::~Door() {
    if (daemon_) {
        streams_.end();  // the library cannot stop while some wait
        MHD_run(daemon_.get());
    }
    daemon_.reset();
    if (const auto* file = std::get_if<SocketFile>(&place_)) ::unlink(file->path.c_str());
}

Result<std::unique_ptr<Door>> Door::open(DoorOptions options) {
    if (std::holds_alternative<Port>(options.address) && options.token.empty()) {
        return Error{"a port needs a token", EINVAL};
    }
    Result<UniqueFd> socket = listen_at(options.address);
    if (!socket) return socket.error();
    std::unique_ptr<Door> door(new Door(std::move(options)));
    door->place_ = place_of(socket.value().get(), door->options_.address);
    const Limits& limits = door->options_.limits;
    using std::chrono::duration_cast;
    const auto idle =
        duration_cast<std::chrono::seconds>(limits.to_fetch) + std::chrono::seconds(1);
    door->daemon_.reset(MHD_start_daemon(
        MHD_USE_EPOLL | MHD_USE_ERROR_LOG | MHD_ALLOW_SUSPEND_RESUME, 0, nullptr, nullptr,
        Callbacks::asked, door.get(),                                                       //
        MHD_OPTION_EXTERNAL_LOGGER, Callbacks::silent, nullptr,                             //
        MHD_OPTION_LISTEN_SOCKET, socket.value().get(),                                     //
        MHD_OPTION_CONNECTION_LIMIT, static_cast<unsigned>(limits.connections) + kLeaving,  //
        MHD_OPTION_CONNECTION_TIMEOUT, static_cast<unsigned>(idle.count()),                 //
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, 2 * limits.request_bytes,                       //
        MHD_OPTION_NOTIFY_COMPLETED, Callbacks::answered, door.get(),                       //
        MHD_OPTION_NOTIFY_CONNECTION, Callbacks::connected, door.get(),                     //
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END));
    if (!door->daemon_) return Error{"no HTTP server can be started", errno};
    (void)socket.value().release();  // the library's from here on
    return door;
}

int Door::fd() const {
    return MHD_get_daemon_info(daemon_.get(), MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
}

int Door::wait_ms(int most_ms) const {
    MHD_UNSIGNED_LONG_LONG wait = 0;
    if (MHD_get_timeout(daemon_.get(), &wait) != MHD_YES) return most_ms;
    const auto most = static_cast<MHD_UNSIGNED_LONG_LONG>(most_ms);
    return static_cast<int>(std::min(wait, most));
}

void Door::serve() {
    visits_.hang_up_on_slow(Visits::Clock::now());
    streams_.tell(Streams::Clock::now());
    MHD_run(daemon_.get());
}

std::optional<collect::Asker> Door::asker_of(MHD_Connection* connection,
                                             const Headers& headers) const {
    if (std::holds_alternative<Port>(place_)) {
        if (!shows_token(headers, options_.token)) return std::nullopt;
        return collect::Asker{::geteuid(), false};
    }
    const int socket = socket_of(connection);
    const std::optional<ucred> who = collect::peer_of(socket);
    if (!who) return std::nullopt;
    return collect::Asker{who->uid,
                          options_.group && collect::is_in_group(socket, *options_.group)};
}

std::variant<Door::Guest, Answer> Door::receive(MHD_Connection* connection, const std::string& path,
                                                const std::string& method) {
    const Headers headers{header(connection, "Host"), header(connection, "Origin"),
                          header(connection, "Sec-Fetch-Site"),
                          header(connection, "Authorization")};
    if (!is_own_host(headers.host, options_.names)) {
        return plain(403, "the Host header names another machine; --http-host NAME allows a name");
    }
    if (!is_read(method)) return plain(405, "there is only GET and HEAD here");
    if (!has_no_body(connection, method)) return plain(400, "a request has no body here");
    const auto route = std::find_if(routes_.begin(), routes_.end(),
                                    [&](const Route& each) { return each.path == path; });
    if (route == routes_.end()) return plain(404, "there is nothing at this path");
    if (route->access == Access::anyone) return Guest{&*route, {}};
    if (is_cross_site(headers)) return plain(403, "a page of another place asks");
    const std::optional<collect::Asker> asker = asker_of(connection, headers);
    if (!asker) return plain(401, "the token is missing or wrong: Authorization: Bearer TOKEN");
    if (!rates_.take(asker->user, Rates::Clock::now())) {
        return plain(429, "too many requests; ask again in a second");
    }
    if (route->revision && !streams_.has_room_for(asker->user)) {
        return plain(503, "as many pages are open as may be");
    }
    const char* scraper = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "scraper");
    return Guest{&*route,
                 {*asker, header(connection, "Accept"), scraper == nullptr ? "" : scraper}};
}

Answer Door::answer_of(const Guest& guest) const {
    try {
        Answer answer = guest.route->answer(guest.request);
        if (answer.body->size() <= options_.limits.answer_bytes) return answer;
        return plain(507, "the answer is larger than may be sent");
    } catch (const std::exception&) {
        return plain(500, "this cannot be answered");
    }
}

MHD_Response* Door::response_to(MHD_Connection* connection, const Guest& guest, int& status) {
    if (!guest.route->revision) {
        const Answer answer = answer_of(guest);
        status = answer.status;
        return response_of(answer);
    }
    visits_.staying(connection, Visits::Clock::now());
    return with_headers(
        streams_.begin(connection, socket_of(connection), guest.request, guest.route->revision),
        "text/event-stream", kNothing, status);
}

}  // namespace plimsoll::http
