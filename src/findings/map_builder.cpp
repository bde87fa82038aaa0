#include "findings/map_builder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "findings/words.hpp"

namespace plimsoll::findings {
namespace {

// Nothing: it is empty, or larger than there are addresses.
std::optional<Extent> extent_of(const Run& run) {
    std::uint64_t bytes = 0;
    std::uint64_t end = 0;
    if (__builtin_mul_overflow(run.bytes_per_bank, run.count, &bytes) || bytes == 0 ||
        __builtin_add_overflow(run.address, bytes, &end)) {
        return {};
    }
    return Extent{run.address, end};
}

bool by_address(const MapSpan& a, const MapSpan& b) {
    return std::tie(a.extent.begin, a.extent.end) < std::tie(b.extent.begin, b.extent.end);
}

}  // namespace

void MapBuilder::add(const std::string& key, const std::string& name, bool of_program,
                     const Run& run, const Who& who) {
    const std::optional<Extent> extent = extent_of(run);
    if (!extent) {
        leave_out(run.count);
        return;
    }
    const auto [lane, new_lane] = lanes_.try_emplace(key, map_.lanes.size());
    if (new_lane) map_.lanes.push_back({name, of_program, {}});
    const auto [holder, new_holder] = numbers_.try_emplace(who, held_.size());
    if (new_holder) held_.emplace_back();
    Held& held = held_[holder->second];
    held.count += run.count;
    held.bytes += extent->bytes();
    held.begin = std::min(held.begin, extent->begin);
    map_.lanes[lane->second].spans.push_back({*extent, holder->second, run.count});
}

void MapBuilder::join_lanes() {
    std::vector<MapLane> lanes;
    std::vector<std::size_t> alike;
    for (MapLane& lane : map_.lanes) {
        std::sort(lane.spans.begin(), lane.spans.end(), by_address);
        const auto same = std::find(lanes.begin(), lanes.end(), lane);
        if (same != lanes.end()) {
            ++alike[static_cast<std::size_t>(same - lanes.begin())];
        } else if (lanes.size() < kMaxLanes || !lane.of_program) {
            lanes.push_back(std::move(lane));
            alike.push_back(1);
        } else {
            const auto last = std::find_if(lanes.rbegin(), lanes.rend(),
                                           [](const MapLane& one) { return one.of_program; });
            last->spans.insert(last->spans.end(), lane.spans.begin(), lane.spans.end());
            ++alike[static_cast<std::size_t>(lanes.rend() - last) - 1];
        }
    }
    for (std::size_t i = 0; i < lanes.size(); ++i) {
        std::sort(lanes[i].spans.begin(), lanes[i].spans.end(), by_address);
        if (alike[i] > 1) lanes[i].name += fmt::format(" and {} more", alike[i] - 1);
    }
    std::stable_partition(lanes.begin(), lanes.end(),
                          [](const MapLane& lane) { return lane.of_program; });
    map_.lanes = std::move(lanes);
}

// Letters go to those with the most bytes, in the order of their addresses.
void MapBuilder::name_holders() {
    constexpr std::size_t kLetters = 26;
    std::vector<std::size_t> order(held_.size());
    std::iota(order.begin(), order.end(), 0);
    const std::size_t lettered = std::min(order.size(), kLetters);
    const auto first_plain = order.begin() + static_cast<std::ptrdiff_t>(lettered);
    std::stable_sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
        return held_[a].bytes > held_[b].bytes;
    });
    const auto lower = [this](std::size_t a, std::size_t b) {
        return held_[a].begin < held_[b].begin;
    };
    std::stable_sort(order.begin(), first_plain, lower);
    std::stable_sort(first_plain, order.end(), lower);

    std::vector<const Who*> names(held_.size());
    for (const auto& [who, number] : numbers_) names[number] = &who;
    std::vector<std::size_t> place(held_.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        place[order[i]] = i;
        const Held& held = held_[order[i]];
        const Who& who = *names[order[i]];
        map_.holders.push_back({i < lettered ? static_cast<char>('A' + i) : MapHolder::kOthers,
                                who.owner, counted(held.count, noun(who.kind)) + ", " + who.place,
                                held.bytes, held.begin});
    }
    for (MapLane& lane : map_.lanes) {
        for (MapSpan& span : lane.spans) span.holder = place[span.holder];
    }
}

MemoryMap MapBuilder::finish(std::optional<Extent> bank) && {
    map_.bank = bank;
    name_holders();
    join_lanes();
    return std::move(map_);
}

}  // namespace plimsoll::findings
