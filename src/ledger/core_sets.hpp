#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <unordered_map>
#include <vector>

#include "ledger/input.hpp"

namespace plimsoll::ledger {

inline constexpr std::uint16_t kMaxCoreAxis = 255;      // coordinates beyond are clamped to it
inline constexpr std::size_t kMaxCoresPerSet = 1024;    // cores beyond are not counted
inline constexpr std::size_t kMaxDistinctCores = 4096;  // of one process

// The cores of core sets, each spelled out once. A core is a small number, given in the order in
// which cores were first met, so that what is kept per core can lie in a vector.
class CoreSets {
  public:
    // Every core once, however often the ranges name it; empty for a set that is not in the
    // table. The span is good until the next call.
    std::span<const std::uint16_t> of(CoreSetId id, const std::map<CoreSetId, CoreSet>& table);

    // Cores left out because of a limit.
    [[nodiscard]] std::uint64_t left_out() const { return left_out_; }

  private:
    std::vector<std::uint16_t> expand(const CoreSet& ranges);

    std::unordered_map<std::uint32_t, std::vector<std::uint16_t>> expanded_;
    std::unordered_map<std::uint32_t, std::uint16_t> numbers_;  // y * 256 + x -> number
    std::uint64_t left_out_ = 0;
};

}  // namespace plimsoll::ledger
