#include "cli/top.hpp"

#include <fmt/format.h>

#include <chrono>

#include "cli/exit_codes.hpp"
#include "cli/server_link.hpp"
#include "symbols/view_names.hpp"
#include "top/state.hpp"
#include "top/terminal.hpp"

namespace plimsoll::cli {
namespace {

using Clock = std::chrono::steady_clock;

void look(top::State& state, symbols::Symboliser& symboliser) {
    if (const std::optional<std::int32_t> pid = state.wanted_process()) {
        std::optional<ledger::ProcessView> process = collect::look_at_process(*pid);
        if (!process) process = ask_for_process(*pid);
        if (process) symbols::name_frames(*process, symboliser);
        state.see_process(std::move(process));
    }
    ledger::Sighting sighting = collect::look_around();
    add_what_the_server_knows(sighting);
    state.see(std::move(sighting.processes), std::move(sighting.notes));
}

}  // namespace

CLI::App* add_top(CLI::App& app, TopOptions& options) {
    CLI::App* top =
        app.add_subcommand("top", "Chips and processes as they change, in the terminal");
    top->footer("Example: plimsoll top --every 0.5");
    top->add_option("--every", options.every_s, "Look again every so many seconds (1)")
        ->type_name("SECONDS")
        ->check(CLI::Range(0.1, 3600.0).description(""));
    return top;
}

int top(const TopOptions& options) {
    const std::unique_ptr<plimsoll::top::Terminal> terminal = plimsoll::top::Terminal::open();
    if (!terminal) {
        fmt::print(stderr,
                   "plimsoll: top needs a terminal\n"
                   "  expected: standard input and output on a terminal that TERM names\n"
                   "  to do: plimsoll ps --watch 1, which prints to anything\n");
        return kOwnFailure;
    }
    plimsoll::top::State state;
    symbols::Symboliser symboliser;
    const auto period =
        std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(options.every_s));
    Clock::time_point next = Clock::now();
    while (!state.wants_to_quit()) {
        const std::optional<std::int32_t> wanted = state.wanted_process();
        if (Clock::now() >= next) {
            look(state, symboliser);
            next = Clock::now() + period;
        }
        terminal->draw(state.picture(terminal->size()));
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(next - Clock::now());
        state.press(terminal->wait(std::max<int>(1, static_cast<int>(left.count()))));
        if (state.wanted_process() != wanted) next = Clock::now();
    }
    return 0;
}

}  // namespace plimsoll::cli
