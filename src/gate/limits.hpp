#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/region.hpp"
#include "ledger/snapshot.hpp"

namespace plimsoll::gate {

// The most that any one device may hold at one moment, in bytes.
struct Limit {
    std::optional<Region> region;  // nothing: L1 of the fullest core
    std::uint64_t bytes = 0;
};

// "dram", "l1", "l1_small", "trace", or "l1_per_core".
std::string name_of(const Limit& limit);

// Reads "dram=10GiB" or "l1=512M": K, M, G and T are powers of 1024, with or without B or iB.
// Otherwise the text of what is wrong with it.
std::variant<Limit, std::string> read_limit(const std::string& text);

// A device that came above a limit, or of which nobody knows whether it did.
struct Excess {
    Limit limit;
    std::int32_t device = 0;
    ledger::RegionPeak peak;  // unknown: it cannot be judged
};

// For each limit the device that is worst off, if any breaks it. No device at all breaks none.
std::vector<Excess> broken(const std::vector<Limit>& limits,
                           const std::vector<ledger::DeviceUse>& devices);

}  // namespace plimsoll::gate
