#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ledger/snapshot.hpp"
#include "upstream/sighting.hpp"

namespace plimsoll::view {

// One sentence for each process that the runtime counts and Plimsoll does not watch, and for what
// is counted of processes that are gone. `now_ns`: since 1970.
std::vector<std::string> upstream_notes(const upstream::Sighting& sighting,
                                        const std::vector<ledger::ProcessView>& watched,
                                        std::uint64_t now_ns);

}  // namespace plimsoll::view
