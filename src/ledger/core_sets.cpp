#include "ledger/core_sets.hpp"

#include <algorithm>
#include <bitset>

namespace plimsoll::ledger {

namespace {

constexpr std::uint32_t kAxis = kMaxCoreAxis + 1;

std::uint32_t clamp(std::uint16_t coordinate) { return std::min(coordinate, kMaxCoreAxis); }

}  // namespace

std::span<const std::uint32_t> CoreSets::of(CoreSetId id,
                                            const std::map<CoreSetId, CoreSet>& table) {
    if (id.value == 0) return {};
    const auto known = known_.find(id.value);
    if (known != known_.end()) return cores_.of(known->second, {});
    const auto entry = table.find(id);
    if (entry == table.end()) return {};  // not remembered: tables grow
    const auto set = static_cast<std::uint32_t>(known_.size());
    known_.emplace(id.value, set);
    return cores_.of(set, expand(entry->second));
}

std::vector<std::uint32_t> CoreSets::expand(const CoreSet& ranges) {
    std::vector<std::uint32_t> cores;
    std::bitset<kAxis * kAxis> met;
    // A set splits each group at most once, and makes one of its own.
    const bool no_room =
        known_.size() > kMaxCoreSets || 2 * cores_.groups().size() + 1 > kMaxCoreGroups;
    for (const CoreRange& range : ranges) {
        for (std::uint32_t y = clamp(range.y0); y <= clamp(range.y1); ++y) {
            for (std::uint32_t x = clamp(range.x0); x <= clamp(range.x1); ++x) {
                const std::uint32_t place = y * kAxis + x;
                if (met.test(place)) continue;
                met.set(place);
                const auto number = numbers_.find(place);
                const bool full = no_room || cores.size() == kMaxCoresPerSet;
                if (full || (number == numbers_.end() && numbers_.size() == kMaxDistinctCores)) {
                    ++left_out_;
                    continue;
                }
                const auto next = static_cast<std::uint32_t>(numbers_.size());
                cores.push_back(numbers_.try_emplace(place, next).first->second);
            }
        }
    }
    return cores;
}

}  // namespace plimsoll::ledger
