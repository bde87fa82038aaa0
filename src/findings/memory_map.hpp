#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/kind.hpp"
#include "base/region.hpp"
#include "findings/bank_map.hpp"
#include "findings/finding.hpp"

// A picture of one bank (in L1: of one core), from its lowest address to its highest. Whoever
// paints it needs nothing else.
namespace plimsoll::findings {

// Somebody's, one directly behind the other.
struct MapSpan {
    Extent extent;
    std::size_t holder = 0;   // in MemoryMap::holders
    std::uint64_t count = 1;  // allocations in it, all of one size

    friend bool operator==(const MapSpan&, const MapSpan&) = default;
};

// What does not share its space, or what one program has: circular buffers of several programs lie
// over each other, and over nothing else unless they clash.
struct MapLane {
    std::string name;
    bool of_program = false;
    std::vector<MapSpan> spans;  // by address

    friend bool operator==(const MapLane&, const MapLane&) = default;
};

struct MapHolder {
    char letter = kOthers;
    Owner owner = Owner::unknown;
    std::string name;         // "12 buffers, model.py:12 in forward"
    std::uint64_t bytes = 0;  // per bank
    std::uint64_t begin = 0;  // the lowest address

    static constexpr char kOthers = '*';  // when there are more holders than letters
    friend bool operator==(const MapHolder&, const MapHolder&) = default;
};

struct MemoryMap {
    Region region = Region::dram;
    std::vector<std::int32_t> devices;  // on which it is the same
    std::optional<Extent> bank;      // nothing: where it begins, or how large it is, is not known
    bool rest_is_free = false;       // else others may have held what no span covers
    std::vector<MapLane> lanes;      // those of programs first: they are at the bottom
    std::vector<MapHolder> holders;  // by address
    std::uint64_t left_out = 0;      // pieces whose place is not listed

    friend bool operator==(const MemoryMap&, const MemoryMap&) = default;
};

// The bank and all that is drawn: a program may end beyond its core's memory.
Extent reach(const MemoryMap& map);

// What no lane covers of the bank, from the lowest address on.
std::vector<Extent> holes(const MemoryMap& map);
std::optional<Extent> largest_hole(const MemoryMap& map);

// Between the end of what programs have and the lowest buffer above.
struct Gap {
    Extent extent;
    bool overlap = false;  // that lies below this end
};
std::optional<Gap> gap(const MemoryMap& map);

// Of what was held at a refusal, or of what the finding is about: one for each region and for each
// group of devices that are alike. None where no address is known.
std::vector<MemoryMap> maps_of(const Finding& finding,
                               const std::vector<ledger::DeviceUse>& devices);

// What lies where there is no memory any more: a program that is larger than its core.
std::optional<Extent> beyond(const MemoryMap& map);

// A finding of a report, at length.
struct Explanation {
    std::size_t number = 0;  // in the report, from 1
    Finding finding;
    std::vector<MemoryMap> maps;
};

}  // namespace plimsoll::findings
