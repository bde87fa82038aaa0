#include "server/live_report.hpp"

#include "findings/judge.hpp"
#include "ledger/merge.hpp"

namespace plimsoll::server {
namespace {

// Empty when they differ.
std::string common(const std::vector<ledger::ProcessView>& processes,
                   std::string ledger::Identity::*text) {
    if (processes.empty()) return {};
    const std::string& first = processes.front().identity.*text;
    for (const ledger::ProcessView& process : processes) {
        if (process.identity.*text != first) return {};
    }
    return first;
}

}  // namespace

findings::Report live_report(WatchList& list, const collect::Asker& asker, std::size_t most_rows) {
    std::vector<ledger::ProcessView> processes;
    for (Watched& watched : list.running()) {
        collect::WatchedProcess& process = watched.process;
        if (!asker.may_see(process.user())) continue;
        const bool is_listed = process.live_count() <= most_rows;
        if (is_listed) most_rows -= process.live_count();
        processes.push_back(is_listed ? process.view() : process.figures());
    }
    for (const LastWord& word : list.last_words()) {
        if (asker.may_see(word.user)) processes.push_back(word.process);
    }
    findings::Report report;
    report.attached = !processes.empty();
    if (!report.attached) report.not_attached_why = "no process is watched";
    report.package = common(processes, &ledger::Identity::package);
    report.machine = common(processes, &ledger::Identity::machine);
    report.snapshot = ledger::merge(std::move(processes));
    report.findings = findings::judge(report.snapshot, report.package);
    return report;
}

}  // namespace plimsoll::server
