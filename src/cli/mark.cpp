#include "cli/mark.hpp"

#include <fmt/format.h>

#include "cli/exit_codes.hpp"
#include "cli/server_link.hpp"
#include "cli/standard_output.hpp"
#include "findings/words.hpp"
#include "protocol/socket_path.hpp"

namespace plimsoll::cli {
namespace {

int fail(const std::string& why) {
    fmt::print(stderr,
               "plimsoll: the mark cannot be set: {}\n"
               "  expected: the allocation server at '{}'\n"
               "  to do: start plimsolld, or set PLIMSOLL_SOCKET to where it listens\n",
               why, protocol::socket_path().string());
    return kOwnFailure;
}

}  // namespace

CLI::App* add_mark(CLI::App& app, MarkOptions& options) {
    CLI::App* mark = app.add_subcommand(
        "mark", "Name this moment, to see later what was allocated since (needs plimsolld)");
    mark->footer("Example: plimsoll mark before; ...; plimsoll show 4711 --since before");
    mark->add_option("NAME", options.name, "The same name again moves the mark")->required();
    mark->add_flag("--json", options.json, "Print JSON");
    return mark;
}

int mark(const MarkOptions& options) {
    std::optional<ServerLink> link = ServerLink::connect();
    if (!link) return fail("no server is there");
    protocol::Request request;
    request.ask = protocol::Ask::mark;
    request.name = options.name;
    const auto answer = link->ask(request);
    if (const auto* failure = std::get_if<protocol::Failure>(&answer)) {
        return fail(failure->message);
    }
    const std::string& body = std::get<protocol::Answer>(answer).body;
    if (options.json) return print(body + "\n");
    const std::vector<protocol::Mark> marks = protocol::read_marks("{\"marks\":[" + body + "]}");
    return print(fmt::format(
        "plimsoll: marked '{}' in {}\n", options.name,
        findings::counted(marks.empty() ? 0 : marks.front().last_ids.size(), "process")));
}

std::optional<std::uint64_t> last_id_at(const std::string& mark, std::int32_t pid) {
    std::optional<ServerLink> link = ServerLink::connect();
    if (!link) return std::nullopt;
    protocol::Request request;
    request.ask = protocol::Ask::marks;
    const auto answer = link->ask(request);
    const auto* marks = std::get_if<protocol::Answer>(&answer);
    if (marks == nullptr) return std::nullopt;
    for (const protocol::Mark& one : protocol::read_marks(marks->body)) {
        const auto found = one.last_ids.find(pid);
        if (one.name != mark) continue;
        if (found != one.last_ids.end()) return found->second;
        return 0;  // it began later: all it holds was made since
    }
    return std::nullopt;
}

int no_such_mark(const std::string& mark, std::int32_t pid) {
    fmt::print(stderr,
               "plimsoll: there is no mark '{}' for process {}\n"
               "  expected: a mark that this user has set at the server at '{}'\n"
               "  to do: plimsoll mark {}, with plimsolld running, before what you want to see\n",
               mark, pid, protocol::socket_path().string(), mark);
    return kOwnFailure;
}

}  // namespace plimsoll::cli
