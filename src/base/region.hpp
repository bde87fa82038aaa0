#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace plimsoll {

// The memory an allocation lives in. The numbers are those of the public C header and of the
// shared memory; the names are those the user reads.
enum class Region : std::uint8_t { dram = 0, l1 = 1, l1_small = 2, trace = 3, system = 4 };

inline constexpr std::size_t kRegionCount = 5;
inline constexpr std::array<Region, kRegionCount> kRegions = {
    Region::dram, Region::l1, Region::l1_small, Region::trace, Region::system};

constexpr const char* name(Region region) {
    constexpr std::array<const char*, kRegionCount> names = {"dram", "l1", "l1_small", "trace",
                                                             "system"};
    return names[static_cast<std::size_t>(region)];
}

}  // namespace plimsoll
