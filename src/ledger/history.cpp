#include "ledger/history.hpp"

#include <algorithm>

namespace plimsoll::ledger {
namespace {

constexpr std::size_t kMostEarly = 1024;
constexpr std::size_t kMostOpenWindows = 1024;

}  // namespace

void History::apply(std::span<const Event> events) {
    for (const Event& event : events) apply(event);
}

void History::apply(const Event& event) {
    const std::uint64_t number = event.allocation.id.value;
    switch (event.type) {
        case Event::Type::allocate: {
            numbers_before_ = number - event.sequence;
            const auto early = early_.find(number);
            if (early != early_.end()) {
                keep(event.allocation, early->second);
                early_.erase(early);
            } else if (open_.size() < kMostOpen) {
                open_.emplace(number, event.allocation);
            }
            return;
        }
        case Event::Type::suspend:
        case Event::Type::free:
            return end(number, end_at(event));
        case Event::Type::run:
            runs_[event.allocation.program] = {number, event.label};
            return;
        case Event::Type::mark:
            if (++mark_count_ <= kMostNamed)
                marks_.push_back({number, event.at_ns, {}, 0, event.name});
            return;
        case Event::Type::window_begin:
            return begin_window(event);
        case Event::Type::window_end:
            return end_window(event);
        case Event::Type::refuse:
        case Event::Type::other:
            return;
    }
}

void History::end(std::uint64_t id, End end) {
    const auto open = open_.find(id);
    if (open == open_.end()) {
        // Another thread's event is read later. Or it is over already, or was never told.
        if (early_.size() == kMostEarly) early_.erase(early_.begin());
        early_.emplace(id, end);
        return;
    }
    keep(open->second, end);
    open_.erase(open);
}

void History::keep(const Allocation& allocation, End end) {
    const std::optional<std::uint32_t> placement = placements_.number_of(
        {allocation.kind, allocation.region, allocation.owner, allocation.reported, allocation.set,
         allocation.cores, allocation.call_site, label_of(allocation), allocation.banks,
         allocation.bytes, allocation.bytes_per_bank});
    if (!placement) return;
    // Half of them at once: moving all for each that comes would take too long.
    if (over_.size() == 2 * kMostOver) over_.erase(over_.begin(), over_.begin() + kMostOver);
    over_.push_back({allocation.id.value, allocation.address, allocation.made_at_ns, end.over,
                     end.at_ns, *placement});
}

// A place in the table of programs is another one's only after all that the first had is over.
LabelId History::label_of(const Allocation& allocation) const {
    const auto run = runs_.find(allocation.program);
    const bool has_run = run != runs_.end() && run->second.id > allocation.id.value;
    return has_run ? run->second.label : LabelId{};
}

void History::begin_window(const Event& event) {
    if (++window_count_ > kMostNamed || open_windows_.size() == kMostOpenWindows) return;
    open_windows_.push_back(windows_.size());
    windows_.push_back({event.allocation.id.value, event.at_ns, {}, 0, event.name});
}

// Threads may have windows of one name; the last that began is as good as any.
void History::end_window(const Event& event) {
    const auto last = std::find_if(open_windows_.rbegin(), open_windows_.rend(), [&](auto window) {
        return windows_[window].name == event.name;
    });
    if (last == open_windows_.rend()) return;
    windows_[*last].over = event.allocation.id.value;
    windows_[*last].over_at_ns = event.at_ns;
    open_windows_.erase(std::next(last).base());
}

}  // namespace plimsoll::ledger
