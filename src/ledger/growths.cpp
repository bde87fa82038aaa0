#include <algorithm>
#include <set>

#include "ledger/footprint.hpp"
#include "ledger/process_ledger.hpp"

namespace plimsoll::ledger {
namespace {

std::vector<std::int32_t> devices_of(const Tables& tables, const GrowthGroup& group) {
    std::set<std::int32_t> devices;
    for (const DeviceSetId set : group.sets) {
        if (set.value >= tables.sets.size()) continue;
        for (const std::uint32_t device : tables.sets[set.value].devices) {
            devices.insert(tables.devices[device].device);
        }
    }
    return {devices.begin(), devices.end()};
}

// More than any device has, and exact as a number of any kind.
constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 53;

// Of the bytes that were asked for, as all of the group that is live has it.
std::uint64_t occupied(const GrowthGroup& group, std::uint64_t bytes, std::size_t devices) {
    if (shares_space(group.kind, group.region) || group.live_bytes == 0 || devices == 0) return 0;
    const double rounded =
        static_cast<double>(group.live_occupied) / static_cast<double>(group.live_bytes);
    const double all = std::min(static_cast<double>(bytes) * rounded, double{kMostBytes});
    return static_cast<std::uint64_t>(all) / devices;
}

bool same_group(const Growth& a, const Growth& b) {
    return a.site == b.site && a.kind == b.kind && a.region == b.region && a.owner == b.owner;
}

}  // namespace

std::vector<Growth> ProcessLedger::growths(const Tables& tables) const {
    return growths(tables, false);
}

std::vector<Growth> ProcessLedger::growths(const Tables& tables, bool until_refused) const {
    std::vector<Growth> all = grew_;
    if (gaps_.open()) return all;  // what seems to stay may have been freed
    for (const Growing& one : growing(growth_)) {
        const GrowthGroup& group = growth_.groups()[one.group];
        Growth growth;
        growth.site = group.call_site;
        growth.kind = group.kind;
        growth.region = group.region;
        growth.owner = group.owner;
        std::erase_if(all,
                      [&growth](const Growth& earlier) { return same_group(earlier, growth); });
        growth.devices = devices_of(tables, group);
        growth.marks_given = one.marks_given;
        if (one.marks_given) growth.mark_id = growth_.marks().leader();
        growth.iterations = one.iterations;
        growth.allocations = one.allocations;
        growth.bytes = std::min(one.bytes, kMostBytes);
        growth.occupied_bytes = occupied(group, growth.bytes, growth.devices.size());
        growth.points = one.points;
        growth.until_refused = until_refused;
        growth.coverage = restarted_ ? Coverage::at_least : Coverage::exact;
        all.push_back(std::move(growth));
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Growth& a, const Growth& b) { return a.bytes > b.bytes; });
    return all;
}

// What a close takes away, the program had not given back: its growth stands. So does what grew
// when memory ran out. Judged only when there is news, so that a process that closes or is refused
// again and again costs no more.
void ProcessLedger::remember_growths(const Tables& tables, Moment moment) {
    std::uint64_t& births = births_when_remembered_[static_cast<std::size_t>(moment)];
    if (growth_.births() - births < growth_.groups().size()) return;
    births = growth_.births();
    grew_ = growths(tables, moment == Moment::refusal);
    if (grew_.size() > kMostGrowing) grew_.resize(kMostGrowing);
}

}  // namespace plimsoll::ledger
