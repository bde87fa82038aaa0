#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "agents/ttmetal/runtime.hpp"

namespace plimsoll::ttmetal {

// One core's share of a dataflow buffer.
struct CoreAddress {
    std::uint64_t x, y;
    std::uint32_t address;
    std::uint32_t unused;
};

// The cores of a dataflow buffer that are programmed alike.
struct DataflowGroup {
    CoreRangeSet ranges;
    Vector<std::uint64_t> processors;
    Vector<CoreAddress> cores;
};
static_assert(sizeof(DataflowGroup) == 72);

// What a DataflowBufferConfig begins with.
struct DataflowConfig {
    std::uint32_t entry_bytes;
    std::uint32_t entries;
};

// A dataflow buffer of the runtime's, as it lies in memory; good while the runtime's call lasts.
struct DataflowBuffer {
    DataflowConfig config;
    CoreRangeSet ranges;
    Vector<DataflowGroup> groups;  // after the layout only

    [[nodiscard]] std::uint64_t bytes_per_core() const {
        return std::uint64_t{config.entry_bytes} * config.entries;
    }
};

// Where in the runtime's private object the fields of a dataflow buffer lie. No function gives its
// addresses away, and the place moves from release to release, so it is found once per process:
// the configuration by the values that the program just asked for, the groups by their shape, which
// must account for exactly the buffer's cores. Every read is checked against that shape again; what
// does not have it is not believed.
//
// Threads: any; two that search at once find the same.
class DataflowLayout {
  public:
    // Where the configuration lies; learn_config() does nothing then.
    [[nodiscard]] bool is_known() const {
        return config_at_.load(std::memory_order_relaxed) != kUnknown;
    }

    // `object` was just made for this configuration and these cores.
    void learn_config(const void* object, const DataflowConfig& config, const CoreRangeSet& ranges);

    // After its program was laid out. False: the layout is not recognised.
    bool read(const void* object, DataflowBuffer* buffer);

  private:
    static constexpr std::size_t kObjectBytes = 320;  // all that is ever looked at
    static constexpr std::size_t kUnknown = 0;

    std::atomic<std::size_t> config_at_{kUnknown};
    std::atomic<std::size_t> groups_at_{kUnknown};
};

}  // namespace plimsoll::ttmetal
