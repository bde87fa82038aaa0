#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <set>
#include <string>

#include "collect/collector.hpp"
#include "findings/judge.hpp"
#include "ledger/merge.hpp"
#include "model/session.hpp"

namespace plimsoll::model {

// What came of a program on the model, through the client, its segment, the collector and the
// ledger to the findings.
struct Observed {
    ledger::Snapshot snapshot;
    std::set<std::string> codes;  // of the findings

    [[nodiscard]] const ledger::DeviceUse& chip() const { return snapshot.devices.front(); }
    [[nodiscard]] std::uint64_t unmatched_frees() const {
        return snapshot.processes.front().health.unmatched_frees;
    }
};

// Runs the steps in this process. `status`: how it is taken to have ended then, as wait() tells it;
// one that was killed is looked at before its objects go.
template <class Steps>
Observed observe(const char* machine, const char* release, Defects defects, Steps steps,
                 int status = 0) {
    const std::string socket =
        std::filesystem::temp_directory_path() / ("plimsoll-model." + std::to_string(::getpid()));
    std::filesystem::remove(socket);
    collect::Collector collector(collect::Listener::listen(socket).value());
    Session session(*machines::find(machine), *find_release(release), defects);
    EXPECT_TRUE(session.observe({.socket_path = socket.c_str(), .verify = true}));
    std::filesystem::remove(socket);
    steps(session);
    if (status == 0) session.end();

    Observed seen{ledger::merge(collector.views(::getpid(), status)), {}};
    EXPECT_EQ(seen.snapshot.processes.size(), 1u);
    EXPECT_EQ(seen.snapshot.totals.active_allocations, 0u);
    EXPECT_GT(seen.snapshot.totals.allocations, 0u);
    EXPECT_EQ(seen.snapshot.totals.events.lost, 0u);
    for (const findings::Finding& finding : findings::judge(seen.snapshot, {})) {
        seen.codes.insert(finding.code);
    }
    return seen;
}

}  // namespace plimsoll::model
