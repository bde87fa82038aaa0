#include "metrics/maxima.hpp"

#include <algorithm>

namespace plimsoll::metrics {
namespace {

void raise(std::map<std::int32_t, DeviceMaximum>& maxima, const DeviceMaximum& seen) {
    DeviceMaximum& most = maxima.try_emplace(seen.device, seen).first->second;
    if (most.arch.empty()) most.arch = seen.arch;
    for (std::size_t i = 0; i < kRegionCount; ++i) {
        most.regions[i] = std::max(most.regions[i], seen.regions[i]);
    }
    most.l1_per_core = std::max(most.l1_per_core, seen.l1_per_core);
}

}  // namespace

void Maxima::raise(const DeviceMaximum& seen) {
    metrics::raise(since_begin_, seen);
    for (auto& [name, scraper] : scrapers_) metrics::raise(scraper.since, seen);
}

std::vector<DeviceMaximum> Maxima::take(const std::string& scraper) {
    const auto [at, is_new] = scrapers_.try_emplace(scraper);
    if (is_new) at->second.since = since_begin_;
    at->second.asked = ++asked_;
    std::vector<DeviceMaximum> taken;
    for (auto& [device, most] : at->second.since) taken.push_back(std::move(most));
    at->second.since.clear();
    if (scrapers_.size() > kMostScrapers) {
        scrapers_.erase(std::min_element(
            scrapers_.begin(), scrapers_.end(),
            [](const auto& a, const auto& b) { return a.second.asked < b.second.asked; }));
    }
    return taken;
}

}  // namespace plimsoll::metrics
