#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "ledger/input.hpp"

namespace plimsoll::ledger {

// What the allocations of one portion of a sum have in common.
struct PortionKey {
    Kind kind = Kind::unknown;
    Owner owner = Owner::unknown;
    CallSiteId call_site;
    LabelId program;  // what its program is called, as far as it was told
    friend auto operator<=>(const PortionKey&, const PortionKey&) = default;
};

// Numbers for them. Beyond kMost those of one kind and owner are one portion, wherever they were
// made. Threads: none.
class PortionKeys {
  public:
    static constexpr std::size_t kMost = 4096;

    std::uint32_t number_of(PortionKey key) {
        const auto known = numbers_.find(key);
        if (known != numbers_.end()) return known->second;
        if (keys_.size() >= kMost) {
            key = {key.kind, key.owner, {}, {}};
            const auto coarse = numbers_.find(key);
            if (coarse != numbers_.end()) return coarse->second;
        }
        const auto number = static_cast<std::uint32_t>(keys_.size());
        keys_.push_back(key);
        numbers_.emplace(key, number);
        return number;
    }
    [[nodiscard]] const PortionKey& operator[](std::uint32_t number) const {
        return keys_[number];
    }

  private:
    std::vector<PortionKey> keys_;
    std::map<PortionKey, std::uint32_t> numbers_;
};

}  // namespace plimsoll::ledger
