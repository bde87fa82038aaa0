#include "ledger/partition.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace plimsoll::ledger {

std::span<const std::uint32_t> Partition::of(std::uint32_t set,
                                             const std::vector<std::uint32_t>& members) {
    if (set >= sets_.size()) sets_.resize(set + std::size_t{1});
    Set& entry = sets_[set];
    if (!entry.known) learn(entry, members);
    return entry.groups;
}

std::optional<std::uint32_t> Partition::group_of(std::uint32_t member) const {
    return member < group_of_.size() ? group_of_[member] : std::nullopt;
}

void Partition::learn(Set& set, std::vector<std::uint32_t> members) {
    set.known = true;
    std::sort(members.begin(), members.end());
    members.erase(std::unique(members.begin(), members.end()), members.end());
    if (members.empty()) return;
    if (members.back() >= group_of_.size()) group_of_.resize(members.back() + std::size_t{1});

    std::map<std::optional<std::uint32_t>, std::vector<std::uint32_t>> parts;
    for (const std::uint32_t member : members) parts[group_of_[member]].push_back(member);
    for (auto& [old, part] : parts) {
        if (!old) {
            set.groups.push_back(make_group(std::move(part), std::nullopt));
        } else if (part.size() == groups_[*old].members.size()) {
            set.groups.push_back(*old);
        } else {
            std::erase_if(groups_[*old].members, [&part = part](std::uint32_t member) {
                return std::binary_search(part.begin(), part.end(), member);
            });
            const std::uint32_t made = make_group(std::move(part), *old);
            for (Set& other : sets_) {
                if (std::count(other.groups.begin(), other.groups.end(), *old) != 0) {
                    other.groups.push_back(made);
                }
            }
            set.groups.push_back(made);
        }
    }
}

std::uint32_t Partition::make_group(std::vector<std::uint32_t> members,
                                    std::optional<std::uint32_t> split_from) {
    const auto group = static_cast<std::uint32_t>(groups_.size());
    for (const std::uint32_t member : members) group_of_[member] = group;
    groups_.push_back({std::move(members), split_from});
    return group;
}

}  // namespace plimsoll::ledger
