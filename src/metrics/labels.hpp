#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/kind.hpp"
#include "base/region.hpp"
#include "ledger/snapshot.hpp"

// Which labels say where.
namespace plimsoll::metrics {

using Labels = std::vector<std::pair<std::string, std::string>>;

inline Labels labels_of(std::int32_t device, const std::string& arch) {
    Labels labels = {{"device", std::to_string(device)}};
    if (!arch.empty()) labels.emplace_back("arch", arch);
    return labels;
}

inline Labels labels_of(std::int32_t device, const std::string& arch, Region region) {
    Labels labels = labels_of(device, arch);
    labels.emplace_back("region", name(region));
    return labels;
}

// A region that the chip has, as far as anybody knows.
inline bool is_there(const ledger::RegionUse& use) {
    const bool capacity = use.capacity.coverage != Coverage::unknown && use.capacity.value > 0;
    return capacity || use.live.value > 0;
}

}  // namespace plimsoll::metrics
