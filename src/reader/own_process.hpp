#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/region.hpp"
#include "base/result.hpp"
#include "collect/watched_process.hpp"
#include "ledger/snapshot.hpp"

namespace plimsoll::reader {

// One region of one device, as the runtime's allocator counts it.
struct Level {
    ledger::Figure live;
    ledger::Figure peak;
    ledger::Figure capacity;
};

// The books of the process that this code runs in, read as any other process's are: from the
// segment, which its reader never writes to. So what a program learns of itself is what `plimsoll
// show` would tell of it at that moment.
//
// Threads: one at a time; those that allocate meanwhile are not stopped.
class OwnProcess {
  public:
    // The error's text is a sentence for users.
    static Result<OwnProcess> open();

    // Not in a child that was forked: there these are the parent's.
    [[nodiscard]] bool is_own() const;

    [[nodiscard]] std::uint64_t position() const { return process_.last_id(); }
    // Those that were ever opened, ascending.
    std::vector<std::int32_t> devices();
    // Nothing: that chip was never opened.
    std::optional<Level> level(std::int32_t device, Region region);
    // Peaks are those of the time from here on.
    void restart_peaks();
    // As include/plimsoll/reader.h describes them.
    std::string live_json(std::uint64_t after);
    std::string report_json();

  private:
    OwnProcess(collect::WatchedProcess process, pid_t pid)
        : process_(std::move(process)), pid_(pid) {}

    void drain();
    const ledger::ProcessView& figures();

    collect::WatchedProcess process_;
    pid_t pid_;
    bool peaks_restarted_ = false;
    std::optional<ledger::ProcessView> figures_;
    std::uint64_t events_at_figures_ = 0;  // produced by then
};

}  // namespace plimsoll::reader
