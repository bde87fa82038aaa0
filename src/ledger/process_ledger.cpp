#include "ledger/process_ledger.hpp"

#include <algorithm>
#include <vector>

namespace plimsoll::ledger {

void ProcessLedger::apply(const Tables& tables, std::span<const Event> events) {
    const auto earlier = [](const Event& a, const Event& b) { return a.sequence < b.sequence; };
    if (std::is_sorted(events.begin(), events.end(), earlier)) {
        for (const Event& event : events) apply(tables, event);
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
            return pictures_.take(event.allocation, live_, !gaps_.open() && !restarted_);
        case Event::Type::run:
            if (restarted_ && gaps_.before_base(event.sequence)) return;
            return occupancy_.run(
                tables, {event.allocation.program, event.allocation.id.value, event.label});
        case Event::Type::window_begin:  // that it comes again tells the last one's end, too
            growth_.mark(event.name);
            return occupancy_.begin_window(event.name);
        case Event::Type::window_end:
            return occupancy_.end_window(event.name);
        case Event::Type::mark:
            return growth_.mark(event.name);
        case Event::Type::other:
            return;
    }
}

void ProcessLedger::add(const Tables& tables, const Allocation& allocation, bool is_news) {
    if (over_.contains(allocation.id)) {
        ++implausible_;
        return;
    }
    const auto [entry, is_new] = live_.try_emplace(allocation.id.value);
    if (!is_new) {
        ++implausible_;
        return;
    }
    entry->second = {occupancy_.add(tables, allocation), is_news
                                                             ? growth_.allocate(tables, allocation)
                                                             : growth_.hold(tables, allocation)};
}

void ProcessLedger::end(const Tables& tables, AllocationId id) {
    const auto entry = live_.find(id.value);
    if (entry != live_.end()) {
        occupancy_.remove(tables, entry->second.footprint);
        growth_.end(entry->second.share);
        live_.erase(entry);
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
