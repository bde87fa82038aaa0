#include "cli/watch.hpp"

#include <poll.h>
#include <sys/wait.h>

#include <algorithm>

#include "ledger/merge.hpp"
#include "symbols/view_names.hpp"

namespace plimsoll::cli {

int watch(Child& child, const SignalWatch& signals, collect::Collector* collector) {
    constexpr int kBusyMs = 1;
    constexpr int kIdleMs = 40;
    int sleep_ms = kBusyMs;
    for (;;) {
        pollfd ready[2] = {{signals.fd(), POLLIN, 0},
                           {collector != nullptr ? collector->fd() : -1, POLLIN, 0}};
        ::poll(ready, 2, collector != nullptr ? sleep_ms : -1);
        if (collector != nullptr) {
            const bool busy = collector->collect() != 0;
            sleep_ms = busy ? kBusyMs : std::min(sleep_ms * 2, kIdleMs);
        }
        if (const std::optional<int> status = child.reap()) return *status;
    }
}

findings::Report report_of_end(collect::Collector& collector, pid_t child, int status) {
    findings::Report report;
    if (WIFSIGNALED(status)) {
        report.signal = WTERMSIG(status);
    } else {
        report.exit_code = WEXITSTATUS(status);
    }
    std::vector<ledger::ProcessView> views = collector.views(child, status);
    symbols::name_frames(views);
    report.snapshot = ledger::merge(std::move(views));
    report.notes = collector.notes();
    report.attached = !report.snapshot.processes.empty();
    return report;
}

}  // namespace plimsoll::cli
