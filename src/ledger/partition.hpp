#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace plimsoll::ledger {

// Devices, or cores, that have only ever been used together, in the same sets, hold the same: they
// form a group and are accounted once. A set that takes a part of a group splits it. So an
// allocation on a mesh costs the same for 1 chip and for 32, and one on 64 cores the same as on 1.
class Partition {
  public:
    struct Group {
        std::vector<std::uint32_t> members;
        std::optional<std::uint32_t> split_from;  // the group whose past is also this one's
    };

    // The groups that make up the set. May append groups; the span is good until the next call.
    std::span<const std::uint32_t> of(std::uint32_t set, const std::vector<std::uint32_t>& members);

    [[nodiscard]] const std::vector<Group>& groups() const { return groups_; }
    [[nodiscard]] std::optional<std::uint32_t> group_of(std::uint32_t member) const;

  private:
    struct Set {
        bool known = false;
        std::vector<std::uint32_t> groups;
    };

    void learn(Set& set, std::vector<std::uint32_t> members);
    std::uint32_t make_group(std::vector<std::uint32_t> members,
                             std::optional<std::uint32_t> split_from);

    std::vector<Group> groups_;
    std::vector<Set> sets_;
    std::vector<std::optional<std::uint32_t>> group_of_;
};

}  // namespace plimsoll::ledger
