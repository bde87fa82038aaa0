#pragma once

#include <sys/types.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "collect/decoder.hpp"
#include "collect/listener.hpp"
#include "collect/surroundings.hpp"
#include "ledger/process_ledger.hpp"

namespace plimsoll::collect {

// One process that reports: its segment, its ledger, and whether it still runs.
//
// The segment outlives its process here, so the last look is as good as any other.
class WatchedProcess {
  public:
    // Refuses what is no segment, with the reader's errors.
    static Result<WatchedProcess> adopt(Arrival arrival);

    // From here on what ends is remembered too, for view().
    void keep_history() { history_.emplace(); }

    // Reads new events; returns how many there were. Work is bounded by the size of the rings.
    std::size_t drain();
    // The same, but hardly looks at a process that seems to do nothing: to be called often.
    std::size_t drain_if_busy();

    // `status` is wait()'s, when the caller is the parent and knows it.
    [[nodiscard]] ledger::ProcessView view(std::optional<int> status = {});
    // The figures alone: `held` is empty or says no call sites, peaks are what the counters know of
    // them. Costs far less where there is much.
    [[nodiscard]] ledger::ProcessView figures();
    // The figures, and what they leave out: for those that ask again and again.
    struct Measures {
        ledger::ProcessView figures;
        std::vector<ledger::DeviceHoldings> holdings;
    };
    [[nodiscard]] Measures measures();
    // view() and figures() of the process that calls, of which the kernel need not be asked.
    [[nodiscard]] ledger::ProcessView own_view();
    [[nodiscard]] ledger::ProcessView own_figures();
    // What it holds that was made after this one, and what of that has outlived its device: it
    // holds no memory, but its object is still there. Costs little where there is little of it.
    struct HeldAfter {
        std::vector<ledger::AllocationView> live;
        std::vector<ledger::AllocationView> outlived;
    };
    [[nodiscard]] HeldAfter held_after(std::uint64_t id);
    // Live allocations that found no room in its live table: nobody can list them.
    [[nodiscard]] std::uint64_t unlisted_live() const;
    // Events that were overwritten before they were read: never fewer than before.
    [[nodiscard]] std::uint64_t events_lost() const { return decoder_.lost(); }

    // From here on watched_peaks() tells of the time since, after all events so far were read.
    void watch_peaks_anew();
    struct WatchedPeaks {
        ledger::DevicePeaks peaks;
        Coverage coverage = Coverage::exact;
    };
    // Of the chip with this id.
    [[nodiscard]] WatchedPeaks watched_peaks(std::int32_t device) const;

    // Of a process that has become another program since.
    [[nodiscard]] ledger::ProcessView view_at_exec();
    // How many allocations it holds.
    [[nodiscard]] std::uint64_t live_count() const;

    // As it is counted here, else as it counts itself.
    [[nodiscard]] pid_t pid() const { return pid_ != 0 ? pid_ : own_pid_; }
    [[nodiscard]] uid_t user() const { return user_; }
    // Events it ever made: when there are no more of them than there were, nothing has changed.
    [[nodiscard]] std::uint64_t events_produced() const { return reader_->events_produced(); }
    // The highest id that an allocation can have by now.
    [[nodiscard]] std::uint64_t last_id() const { return reader_->sequence(); }
    // Its pidfd; -1: the kernel gave none.
    [[nodiscard]] int process_fd() const { return process_.get(); }
    [[nodiscard]] bool has_ended() const;
    // The same process, after it has executed another program.
    [[nodiscard]] bool became(const WatchedProcess& later) const;

  private:
    enum class Detail { figures, allocations };

    void catch_up();
    void add_history(ledger::ProcessView& view) const;
    [[nodiscard]] std::uint64_t events_missing() const;
    ledger::Look look(ledger::ProcessState state, Detail detail);
    ledger::ProcessView view_of(const ledger::Look& look, ledger::ProcessState state,
                                Detail detail) const;
    ledger::ProcessView view_as(ledger::ProcessState state, Detail detail);
    ledger::ProcessView view_in(Detail detail, std::optional<int> status);
    // As it is known here: by the number and the user that the kernel names.
    ledger::ProcessView known_here(ledger::ProcessView view) const;

    explicit WatchedProcess(std::unique_ptr<segment::Reader> reader)
        : reader_(std::move(reader)), decoder_(*reader_) {}

    std::unique_ptr<segment::Reader> reader_;  // at a fixed address: the decoder borrows it
    Decoder decoder_;
    ledger::ProcessLedger ledger_;
    std::optional<ledger::History> history_;
    std::uint64_t lost_at_last_look_ = 0;
    std::uint64_t drains_ = 0;
    std::uint64_t missing_when_watched_ = 0;
    bool watched_with_gap_ = false;
    std::uint64_t sequence_at_last_drain_ = 0;
    int drains_left_out_ = 0;
    pid_t pid_ = 0;  // 0: it has no number here
    pid_t own_pid_ = 0;
    uid_t user_ = 0;
    std::string user_name_;
    Surroundings surroundings_;
    UniqueFd process_;
};

}  // namespace plimsoll::collect
