#include "findings/memory_map.hpp"

#include <algorithm>

namespace plimsoll::findings {
namespace {

std::vector<Extent> extents_by_address(const MemoryMap& map) {
    std::vector<Extent> all;
    for (const MapLane& lane : map.lanes) {
        for (const MapSpan& span : lane.spans) all.push_back(span.extent);
    }
    std::sort(all.begin(), all.end(),
              [](const Extent& a, const Extent& b) { return a.begin < b.begin; });
    return all;
}

}  // namespace

Extent reach(const MemoryMap& map) {
    std::optional<Extent> all = map.bank;
    for (const Extent& one : extents_by_address(map)) {
        if (!all) all = one;
        all = Extent{std::min(all->begin, one.begin), std::max(all->end, one.end)};
    }
    return all.value_or(Extent{});
}

std::vector<Extent> holes(const MemoryMap& map) {
    const Extent bank = map.bank.value_or(reach(map));
    std::vector<Extent> holes;
    std::uint64_t at = bank.begin;
    for (const Extent& one : extents_by_address(map)) {
        if (one.begin >= bank.end) break;
        if (one.begin > at) holes.push_back({at, one.begin});
        at = std::max(at, one.end);
    }
    if (at < bank.end) holes.push_back({at, bank.end});
    return holes;
}

std::optional<Extent> largest_hole(const MemoryMap& map) {
    const std::vector<Extent> all = holes(map);
    const auto largest =
        std::max_element(all.begin(), all.end(),
                         [](const Extent& a, const Extent& b) { return a.bytes() < b.bytes(); });
    return largest == all.end() ? std::nullopt : std::optional(*largest);
}

std::optional<Extent> beyond(const MemoryMap& map) {
    const std::uint64_t end = reach(map).end;
    if (!map.bank || end <= map.bank->end) return {};
    return Extent{map.bank->end, end};
}

std::optional<Gap> gap(const MemoryMap& map) {
    std::optional<std::uint64_t> end;    // of what programs have
    std::optional<std::uint64_t> begin;  // of the lowest buffer
    for (const MapLane& lane : map.lanes) {
        for (const MapSpan& span : lane.spans) {
            if (lane.of_program) {
                end = std::max(end.value_or(0), span.extent.end);
            } else {
                begin = std::min(begin.value_or(span.extent.begin), span.extent.begin);
            }
        }
    }
    if (!end || !begin) return {};
    if (*begin < *end) return Gap{{*begin, *end}, true};
    return Gap{{*end, *begin}, false};
}

}  // namespace plimsoll::findings
