#include "ledger/device_groups.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace plimsoll::ledger {

std::span<const std::uint32_t> DeviceGroups::of(DeviceSetId set,
                                                const std::vector<std::uint32_t>& devices) {
    if (set.value >= sets_.size()) sets_.resize(set.value + std::size_t{1});
    Set& entry = sets_[set.value];
    if (!entry.known) learn(entry, devices);
    return entry.groups;
}

std::optional<std::uint32_t> DeviceGroups::group_of(std::uint32_t device) const {
    return device < group_of_.size() ? group_of_[device] : std::nullopt;
}

void DeviceGroups::learn(Set& set, std::vector<std::uint32_t> devices) {
    set.known = true;
    std::sort(devices.begin(), devices.end());
    devices.erase(std::unique(devices.begin(), devices.end()), devices.end());
    if (devices.empty()) return;
    if (devices.back() >= group_of_.size()) group_of_.resize(devices.back() + std::size_t{1});

    std::map<std::optional<std::uint32_t>, std::vector<std::uint32_t>> parts;
    for (const std::uint32_t device : devices) parts[group_of_[device]].push_back(device);
    for (auto& [old, members] : parts) {
        if (!old) {
            set.groups.push_back(make_group(std::move(members), std::nullopt));
        } else if (members.size() == groups_[*old].devices.size()) {
            set.groups.push_back(*old);
        } else {
            std::erase_if(groups_[*old].devices, [&members = members](std::uint32_t device) {
                return std::binary_search(members.begin(), members.end(), device);
            });
            const std::uint32_t part = make_group(std::move(members), *old);
            for (Set& other : sets_) {
                if (std::count(other.groups.begin(), other.groups.end(), *old) != 0) {
                    other.groups.push_back(part);
                }
            }
            set.groups.push_back(part);
        }
    }
}

std::uint32_t DeviceGroups::make_group(std::vector<std::uint32_t> devices,
                                       std::optional<std::uint32_t> split_from) {
    const auto group = static_cast<std::uint32_t>(groups_.size());
    for (const std::uint32_t device : devices) group_of_[device] = group;
    groups_.push_back({std::move(devices), split_from});
    return group;
}

}  // namespace plimsoll::ledger
