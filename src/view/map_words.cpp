#include "view/map_words.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "findings/words.hpp"

namespace plimsoll::view {
namespace {

using findings::MemoryMap;

const char* rest(const MemoryMap& map) {
    return map.rest_is_free ? "free" : "not of this finding, or not seen";
}

std::string gap_text(const findings::Gap& gap, bool at_one_moment) {
    const findings::Extent& extent = gap.extent;
    if (!gap.overlap) {
        return fmt::format("gap: {} B between the program's end, {}, and the lowest buffer, {}",
                           extent.bytes(), extent.begin, extent.end);
    }
    if (at_one_moment) {
        return fmt::format("overlap: {} B, the program would end at {}, the lowest buffer is at {}",
                           extent.bytes(), extent.end, extent.begin);
    }
    return fmt::format(
        "a program ends at {}, above the lowest buffer at {}: it was there, but did not run beside "
        "that",
        extent.end, extent.begin);
}

std::string holes_text(const MemoryMap& map) {
    const std::vector<findings::Extent> holes = findings::holes(map);
    const auto largest = findings::largest_hole(map);
    const bool with_program = !map.lanes.empty() && map.lanes.front().of_program;
    if (!largest) return map.rest_is_free && !with_program ? "nothing is free" : "";
    std::uint64_t bytes = 0;
    for (const findings::Extent& hole : holes) bytes += hole.bytes();
    return fmt::format("{}: {} B in {}, the largest {} B at {}",
                       map.rest_is_free && !with_program ? "free" : "beside these", bytes,
                       findings::counted(holes.size(), "piece"), largest->bytes(), largest->begin);
}

// Programs do so by design; of the others some were made at another time.
bool lie_over_each_other(const MemoryMap& map) {
    for (const findings::MapLane& lane : map.lanes) {
        std::uint64_t end = 0;
        for (const findings::MapSpan& span : lane.spans) {
            if (!lane.of_program && span.extent.begin < end) return true;
            end = std::max(end, span.extent.end);
        }
    }
    return false;
}

std::string beyond_text(const MemoryMap& map) {
    const auto beyond = findings::beyond(map);
    if (!beyond) return {};
    return fmt::format("beyond the memory: {} B, it ends at {}", beyond->bytes(), beyond->begin);
}

}  // namespace

const char* bank_word(Region region) {
    return region == Region::l1 || region == Region::l1_small ? "core" : "bank";
}

std::string map_title(const MemoryMap& map) {
    const findings::Extent reach = map.bank.value_or(findings::reach(map));
    const std::string where =
        fmt::format("{} of each {}, {}", findings::title(map.region), bank_word(map.region),
                    findings::devices_text(map.devices, 0));
    if (!map.bank) return where + ": where it begins and ends is not known";
    return fmt::format("{}: {} .. {}, {} B", where, reach.begin, reach.end, reach.bytes());
}

std::vector<std::string> map_figures(const MemoryMap& map) {
    std::vector<std::string> lines;
    const auto gap = findings::gap(map);
    for (std::string line :
         {gap ? gap_text(*gap, map.rest_is_free) : "", beyond_text(map), holes_text(map)}) {
        if (!line.empty()) lines.push_back(std::move(line));
    }
    if (lie_over_each_other(map)) {
        lines.emplace_back(
            "some lie over each other: they were not there at one time, or not on the same cores");
    }
    if (map.left_out > 0) {
        lines.push_back(
            fmt::format("{} more are in the report's count, but not in its lists", map.left_out));
    }
    return lines;
}

std::optional<Mark> mark_of(const MemoryMap& map) {
    if (const auto beyond = findings::beyond(map)) return Mark{"beyond", *beyond, true};
    const auto gap = findings::gap(map);
    if (!gap || (gap->overlap && !map.rest_is_free)) return {};
    return Mark{gap->overlap ? "overlap" : "gap", gap->extent, gap->overlap};
}

std::optional<findings::Extent> closer(const MemoryMap& map) {
    MemoryMap pieces = map;
    pieces.bank.reset();
    const findings::Extent all = findings::reach(pieces);
    std::size_t count = 0;
    for (const findings::MapLane& lane : map.lanes) count += lane.spans.size();
    constexpr std::uint64_t kSmallPart = 8;
    if (count < 2 || all.bytes() > findings::reach(map).bytes() / kSmallPart) return {};
    return all;
}

std::string map_key(const MemoryMap& map) {
    std::string text = std::string(".: ") + rest(map);
    if (!map.holders.empty()) text += "; a small letter: less than half of that column";
    return text;
}

std::vector<Piece> pieces_of(const MemoryMap& map) {
    std::vector<Piece> pieces;
    for (const findings::MapLane& lane : map.lanes) {
        for (const findings::MapSpan& span : lane.spans) {
            std::string what;
            if (span.count > 1) {
                what = fmt::format("{} x {} B", span.count, span.extent.bytes() / span.count);
            }
            pieces.push_back({span.extent, map.holders.at(span.holder).letter, std::move(what)});
        }
    }
    for (const findings::Extent& hole : findings::holes(map)) {
        pieces.push_back({hole, '.', rest(map)});
    }
    std::stable_sort(pieces.begin(), pieces.end(), [](const Piece& a, const Piece& b) {
        return a.extent.begin < b.extent.begin;
    });
    return pieces;
}

}  // namespace plimsoll::view
