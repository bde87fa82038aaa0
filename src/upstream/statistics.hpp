#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/region.hpp"
#include "base/result.hpp"

// What the runtime itself counts of a chip, in files of shared memory (TT-Metalium from 0.70.1 on):
// an account of its own, beside Plimsoll's. It counts requested bytes, not occupied ones, of the
// thread that opened the chip, and what a killed process held it counts for ever.
namespace plimsoll::upstream {

// Requested bytes.
struct Held {
    std::array<std::uint64_t, kRegionCount> regions{};  // `system` is not counted: 0
    std::uint64_t circular_buffers = 0;                 // in L1

    [[nodiscard]] bool is_nothing() const;
};

struct Slot {
    std::int32_t pid = 0;
    std::string name;
    Held held;
    std::uint64_t updated_ns = 0;  // since 1970
};

struct Statistics {
    std::uint32_t version = 0;
    std::int32_t device = 0;
    std::uint64_t asic = 0;  // its number, which names the file
    std::uint64_t updated_ns = 0;
    Held total;
    std::vector<Slot> processes;
};

inline constexpr std::size_t kFileBytes = 8576;  // of versions 2 to 4, which differ in none of this

// Trust: `bytes` are a copy of what any user may have written, and of what the runtime was writing
// while they were copied.
// Error: "no statistics of the runtime" with the length, or "an unknown version" with the version.
Result<Statistics> read_statistics(std::span<const std::byte> bytes);

}  // namespace plimsoll::upstream
