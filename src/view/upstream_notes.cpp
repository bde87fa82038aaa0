#include "view/upstream_notes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "findings/words.hpp"

namespace plimsoll::view {
namespace {

// Of one process, on all chips.
struct Account {
    std::string name;
    std::vector<std::int32_t> devices;
    upstream::Held held;
    std::uint64_t updated_ns = 0;
};

void add(upstream::Held& sum, const upstream::Held& more) {
    for (std::size_t i = 0; i < kRegionCount; ++i) sum.regions[i] += more.regions[i];
    sum.circular_buffers += more.circular_buffers;
}

std::string held_text(const upstream::Held& held) {
    std::vector<std::string> parts;
    for (const Region region : kRegions) {
        const std::uint64_t bytes = held.regions[static_cast<std::size_t>(region)];
        if (bytes == 0) continue;
        parts.push_back(
            fmt::format("{} of {}", findings::bytes_text(bytes), findings::title(region)));
    }
    if (held.circular_buffers != 0) {
        parts.push_back(findings::bytes_text(held.circular_buffers) + " of circular buffers");
    }
    return parts.empty() ? "nothing" : findings::listed(parts);
}

std::string age_text(std::uint64_t then_ns, std::uint64_t now_ns) {
    constexpr std::uint64_t kSecond = 1000000000;
    return fmt::format("{} s ago", (now_ns - std::min(then_ns, now_ns)) / kSecond);
}

}  // namespace

std::vector<std::string> upstream_notes(const upstream::Sighting& sighting,
                                        const std::vector<ledger::ProcessView>& watched,
                                        std::uint64_t now_ns) {
    std::set<std::int32_t> known;
    for (const ledger::ProcessView& process : watched) known.insert(process.identity.pid);
    std::map<std::int32_t, Account> running;
    upstream::Held left;
    for (const upstream::Statistics& chip : sighting.chips) {
        for (const upstream::Slot& slot : chip.processes) {
            if (!sighting.running.contains(slot.pid)) {
                add(left, slot.held);
                continue;
            }
            if (known.contains(slot.pid)) continue;
            Account& one = running[slot.pid];
            one.name = slot.name;
            one.devices.push_back(chip.device);
            add(one.held, slot.held);
            one.updated_ns = std::max(one.updated_ns, slot.updated_ns);
        }
    }
    std::vector<std::string> notes;
    for (const auto& [pid, one] : running) {
        // Most are rows of unknowns in the same table: this is no other process.
        notes.push_back(fmt::format(
            "{} (pid {}), not watched: by the runtime's own account it asked for {} on {}, {}",
            one.name, pid, held_text(one.held), findings::devices_text(one.devices, 0),
            age_text(one.updated_ns, now_ns)));
    }
    if (!left.is_nothing()) {
        notes.push_back(
            fmt::format("the runtime's own account still counts {} of processes that are gone",
                        held_text(left)));
    }
    notes.insert(notes.end(), sighting.notes.begin(), sighting.notes.end());
    return notes;
}

}  // namespace plimsoll::view
