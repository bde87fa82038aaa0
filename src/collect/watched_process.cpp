#include "collect/watched_process.hpp"

#include <sys/wait.h>
#include <time.h>

#include <algorithm>
#include <map>

#include "collect/look.hpp"
#include "collect/process_end.hpp"
#include "collect/user_name.hpp"
#include "ledger/allocation_view.hpp"

namespace plimsoll::collect {
namespace {

// The clock that watched processes stamp their allocations with.
std::uint64_t now_ns() {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<std::uint64_t>(now.tv_sec) * 1000000000u +
           static_cast<std::uint64_t>(now.tv_nsec);
}

constexpr std::size_t kMostAtOnce = 1u << 16;  // events of one drain,
constexpr std::size_t kMostInHand = 1u << 8;   // in parts that the processor's caches hold

// How the process ended, where somebody knows. A process that ended unknown to all and had begun
// to exit in order is taken to have done so; nothing is said of any other.
void describe_end(ledger::ProcessView& view, std::optional<int> status) {
    if (!status) return;
    if (WIFSIGNALED(*status)) view.signal = WTERMSIG(*status);
    if (WIFEXITED(*status)) view.exit_code = WEXITSTATUS(*status);
}

}  // namespace

Result<WatchedProcess> WatchedProcess::adopt(Arrival arrival) {
    Result<segment::Mapping> mapping = segment::open(arrival.segment.get());
    if (!mapping) return mapping.error();
    Result<segment::Reader> reader = segment::Reader::open(std::move(mapping).value());
    if (!reader) return reader.error();
    WatchedProcess process(std::make_unique<segment::Reader>(std::move(reader).value()));
    process.pid_ = arrival.pid;
    process.own_pid_ = process.reader_->header().pid;
    // A number that another namespace gave may be somebody else's here.
    if (pid_of(arrival.process.get()) == arrival.pid) {
        process.surroundings_ = surroundings_of(arrival.pid);
    }
    process.process_ = std::move(arrival.process);
    process.user_ = arrival.user;
    process.user_name_ = user_name(arrival.user);
    return process;
}

std::size_t WatchedProcess::drain() {
    constexpr std::uint64_t kDrainsBetweenLooks = 16;
    std::size_t drained = 0;
    for (std::size_t some = kMostInHand; some == kMostInHand && drained < kMostAtOnce;) {
        const std::span<const ledger::Event> events = decoder_.events(kMostInHand);
        ledger_.apply(decoder_.tables(), events);
        if (history_) history_->apply(events);
        some = events.size();
        drained += some;
    }
    // A look copies the whole live table: only when history was lost, and not each time.
    if (decoder_.lost() != lost_at_last_look_ && ++drains_ % kDrainsBetweenLooks == 0) catch_up();
    return drained;
}

void WatchedProcess::catch_up() {
    lost_at_last_look_ = decoder_.lost();
    ledger_.catch_up(decoder_.tables(), decoder_.look(now_ns()));
}

std::size_t WatchedProcess::drain_if_busy() {
    // A number is given out before its event can be read: that of a thread which was stopped in
    // between is found by one of the drains that are done all the same.
    constexpr int kMostLeftOut = 15;
    const std::uint64_t sequence = reader_->sequence();
    if (sequence == sequence_at_last_drain_ && ++drains_left_out_ <= kMostLeftOut) return 0;
    drains_left_out_ = 0;
    const std::size_t events = drain();
    sequence_at_last_drain_ = events < kMostAtOnce ? sequence : 0;  // else there may be more
    return events;
}

ledger::Look WatchedProcess::look(ledger::ProcessState state, Detail detail) {
    // Whatever it still wrote before it ended.
    while (state != ledger::ProcessState::running && drain() != 0) {
    }
    if (detail == Detail::figures) return decoder_.look_at_figures(now_ns());
    ledger::Look look = decoder_.look(now_ns());
    look.call_sites = decoder_.call_sites(ledger_.pictures().call_sites());
    return look;
}

ledger::ProcessView WatchedProcess::view_of(const ledger::Look& look, ledger::ProcessState state,
                                            Detail detail) const {
    ledger::ProcessView view = ledger_.view(decoder_.tables(), look, state);
    if (detail == Detail::allocations) {
        view.growths = ledger_.growths(decoder_.tables());
        decoder_.name(view);
        if (history_) add_history(view);
    }
    return known_here(std::move(view));
}

// The tables tell of some how they came to an end; all others were freed in the ordinary way.
void WatchedProcess::add_history(ledger::ProcessView& view) const {
    ledger::HistoryView history = decoder_.history(*history_, view.identity.pid);
    std::map<std::uint64_t, ledger::AllocationView*> ended;
    for (ledger::AllocationView& row : view.ended) ended.emplace(row.id, &row);
    std::erase_if(history.freed, [&ended](const ledger::HistoryView::Freed& one) {
        const auto row = ended.find(one.id);
        if (row == ended.end()) return false;
        row->second->over = one.over;
        return true;
    });
    for (const ledger::KindUse& kind : view.kinds) history.freed_count += kind.frees;
    std::uint64_t ended_count = 0;
    for (const std::uint64_t count : view.ended_count) ended_count += count;
    history.freed_count -= std::min(history.freed_count, ended_count);
    history.all_ordinary = ended_count <= view.ended.size();
    if (events_missing() != 0) history.coverage = Coverage::at_least;
    view.history = std::move(history);
}

ledger::ProcessView WatchedProcess::view_as(ledger::ProcessState state, Detail detail) {
    return view_of(look(state, detail), state, detail);
}

WatchedProcess::Measures WatchedProcess::measures() {
    drain();
    const ledger::Look now = look(ledger::ProcessState::running, Detail::figures);
    return {view_of(now, ledger::ProcessState::running, Detail::figures),
            ledger_.holdings(decoder_.tables(), now)};
}

ledger::ProcessView WatchedProcess::known_here(ledger::ProcessView view) const {
    ledger::Identity& identity = view.identity;
    identity.user = user_name_;
    identity.command = surroundings_.command;
    identity.container = surroundings_.container;
    identity.pod = surroundings_.pod;
    identity.rank = surroundings_.rank;
    identity.host_rank = surroundings_.host_rank;
    if (pid_ != 0 && pid_ != identity.pid) {
        identity.namespace_pid = identity.pid;
        identity.pid = pid_;
        for (ledger::AllocationView& row : view.held) row.pid = pid_;
        for (ledger::AllocationView& row : view.ended) row.pid = pid_;
        if (view.history) {
            for (ledger::AllocationView& one : view.history->placements) one.pid = pid_;
        }
    }
    return view;
}

ledger::ProcessView WatchedProcess::view_in(Detail detail, std::optional<int> status) {
    auto state = ledger::ProcessState::running;
    if (!status && process_) status = wait_status(process_.get());
    if (!status && has_ended()) status = status_of_zombie(pid_);
    if (status || has_ended()) {
        const bool killed = status && WIFSIGNALED(*status);
        state = killed ? ledger::ProcessState::killed : ledger::ProcessState::exited;
    }
    ledger::ProcessView view = view_as(state, detail);
    describe_end(view, status);
    return view;
}

ledger::ProcessView WatchedProcess::view(std::optional<int> status) {
    return view_in(Detail::allocations, status);
}

ledger::ProcessView WatchedProcess::figures() { return view_in(Detail::figures, {}); }

ledger::ProcessView WatchedProcess::own_view() {
    return view_as(ledger::ProcessState::running, Detail::allocations);
}

ledger::ProcessView WatchedProcess::own_figures() {
    return view_as(ledger::ProcessState::running, Detail::figures);
}

WatchedProcess::HeldAfter WatchedProcess::held_after(std::uint64_t id) {
    HeldAfter held;
    if (last_id() <= id) return held;
    for (const ledger::Row& row : decoder_.live_after(id)) {
        auto& rows = row.ending ? held.outlived : held.live;
        rows.push_back(ledger::allocation_view(decoder_.tables(), row, pid(), now_ns()));
    }
    return held;
}

std::uint64_t WatchedProcess::unlisted_live() const { return health_of(*reader_).unlisted_live; }

std::uint64_t WatchedProcess::events_missing() const {
    const std::uint64_t produced = reader_->events_produced();
    return produced - std::min(produced, ledger_.received());
}

void WatchedProcess::watch_peaks_anew() {
    // What is missing was lost only when two looks in a row do without it.
    for (int look = 0; look < 2 && ledger_.has_gap(); ++look) catch_up();
    ledger_.watch_anew();
    missing_when_watched_ = events_missing();
    watched_with_gap_ = ledger_.has_gap();
}

WatchedProcess::WatchedPeaks WatchedProcess::watched_peaks(std::int32_t device) const {
    WatchedPeaks watched;
    const std::vector<ledger::Device>& devices = decoder_.tables().devices;
    for (std::uint32_t i = 0; i < devices.size(); ++i) {
        if (devices[i].device == device) watched.peaks = ledger_.watched_peaks(i);
    }
    const bool is_whole = !watched_with_gap_ && events_missing() == missing_when_watched_;
    if (!is_whole || ledger_.has_gap()) watched.coverage = Coverage::at_least;
    return watched;
}

ledger::ProcessView WatchedProcess::view_at_exec() {
    return view_as(ledger::ProcessState::exited, Detail::allocations);
}

std::uint64_t WatchedProcess::live_count() const {
    std::uint64_t count = 0;
    const std::size_t cells = std::size_t{reader_->sets_used()} * segment::kCellsPerSet;
    for (std::size_t i = 0; i < cells; ++i) count += segment::live(reader_->cell(i));
    return count;
}

bool WatchedProcess::has_ended() const { return !process_ || collect::has_ended(process_.get()); }

bool WatchedProcess::became(const WatchedProcess& later) const {
    const segment::Header& before = reader_->header();
    const segment::Header& after = later.reader_->header();
    return pid() == later.pid() && before.start_time == after.start_time &&
           before.image != after.image;
}

}  // namespace plimsoll::collect
