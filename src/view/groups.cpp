#include "view/groups.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "findings/grouping.hpp"
#include "findings/words.hpp"

namespace plimsoll::view {
namespace {

std::string program_of(const ledger::AllocationView& row) {
    if (!row.program) return "none";
    return fmt::format("{} {}", row.program->runtime_id, findings::label_text(row.program->label));
}

// The groups that an allocation belongs to: one, but for devices.
std::vector<std::string> keys(const ledger::AllocationView& row, By by) {
    switch (by) {
        case By::site: {
            const std::string where = findings::origin(row, 2);
            return {where.empty() ? "not known" : where};
        }
        case By::owner:
            return {name(row.owner)};
        case By::program:
            return {program_of(row)};
        case By::kind:
            return {std::string(findings::noun(row.kind))};
        case By::device:
            break;
    }
    std::vector<std::string> devices;
    for (const std::int32_t device : row.devices) devices.push_back(fmt::format("{:>3}", device));
    return devices.empty() ? std::vector<std::string>{"not known"} : devices;
}

}  // namespace

const char* heading(By by) {
    constexpr const char* headings[] = {"made at", "owner", "program", "kind", "device"};
    return headings[static_cast<std::size_t>(by)];
}

std::vector<Group> groups_of(const ledger::ProcessView& process, By by) {
    std::map<std::pair<std::string, Region>, Group> sums;
    for (const ledger::AllocationView& row : process.held) {
        const std::uint64_t devices =
            by == By::device ? 1 : std::max<std::size_t>(1, row.devices.size());
        for (const std::string& key : keys(row, by)) {
            Group& group = sums[{key, row.region}];
            ++group.count;
            group.bytes += row.occupied_bytes * devices;
        }
    }
    std::vector<Group> groups;
    for (auto& [place, group] : sums) {
        groups.push_back({place.first, place.second, group.count, group.bytes});
    }
    std::stable_sort(groups.begin(), groups.end(),
                     [](const Group& a, const Group& b) { return a.bytes > b.bytes; });
    return groups;
}

bool is_in(const ledger::AllocationView& row, const Group& group, By by) {
    if (row.region != group.region) return false;
    const std::vector<std::string> of = keys(row, by);
    return std::find(of.begin(), of.end(), group.key) != of.end();
}

}  // namespace plimsoll::view
