#include "ledger/core_sets.hpp"

#include <algorithm>
#include <bitset>

namespace plimsoll::ledger {

namespace {

constexpr std::uint32_t kAxis = kMaxCoreAxis + 1;

std::uint32_t clamp(std::uint16_t coordinate) { return std::min(coordinate, kMaxCoreAxis); }

}  // namespace

std::span<const std::uint16_t> CoreSets::of(CoreSetId id,
                                            const std::map<CoreSetId, CoreSet>& table) {
    if (id.value == 0) return {};
    const auto known = expanded_.find(id.value);
    if (known != expanded_.end()) return known->second;
    const auto entry = table.find(id);
    if (entry == table.end()) return {};  // not remembered: tables grow
    return expanded_.emplace(id.value, expand(entry->second)).first->second;
}

std::vector<std::uint16_t> CoreSets::expand(const CoreSet& ranges) {
    std::vector<std::uint16_t> cores;
    std::bitset<kAxis * kAxis> met;
    for (const CoreRange& range : ranges) {
        for (std::uint32_t y = clamp(range.y0); y <= clamp(range.y1); ++y) {
            for (std::uint32_t x = clamp(range.x0); x <= clamp(range.x1); ++x) {
                const std::uint32_t place = y * kAxis + x;
                if (met.test(place)) continue;
                met.set(place);
                const auto number = numbers_.find(place);
                const bool full = cores.size() == kMaxCoresPerSet;
                if (full || (number == numbers_.end() && numbers_.size() == kMaxDistinctCores)) {
                    ++left_out_;
                    continue;
                }
                const auto next = static_cast<std::uint16_t>(numbers_.size());
                cores.push_back(numbers_.try_emplace(place, next).first->second);
            }
        }
    }
    return cores;
}

}  // namespace plimsoll::ledger
