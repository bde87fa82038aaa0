#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace plimsoll::ledger {

inline constexpr std::size_t kMaxBoundariesPerCore = 4096;
inline constexpr std::size_t kMaxBoundaries = 1u << 18;  // on all cores of one device

// Addresses [begin, end) of one core's memory.
struct Interval {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

// What circular and dataflow buffers take on the cores of one device. They overlap by design, so
// a core's bytes are the length of the union of its intervals. A step costs the cores of the
// interval times the boundaries it spans there, however many intervals there are.
class CoreResidency {
  public:
    // Whether one more interval keeps within the limits.
    [[nodiscard]] bool has_room(std::span<const std::uint16_t> cores) const;

    // Both return by how many bytes, over all these cores, the union grew or shrank. Only what
    // was added may be removed; anything else is clamped, never negative.
    std::uint64_t add(std::span<const std::uint16_t> cores, Interval interval);
    std::uint64_t remove(std::span<const std::uint16_t> cores, Interval interval);

    [[nodiscard]] std::uint64_t total_bytes() const { return total_bytes_; }
    [[nodiscard]] std::uint64_t fullest_core_bytes() const { return fullest_; }

    void clear() { *this = {}; }

  private:
    // From here to the next boundary so many intervals lie over each other. Neighbours differ;
    // the last one has none.
    struct Boundary {
        std::uint64_t address = 0;
        std::uint64_t cover = 0;
    };
    struct Core {
        std::vector<Boundary> boundaries;
        std::uint64_t bytes = 0;
    };
    enum class Step { add, remove };

    static std::size_t split(std::vector<Boundary>& boundaries, std::uint64_t address);
    static std::uint64_t change(Core& core, Interval interval, Step step);
    void find_fullest();

    std::vector<Core> cores_;
    std::size_t boundaries_ = 0;
    std::uint64_t total_bytes_ = 0;
    std::uint64_t fullest_ = 0;
};

}  // namespace plimsoll::ledger
