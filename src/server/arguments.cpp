#include "server/arguments.hpp"

#include <grp.h>

namespace plimsoll::server {
namespace {

void add_limits(CLI::App& app, Limits& limits) {
    const auto add = [&app](const char* name, std::size_t& limit, const char* what) {
        app.add_option(name, limit, what)
            ->type_name("N")
            ->capture_default_str()
            ->check(CLI::Range(std::size_t{1}, std::size_t{1} << 31).description(""))
            ->group("Limits; who asks for more is refused");
    };
    add("--connections", limits.connections, "Clients that ask, at once");
    add("--connections-per-user", limits.connections_per_user, "The same, of one user");
    add("--processes", limits.processes, "Watched at once");
    add("--processes-per-user", limits.processes_per_user, "The same, of one user");
    add("--history", limits.history, "Last words of processes that have ended");
    add("--marks", limits.marks, "Named moments that are kept");
    add("--request-bytes", limits.request_bytes, "Length of a request");
    add("--answer-bytes", limits.answer_bytes, "Length of an answer");
    add("--queued-bytes-per-user", limits.queued_bytes_per_user, "Answers not fetched yet");
    add("--rows", limits.rows, "Allocations in one answer");
}

void add_metrics(CLI::App& app, metrics::Detail& detail) {
    app.add_flag("--metrics-processes", detail.processes,
                 "Name processes and their users in /metrics, too");
    app.add_flag("--metrics-pods", detail.pods, "The same with pods");
}

void add_http(CLI::App& app, HttpOptions& http) {
    app.add_option(
           "--http", http.address,
           "Serve a page and /metrics over HTTP at 127.0.0.1:PORT, [::1]:PORT, :PORT or unix:PATH")
        ->type_name("ADDRESS");
    app.add_option(
           "--http-token-file", http.token_file,
           "By a port, ask for the token of FILE, which is made if it is not there; PATH.token "
           "of the socket when not given")
        ->type_name("FILE");
    app.add_option("--http-host", http.names,
                   "Answer to this name of the machine, too; addresses and localhost are known")
        ->type_name("NAME")
        ->allow_extra_args(false);
}

}  // namespace

void add_arguments(CLI::App& app, Options& options) {
    app.footer(
        "Prints what is live when it changes, and every ten seconds. Programs find the server at\n"
        "$PLIMSOLL_SOCKET, else at plimsoll/plimsolld.sock in $XDG_RUNTIME_DIR or /run; it finds\n"
        "those that were there before it.\n\n"
        "Example: plimsolld --socket /tmp/plimsoll.sock");
    app.add_option("--socket", options.socket, "Listen at PATH")->type_name("PATH");
    app.add_flag("--quiet", options.quiet, "Print nothing");
    app.set_config("--config", "", "Read options from FILE (TOML), such as: processes = 100")
        ->type_name("FILE");
    app.allow_config_extras(CLI::config_extras_mode::error);
    app.add_option_function<std::string>(
           "--group",
           [&options](const std::string& name) {
               const group* entry = ::getgrnam(name.c_str());
               if (entry == nullptr) {
                   throw CLI::ValidationError("--group", "there is no group '" + name + "'");
               }
               options.limits.group = entry->gr_gid;
           },
           "Tell members of this group of the processes of all users, as root")
        ->type_name("NAME");
    app.add_option("--documents", options.documents, "")->group("");  // plimsoll serve
    add_http(app, options.http);
    add_metrics(app, options.metrics);
    add_limits(app, options.limits);
}

}  // namespace plimsoll::server
