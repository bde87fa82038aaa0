#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/region.hpp"

namespace plimsoll::metrics {

// The most that one device held in some time.
struct DeviceMaximum {
    std::int32_t device = 0;
    std::string arch = {};  // empty when unknown
    std::array<std::uint64_t, kRegionCount> regions{};
    std::uint64_t l1_per_core = 0;
};

// The most that each device held since the same scraper asked last: a peak between two scrapes is
// told once to each. The first time, since the server began.
//
// Limits: kMostScrapers are remembered; beyond, the one that has not asked for longest is
// forgotten. Threads: none.
class Maxima {
  public:
    static constexpr std::size_t kMostScrapers = 8;

    // What a device held at some moment since the last call.
    void raise(const DeviceMaximum& seen);

    // By device. What is told now is forgotten, for this scraper.
    std::vector<DeviceMaximum> take(const std::string& scraper);

  private:
    using ByDevice = std::map<std::int32_t, DeviceMaximum>;
    struct Scraper {
        ByDevice since;
        std::uint64_t asked = 0;
    };

    ByDevice since_begin_;
    std::map<std::string, Scraper> scrapers_;
    std::uint64_t asked_ = 0;
};

}  // namespace plimsoll::metrics
