#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/kind.hpp"
#include "base/region.hpp"
#include "findings/grouping.hpp"
#include "ledger/places.hpp"

namespace plimsoll::findings {

struct Amount {
    std::uint64_t count = 0;  // of allocations, or refusals
    std::uint64_t bytes = 0;  // requested
    friend bool operator==(const Amount&, const Amount&) = default;
};

// What a finding has of one place in the program: who looks for the cause begins there.
struct Place {
    Owner owner = Owner::unknown;
    Kind kind = Kind::unknown;
    Region region = Region::dram;
    std::string program;         // label; empty: no program's, or unknown
    ledger::CallSite call_site;  // its own, else that of its program
    // By chip; nothing: it is not known on which. Of what grows: with each iteration.
    std::map<std::optional<std::int32_t>, Amount> on_device;
};

// Of the device that has the most of it: the same on one chip as on a mesh of 32.
Amount on_one_device(const Place& place);

// Every row is in one place, the largest first.
std::vector<Place> places_of(const Rows& rows);

}  // namespace plimsoll::findings
