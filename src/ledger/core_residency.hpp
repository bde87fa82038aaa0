#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "ledger/partition.hpp"

namespace plimsoll::ledger {

inline constexpr std::size_t kMaxBoundariesPerCore = 1024;
inline constexpr std::size_t kMaxBoundaries = 1u << 18;  // on all cores of one device

// Addresses [begin, end) of one core's memory.
struct Interval {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

// What lies where in the L1 of one device's cores. Circular and dataflow buffers may overlap each
// other and what was allocated since their program ran: a core's bytes are the length of the union
// of its intervals. Other buffers are in lockstep: at the same addresses in every bank.
// A step costs the groups of cores of the interval (in lockstep: those that have any) times the
// boundaries it spans there, however many intervals there are.
class CoreResidency {
  public:
    // Whether one more interval keeps within the limits.
    [[nodiscard]] bool has_room(std::span<const std::uint32_t> groups) const;
    [[nodiscard]] bool has_room_in_lockstep() const;

    // `groups` are some of `cores`, which is the same one, grown, in all calls. All return by how
    // many bytes that are in no lockstep interval, over all cores, the union grew or shrank; an
    // interval in lockstep takes such bytes away. Only what was added may be removed; anything else
    // is clamped, never negative.
    std::uint64_t add(const Partition& cores, std::span<const std::uint32_t> groups,
                      Interval interval);
    std::uint64_t remove(const Partition& cores, std::span<const std::uint32_t> groups,
                         Interval interval);
    std::uint64_t add_in_lockstep(const Partition& cores, Interval interval);
    std::uint64_t remove_in_lockstep(const Partition& cores, Interval interval);

    // On all cores, beside what is in lockstep.
    [[nodiscard]] std::uint64_t total_bytes() const { return total_bytes_; }
    // With what is in lockstep.
    [[nodiscard]] std::uint64_t fullest_core_bytes() const { return lockstep_.bytes + fullest_; }
    // Its group; nothing: no core has more than what is in lockstep.
    [[nodiscard]] std::optional<std::size_t> fullest_core() const;

  private:
    // From here to the next boundary so many intervals lie over each other. Neighbours differ;
    // the last one has none.
    struct Boundary {
        std::uint64_t address = 0;
        std::uint64_t cover = 0;
    };
    using Boundaries = std::vector<Boundary>;
    struct Core {
        Boundaries boundaries;
        std::uint64_t bytes = 0;  // of a core: beside what is in lockstep
    };
    enum class Step { add, remove };

    static std::size_t split(Boundaries& boundaries, std::uint64_t address);
    static std::uint64_t free_bytes(const Boundaries& boundaries, Interval interval);
    template <class Toggled>
    static void change(Boundaries& boundaries, Interval interval, Step step, Toggled toggled);
    std::uint64_t change_in_lockstep(const Partition& cores, Interval interval, Step step);
    void follow(const Partition& cores);
    void find_fullest();

    std::vector<Core> cores_;  // each stands for all of its group
    Core lockstep_;
    std::size_t boundaries_ = 0;  // of all of these
    std::uint64_t total_bytes_ = 0;
    std::uint64_t fullest_ = 0;
};

}  // namespace plimsoll::ledger
