#include "ledger/peak_shares.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace plimsoll::ledger {
namespace {

bool comes_first(const PeakShare& a, const PeakShare& b) {
    if (a.bytes != b.bytes) return a.bytes > b.bytes;
    return std::tie(a.kind, a.owner, a.site, a.program) <
           std::tie(b.kind, b.owner, b.site, b.program);
}

// Those that are too many to be told one by one, each sort in one.
void fold(std::vector<PeakShare>& shares) {
    if (shares.size() <= kMostShares) return;
    std::map<std::pair<Kind, Owner>, PeakShare> sums;
    for (std::size_t i = kMostShares; i < shares.size(); ++i) {
        PeakShare& sum = sums[{shares[i].kind, shares[i].owner}];
        sum.kind = shares[i].kind;
        sum.owner = shares[i].owner;
        sum.count += shares[i].count;
        sum.bytes += shares[i].bytes;
    }
    shares.resize(kMostShares);
    for (const auto& [sort, sum] : sums) shares.push_back(sum);
}

}  // namespace

void describe(const Tables& tables, const PortionKeys& keys, const Shares& shares,
              RegionPeak& peak) {
    std::uint64_t sum = 0;
    for (const auto& [portion, share] : shares) sum += share.bytes;
    if (sum < peak.peak.value) return;
    peak.overlap = sum - peak.peak.value;
    for (const auto& [portion, share] : shares) {
        const PortionKey& key = keys[portion];
        const auto label = tables.labels.find(key.program);
        PeakShare& to = peak.at_peak.emplace_back();
        to.kind = key.kind;
        to.owner = key.owner;
        to.count = share.count;
        to.bytes = share.bytes;
        if (label != tables.labels.end()) to.program = label->second;
        to.site = key.call_site;
    }
    std::sort(peak.at_peak.begin(), peak.at_peak.end(), comes_first);
    fold(peak.at_peak);
}

}  // namespace plimsoll::ledger
