#include "cli/server_link.hpp"

#include <poll.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>

#include "collect/seqpacket.hpp"
#include "collect/watched_process.hpp"
#include "export/read_leaks.hpp"
#include "protocol/frame.hpp"
#include "protocol/socket_path.hpp"

namespace plimsoll::cli {
namespace {

using protocol::Failure;

constexpr int kPatienceMs = 5000;
constexpr std::size_t kLongestAnswer = 256u << 20;

Failure broken(const char* why) { return {Failure::Code::bad_frame, why, "null"}; }

// The server may count processes in another namespace than this one: what they call themselves, and
// when they began, is the same everywhere.
bool is(const ledger::ProcessView& seen, const protocol::ProcessName& name) {
    const auto inner = [](std::int32_t inside, std::int32_t outside) {
        return inside != 0 ? inside : outside;
    };
    const ledger::Identity& identity = seen.identity;
    return identity.start_time == name.start_time &&
           inner(identity.namespace_pid, identity.pid) == inner(name.namespace_pid, name.pid);
}

// The segment of one process that the server watches, as if it had been found here.
std::optional<collect::WatchedProcess> fetch(ServerLink& link, std::int32_t pid) {
    protocol::Request request;
    request.ask = protocol::Ask::segment;
    request.selection.pid = pid;
    const auto answer = link.ask(request);
    std::vector<UniqueFd> descriptors = link.take_descriptors();
    if (!std::holds_alternative<protocol::Answer>(answer) || descriptors.empty()) {
        return std::nullopt;
    }
    collect::Arrival arrival;
    arrival.segment = std::move(descriptors[0]);
    arrival.pid = pid;
    if (descriptors.size() > 1) arrival.process = std::move(descriptors[1]);
    struct stat status {};
    if (::fstat(arrival.segment.get(), &status) == 0) arrival.user = status.st_uid;
    Result<collect::WatchedProcess> process = collect::WatchedProcess::adopt(std::move(arrival));
    if (!process || process.value().has_ended()) return std::nullopt;
    return std::move(process).value();
}

}  // namespace

std::optional<ServerLink> ServerLink::connect() {
    Result<UniqueFd> socket = collect::connect_to(protocol::socket_path().string());
    if (!socket) return std::nullopt;
    return ServerLink(std::move(socket).value());
}

std::variant<protocol::Answer, Failure> ServerLink::ask(const protocol::Request& request) {
    if (collect::send(socket_.get(), protocol::framed(protocol::write_request(request))) != 0) {
        return broken("the server does not listen");
    }
    protocol::FrameReader in(kLongestAnswer);
    came_.clear();
    for (;;) {
        if (const auto text = in.next()) return protocol::read_answer(*text);
        pollfd readable{socket_.get(), POLLIN, 0};
        if (in.is_broken() || ::poll(&readable, 1, kPatienceMs) <= 0) {
            return broken("the server does not answer");
        }
        Result<collect::Message> message = collect::receive(socket_.get());
        if (!message && message.error().number == EAGAIN) continue;
        if (!message) return broken("the server has closed the connection");
        in.put(message.value().bytes);
        for (UniqueFd& fd : message.value().descriptors) came_.push_back(std::move(fd));
    }
}

void add_what_the_server_knows(ledger::Sighting& sighting) {
    std::optional<ServerLink> link = ServerLink::connect();
    if (!link) return;
    protocol::Request request;
    request.ask = protocol::Ask::snapshot;
    const auto answer = link->ask(request);
    const auto* snapshot = std::get_if<protocol::Answer>(&answer);
    if (snapshot == nullptr) return;
    const protocol::ProcessNames names = protocol::read_processes(snapshot->body);
    for (const protocol::ProcessName& name : names.running) {
        const auto is_it = [&name](const ledger::ProcessView& seen) { return is(seen, name); };
        if (std::any_of(sighting.processes.begin(), sighting.processes.end(), is_it)) continue;
        if (auto process = fetch(*link, name.pid)) {
            sighting.processes.push_back(process->figures());
        }
    }
    sighting.notes.insert(sighting.notes.end(), names.notes.begin(), names.notes.end());
}

std::optional<ledger::ProcessView> ask_for_process(std::int32_t pid) {
    std::optional<ServerLink> link = ServerLink::connect();
    if (!link) return std::nullopt;
    std::optional<collect::WatchedProcess> process = fetch(*link, pid);
    if (!process) return std::nullopt;
    return collect::look_at(*process);
}

std::vector<findings::Finding> ask_for_growths(const ledger::Identity& process) {
    std::optional<ServerLink> link = ServerLink::connect();
    if (!link) return {};
    protocol::Request request;
    request.ask = protocol::Ask::leaks;
    request.selection.pid = process.pid;
    const auto answer = link->ask(request);
    const auto* leaks = std::get_if<protocol::Answer>(&answer);
    if (leaks == nullptr) return {};
    return exporting::read_growths(leaks->body, process.start_time);
}

}  // namespace plimsoll::cli
