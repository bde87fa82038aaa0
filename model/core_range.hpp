#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>
#include <vector>

namespace plimsoll::model {

struct CoreCoord {
    std::uint32_t x = 0, y = 0;
    auto operator<=>(const CoreCoord&) const = default;
};

// A rectangle of cores; both corners belong to it.
struct CoreRange {
    CoreCoord start, end;
    bool operator==(const CoreRange&) const = default;

    [[nodiscard]] std::uint64_t size() const {
        return std::uint64_t{end.x - start.x + 1} * (end.y - start.y + 1);
    }
    [[nodiscard]] bool intersects(const CoreRange& other) const {
        return start.x <= other.end.x && other.start.x <= end.x && start.y <= other.end.y &&
               other.start.y <= end.y;
    }
    [[nodiscard]] bool contains(const CoreCoord& core) const {
        return intersects(CoreRange{core, core});
    }
};

// Ranges that do not overlap each other, in the order they were given.
class CoreRangeSet {
  public:
    CoreRangeSet() = default;
    CoreRangeSet(const CoreRange& only) : ranges_{only} {}
    explicit CoreRangeSet(std::vector<CoreRange> ranges) : ranges_(std::move(ranges)) {}

    [[nodiscard]] const std::vector<CoreRange>& ranges() const { return ranges_; }
    [[nodiscard]] std::uint64_t num_cores() const {
        std::uint64_t cores = 0;
        for (const CoreRange& range : ranges_) cores += range.size();
        return cores;
    }
    [[nodiscard]] bool has(const CoreRange& range) const {
        return std::find(ranges_.begin(), ranges_.end(), range) != ranges_.end();
    }
    [[nodiscard]] bool contains(const CoreCoord& core) const {
        return std::any_of(ranges_.begin(), ranges_.end(),
                           [&](const CoreRange& range) { return range.contains(core); });
    }
    bool operator==(const CoreRangeSet&) const = default;

  private:
    std::vector<CoreRange> ranges_;
};

}  // namespace plimsoll::model
