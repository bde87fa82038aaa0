#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "machines/machine.hpp"
#include "model/defect.hpp"

namespace plimsoll::model {

using DeviceAddr = std::uint64_t;  // an offset inside a bank, or bytes of one

enum class Arch : std::uint8_t { wormhole_b0, blackhole };
inline constexpr std::size_t kArchCount = 2;

// What is the same in every release. The rest of a chip stands in machines/.
struct Architecture {
    Arch arch;
    const char* name;
    DeviceAddr dram_alignment;       // also the unit of every free list, whatever its region
    std::uint32_t circular_buffers;  // that a core has
};
inline constexpr DeviceAddr kL1Alignment = 16;

// That of a machine of the table.
const Architecture& architecture_of(const machines::Machine& machine);

// What a trace region of so many bytes takes of each bank.
enum class TraceRegion : std::uint8_t { all_in_each_bank, split_over_banks };

// Whether circular buffers that lie in a buffer are reported, beside the program's own.
enum class GlobalEvents : std::uint8_t { none, beside_local_ones };

// How texts name a rectangle of cores: [(x=0,y=0) - (x=7,y=7)] or [0-0 - 7-7].
enum class CoreText : std::uint8_t { coordinates, dashes };

// Whether a refusal ends with its figures or with a sentence on what to do.
enum class RefusalText : std::uint8_t { figures, advice };

// Whether a program is cached before it is placed, and stays when that is refused, or only after.
enum class Caching : std::uint8_t { before_placing, after_placing };

// In what releases of the runtime differ, as measured on the released wheels.
struct Release {
    const char* name;
    std::array<DeviceAddr, kArchCount> l1_base;  // where circular buffers begin, by Arch
    std::array<DeviceAddr, kArchCount> dram_base;
    TraceRegion trace_region;
    GlobalEvents global_events;
    CoreText core_text;
    RefusalText refusal_text;
    Caching caching;
    Defects as_released;
};

// Oldest first.
std::span<const Release> releases();

// nullptr when the table has none of that name.
const Release* find_release(std::string_view name);

}  // namespace plimsoll::model
