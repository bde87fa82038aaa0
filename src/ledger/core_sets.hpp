#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <unordered_map>
#include <vector>

#include "ledger/input.hpp"
#include "ledger/partition.hpp"

namespace plimsoll::ledger {

inline constexpr std::uint16_t kMaxCoreAxis = 255;      // coordinates beyond are clamped to it
inline constexpr std::size_t kMaxCoresPerSet = 1024;    // cores beyond are not counted
inline constexpr std::size_t kMaxDistinctCores = 4096;  // of one process
inline constexpr std::size_t kMaxCoreSets = 4096;       // sets beyond have no cores
inline constexpr std::size_t kMaxCoreGroups = 512;      // and so have those that might make more

// The cores of core sets, spelled out once. Cores that are always in the same sets form a group;
// what is kept per group lies in a vector.
class CoreSets {
  public:
    // The groups of the set's cores; none for a set that is not in the table. The span is good
    // until the next call.
    std::span<const std::uint32_t> of(CoreSetId id, const std::map<CoreSetId, CoreSet>& table);

    [[nodiscard]] const Partition& cores() const { return cores_; }
    // Cores left out because of a limit.
    [[nodiscard]] std::uint64_t left_out() const { return left_out_; }

  private:
    std::vector<std::uint32_t> expand(const CoreSet& ranges);

    Partition cores_;
    std::unordered_map<std::uint32_t, std::uint32_t> known_;    // text -> set of the partition
    std::unordered_map<std::uint32_t, std::uint32_t> numbers_;  // y * 256 + x -> core
    std::uint64_t left_out_ = 0;
};

}  // namespace plimsoll::ledger
