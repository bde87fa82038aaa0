#include "cli/wait.hpp"

#include <fmt/format.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <chrono>
#include <optional>
#include <thread>

#include "base/unique_fd.hpp"
#include "cli/choice.hpp"
#include "cli/exit_codes.hpp"
#include "collect/discovery.hpp"
#include "collect/process_end.hpp"

namespace plimsoll::cli {
namespace {

using Until = WaitOptions::Until;
using Clock = std::chrono::steady_clock;

const char* words(Until until) {
    constexpr const char* words[] = {"be watched", "hold nothing", "end"};
    return words[static_cast<std::size_t>(until)];
}

// One that has ended is over, though its parent may not have asked how.
bool exists(pid_t pid) {
    const UniqueFd process(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
    return process && !collect::has_ended(process.get());
}

enum class State { reached, not_yet, out_of_reach };

State state_of(const WaitOptions& options) {
    const std::optional<ledger::ProcessView> process = collect::look_at_process(options.pid);
    if (options.until == Until::ended) {
        // A process that was never watched ends all the same.
        return process || exists(options.pid) ? State::not_yet : State::reached;
    }
    if (process) {
        const bool holds = process->held_count > 0;
        return options.until == Until::empty && holds ? State::not_yet : State::reached;
    }
    if (!exists(options.pid)) {
        return options.until == Until::empty ? State::reached : State::out_of_reach;
    }
    return State::not_yet;
}

}  // namespace

CLI::App* add_wait(CLI::App& app, WaitOptions& options) {
    CLI::App* wait = app.add_subcommand("wait", "Wait until a process has ended, or holds nothing");
    wait->footer("Example: plimsoll wait 4711 --until empty --timeout 60");
    wait->add_option("PID", options.pid, "The process")
        ->required()
        ->check(CLI::PositiveNumber.description(""));
    wait->add_option("--until", options.until,
                     "ended (default), empty (it holds nothing) or attached")
        ->type_name("STATE")
        ->transform(choice<Until>(
            {{"attached", Until::attached}, {"empty", Until::empty}, {"ended", Until::ended}}));
    wait->add_option("--timeout", options.timeout_s, "Give up after so many seconds: exit code 124")
        ->type_name("SECONDS")
        ->check(CLI::Range(0.0, 1e6).description(""));
    return wait;
}

int wait(const WaitOptions& options) {
    const Clock::time_point begin = Clock::now();
    const std::chrono::duration<double> patience(options.timeout_s);
    for (;;) {
        const State state = state_of(options);
        if (state == State::reached) return 0;
        if (state == State::out_of_reach) {
            fmt::print(stderr,
                       "plimsoll: process {} has ended and will never {}\n"
                       "  expected: a process that runs, or will soon\n"
                       "  to do: plimsoll ps lists those that are watched\n",
                       options.pid, words(options.until));
            return kOwnFailure;
        }
        if (options.timeout_s > 0 && Clock::now() - begin >= patience) {
            fmt::print(stderr, "plimsoll: process {} did not {} within {} s\n", options.pid,
                       words(options.until), options.timeout_s);
            return kTimedOut;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
}

}  // namespace plimsoll::cli
