#include "ledger/process_ledger.hpp"

#include <algorithm>
#include <vector>

namespace plimsoll::ledger {

void ProcessLedger::apply(const Tables& tables, std::span<const Event> events) {
    const auto earlier = [](const Event& a, const Event& b) { return a.sequence < b.sequence; };
    if (std::is_sorted(events.begin(), events.end(), earlier)) {
        // Of a million allocations hardly one is in the processor's caches.
        constexpr std::size_t kRowAhead = 8;
        for (std::size_t i = 0; i < events.size(); ++i) {
            if (i + 2 * kRowAhead < events.size()) {
                live_.fetch_index_ahead(events[i + 2 * kRowAhead].allocation.id);
            }
            if (i + kRowAhead < events.size()) {
                live_.fetch_row_ahead(events[i + kRowAhead].allocation.id);
            }
            apply(tables, events[i]);
        }
        return;
    }
    // Rings of several threads, read one after the other.
    std::vector<const Event*> sorted;
    sorted.reserve(events.size());
    for (const Event& event : events) sorted.push_back(&event);
    std::stable_sort(sorted.begin(), sorted.end(),
                     [&earlier](const Event* a, const Event* b) { return earlier(*a, *b); });
    for (const Event* event : sorted) apply(tables, *event);
}

void ProcessLedger::apply(const Tables& tables, const Event& event) {
    if (!gaps_.open() && gaps_.open_with(event.sequence)) occupancy_.keep_peaks();
    gaps_.receive(event.sequence);
    if (!gaps_.open()) gap_at_last_look_ = false;
    switch (event.type) {
        case Event::Type::allocate:
            // Of a time before the story began anew: the look had it, or it was over by then.
            if (restarted_ && gaps_.before_base(event.sequence)) return;
            return add(tables, event.allocation, true);
        case Event::Type::suspend:
            remember_growths(tables, Moment::close);
            return end(tables, event.allocation.id);
        case Event::Type::free:
            return end(tables, event.allocation.id);
        case Event::Type::refuse:
            remember_growths(tables, Moment::refusal);
            return pictures_.take(event.allocation, live_, !gaps_.open() && !restarted_,
                                  last_mark_);
        case Event::Type::run:
            if (restarted_ && gaps_.before_base(event.sequence)) return;
            return occupancy_.run(
                tables, {event.allocation.program, event.allocation.id.value, event.label});
        case Event::Type::window_begin:  // that it comes again tells the last one's end, too
            mark(event);
            return occupancy_.begin_window(event.name);
        case Event::Type::window_end:
            return occupancy_.end_window(event.name);
        case Event::Type::mark:
            return mark(event);
        case Event::Type::other:
            return;
    }
}

void ProcessLedger::mark(const Event& event) {
    last_mark_ = {event.allocation.id.value, event.name, {}};
    growth_.mark(event.name);
}

void ProcessLedger::add(const Tables& tables, const Allocation& allocation, bool is_news) {
    if (over_.contains(allocation.id)) {
        ++implausible_;
        return;
    }
    if (live_.contains(allocation.id)) {
        ++implausible_;
        return;
    }
    live_.insert(allocation,
                 {occupancy_.add(tables, allocation), is_news ? growth_.allocate(tables, allocation)
                                                              : growth_.hold(tables, allocation)});
}

void ProcessLedger::end(const Tables& tables, AllocationId id) {
    if (const std::optional<Held> held = live_.take(id)) {
        occupancy_.remove(tables, held->footprint);
        growth_.end(held->share);
    } else if (!over_.contains(id)) {  // a free after a suspend is as it should be
        ++implausible_;
    }
    over_.insert(id);
}

void ProcessLedger::catch_up(const Tables& tables, const Look& look) {
    // An event may still be on its way out of its thread: it is lost when it misses two looks.
    const bool lost = gaps_.open() && gap_at_last_look_;
    gap_at_last_look_ = gaps_.open() && !lost;
    if (!lost) return;
    restarted_ = true;
    live_.clear();
    occupancy_.restart();
    growth_.restart();
    gaps_.restart_after(look.health.events_produced);
    for (const Row& row : look.live) {
        if (!row.device_closed) add(tables, row.allocation, false);
    }
    occupancy_.run_as_told(tables, look.live);
    occupancy_.restart_peaks();
}

}  // namespace plimsoll::ledger
