#pragma once

#include <cstdint>
#include <vector>

#include "ledger/flat_index.hpp"
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
        const std::uint32_t known = numbers_.find(bits_of(key));
        if (known != FlatIndex::kNone) return known;
        if (keys_.size() >= kMost) {
            key = {key.kind, key.owner, {}, {}};
            const std::uint32_t coarse = numbers_.find(bits_of(key));
            if (coarse != FlatIndex::kNone) return coarse;
        }
        const auto number = static_cast<std::uint32_t>(keys_.size());
        keys_.push_back(key);
        numbers_.insert(bits_of(key), number);
        return number;
    }
    [[nodiscard]] const PortionKey& operator[](std::uint32_t number) const { return keys_[number]; }

  private:
    // Tables of texts and of call sites have fewer than 2^28 entries.
    static std::uint64_t bits_of(const PortionKey& key) {
        return static_cast<std::uint64_t>(key.kind) << 60 |
               static_cast<std::uint64_t>(key.owner) << 56 |
               std::uint64_t{key.call_site.value & 0xfffffff} << 28 |
               (key.program.value & 0xfffffff);
    }

    std::vector<PortionKey> keys_;
    FlatIndex numbers_;
};

}  // namespace plimsoll::ledger
