#include "upstream/statistics.hpp"

#include <algorithm>
#include <cstring>

namespace plimsoll::upstream {
namespace {

// Offsets, as the runtime's own header lays it out on x86-64.
constexpr std::size_t kUpdated = 8;
constexpr std::size_t kAsic = 32;
constexpr std::size_t kDevice = 40;
constexpr std::size_t kTotals = 48;
constexpr std::size_t kProcesses = 856;
constexpr std::size_t kBytesPerProcess = 120;
constexpr std::size_t kMostProcesses = 64;
constexpr std::size_t kHeldOfProcess = 8;
constexpr std::size_t kUpdatedOfProcess = 48;
constexpr std::size_t kNameOfProcess = 56;
constexpr std::size_t kLongestName = 64;

template <class T>
T at(std::span<const std::byte> bytes, std::size_t offset) {
    T value;
    std::memcpy(&value, bytes.data() + offset, sizeof value);
    return value;
}

// DRAM, L1, small L1, trace, circular buffers: five numbers of 64 bits.
Held held_at(std::span<const std::byte> bytes, std::size_t offset) {
    Held held;
    constexpr std::array kOrder = {Region::dram, Region::l1, Region::l1_small, Region::trace};
    for (std::size_t i = 0; i < kOrder.size(); ++i) {
        held.regions[static_cast<std::size_t>(kOrder[i])] =
            at<std::uint64_t>(bytes, offset + i * sizeof(std::uint64_t));
    }
    held.circular_buffers =
        at<std::uint64_t>(bytes, offset + kOrder.size() * sizeof(std::uint64_t));
    return held;
}

std::string name_at(std::span<const std::byte> bytes, std::size_t offset) {
    const auto* text = reinterpret_cast<const char*>(bytes.data() + offset);
    return {text, std::find(text, text + kLongestName, '\0')};
}

}  // namespace

bool Held::is_nothing() const {
    return circular_buffers == 0 && std::all_of(regions.begin(), regions.end(),
                                                [](std::uint64_t bytes) { return bytes == 0; });
}

Result<Statistics> read_statistics(std::span<const std::byte> bytes) {
    if (bytes.size() != kFileBytes) {
        return Error{"no statistics of the runtime", static_cast<std::int64_t>(bytes.size())};
    }
    Statistics read;
    read.version = at<std::uint32_t>(bytes, 0);
    if (read.version < 2 || read.version > 4) return Error{"an unknown version", read.version};
    read.updated_ns = at<std::uint64_t>(bytes, kUpdated);
    read.asic = at<std::uint64_t>(bytes, kAsic);
    read.device = at<std::int32_t>(bytes, kDevice);
    read.total = held_at(bytes, kTotals);
    for (std::size_t i = 0; i < kMostProcesses; ++i) {
        const std::size_t slot = kProcesses + i * kBytesPerProcess;
        const auto pid = at<std::int32_t>(bytes, slot);
        if (pid <= 0) continue;  // free, or being given back
        read.processes.push_back({pid, name_at(bytes, slot + kNameOfProcess),
                                  held_at(bytes, slot + kHeldOfProcess),
                                  at<std::uint64_t>(bytes, slot + kUpdatedOfProcess)});
    }
    return read;
}

}  // namespace plimsoll::upstream
