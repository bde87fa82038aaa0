#include "collect/collector.hpp"

#include <algorithm>
#include <iterator>

namespace plimsoll::collect {

void Collector::take_over(Arrival arrival) {
    constexpr std::size_t kMostNotes = 16;
    const std::string from = "process " + std::to_string(arrival.pid);
    const auto note = [this](std::string text) {
        if (notes_.size() < kMostNotes) notes_.push_back(std::move(text));
    };
    if (processes_.size() >= kMostProcesses) {
        note(from + " is not watched: there are " + std::to_string(kMostProcesses) +
             " already. Watch fewer processes at once.");
        return;
    }
    Result<WatchedProcess> process = WatchedProcess::adopt(std::move(arrival));
    if (process) {
        processes_.push_back(std::move(process).value());
        if (keep_ == Keep::history) processes_.back().keep_history();
        return;
    }
    note("What " + from + " handed over is refused: " + process.error().text + " (" +
         std::to_string(process.error().number) + "). Expected a segment of layout " +
         std::to_string(segment::kLayoutVersion) + "; use an agent and a plimsoll of one version.");
}

std::size_t Collector::collect() {
    while (std::optional<Arrival> arrival = listener_.accept()) take_over(std::move(*arrival));
    std::size_t events = 0;
    for (WatchedProcess& process : processes_) events += process.drain();
    return events;
}

std::vector<ledger::ProcessView> Collector::views(pid_t child, std::optional<int> status) {
    collect();
    std::vector<ledger::ProcessView> views;
    for (auto process = processes_.begin(); process != processes_.end(); ++process) {
        const bool replaced =
            std::any_of(std::next(process), processes_.end(),
                        [&](const WatchedProcess& later) { return process->became(later); });
        views.push_back(
            replaced ? process->view_at_exec()
                     : process->view(process->pid() == child ? status : std::optional<int>()));
    }
    return views;
}

}  // namespace plimsoll::collect
