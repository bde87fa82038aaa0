#include "cli/watch_command.hpp"

#include <fmt/format.h>
#include <sys/wait.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>

#include "cli/child.hpp"
#include "cli/exit_codes.hpp"
#include "cli/preparation.hpp"
#include "cli/scratch_folder.hpp"
#include "cli/watch.hpp"
#include "collect/collector.hpp"
#include "findings/judge.hpp"

namespace plimsoll::cli {
namespace {

using Clock = std::chrono::steady_clock;

int fail(int code, const std::string& message) {
    fmt::print(stderr, "plimsoll: {}\n", message);
    return code;
}

int exit_code_of(int status) {
    return WIFSIGNALED(status) ? kSignalBase + WTERMSIG(status) : WEXITSTATUS(status);
}

int cannot_start(const std::string& program, std::int64_t error) {
    const bool missing = error == ENOENT;
    return fail(missing ? kCommandNotFound : kCannotExecute,
                fmt::format("cannot run '{}': {}\n"
                            "  expected: a program on PATH, or a path to one that may be executed\n"
                            "  to do: check the spelling; plimsoll run [options] -- COMMAND...",
                            program, std::strerror(static_cast<int>(error))));
}

findings::Report report_of(const RunOptions& options, const Preparation& preparation,
                           collect::Collector& collector, pid_t child, int status) {
    findings::Report report = report_of_end(collector, child, status);
    report.command = options.command;
    report.machine = preparation.machine;
    report.package = preparation.package;
    if (report.attached) {
        const ledger::Identity& first = report.snapshot.processes.front().identity;
        if (!first.package.empty()) report.package = first.package;
        if (!first.machine.empty()) report.machine = first.machine;
    } else if (!preparation.not_attached_why.empty()) {
        report.not_attached_why = preparation.not_attached_why;
    } else {
        report.not_attached_why =
            fmt::format("no process of '{}' opened a TT-Metalium device", options.command.front());
    }
    if (!report.attached) {
        report.notes.emplace_back(
            "plimsoll doctor -- COMMAND says what a run of it would see, and why");
    }
    report.findings = findings::judge(report.snapshot, report.package);
    return report;
}

int run_unwatched(const RunOptions& options, const Preparation& preparation) {
    const SignalWatch signals;
    Result<Child> child = Child::start(options.command, preparation.changes, signals);
    if (!child) return cannot_start(options.command.front(), child.error().number);
    return exit_code_of(watch(child.value(), signals, nullptr));
}

}  // namespace

std::variant<Watched, int> watch_command(const RunOptions& options,
                                         const std::function<int()>& ready) {
    const std::optional<ScratchFolder> scratch = ScratchFolder::make();
    if (!scratch) return fail(kOwnFailure, ScratchFolder::problem());
    const std::filesystem::path socket = scratch->path() / "socket";
    auto prepared = prepare(options, scratch->path(), socket);
    if (const auto* problem = std::get_if<std::string>(&prepared)) {
        return fail(kOwnFailure, *problem);
    }
    const auto& preparation = std::get<Preparation>(prepared);
    if (options.no_agent) return run_unwatched(options, preparation);

    Result<collect::Listener> listener = collect::Listener::listen(socket.string());
    if (!listener) {
        return fail(kOwnFailure,
                    fmt::format("{} at '{}': {}", listener.error().text, socket.string(),
                                std::strerror(static_cast<int>(listener.error().number))));
    }
    const bool keeps_history = options.format == ReportFormat::html || !options.recording.empty();
    collect::Collector collector(
        std::move(listener).value(),
        keeps_history ? collect::Collector::Keep::history : collect::Collector::Keep::nothing);
    if (const int code = ready(); code != 0) return code;

    const Clock::time_point begin = Clock::now();
    const SignalWatch signals;
    Result<Child> child = Child::start(options.command, preparation.changes, signals);
    if (!child) return cannot_start(options.command.front(), child.error().number);
    const int status = watch(child.value(), signals, &collector);
    Watched watched{report_of(options, preparation, collector, child.value().pid(), status),
                    exit_code_of(status)};
    watched.report.elapsed_ns = static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - begin).count());
    return watched;
}

}  // namespace plimsoll::cli
