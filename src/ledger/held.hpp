#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "ledger/flat_index.hpp"
#include "ledger/footprint.hpp"
#include "ledger/growth_tracker.hpp"

namespace plimsoll::ledger {

// What the ledger keeps of an allocation that is live, to take back when it is over.
struct Held {
    Footprint footprint;
    GrowthShare share;
};

// All that is live, by id. There may be a million of them, so a row is as small as it gets.
//
// Memory: 56 bytes and 18 to 36 of the index for each. Threads: none.
class HeldTable {
  public:
    // What was counted of `allocation`. False: one of this id is there.
    bool insert(const Allocation& allocation, const Held& held);
    // Nothing: there is none of this id.
    std::optional<Held> take(AllocationId id);
    void clear() { *this = {}; }

    [[nodiscard]] bool contains(AllocationId id) const {
        return index_.find(id.value) != FlatIndex::kNone;
    }
    [[nodiscard]] std::size_t size() const { return index_.size(); }

    // What an insert() or take() that comes soon will need.
    [[gnu::always_inline]] void fetch_index_ahead(AllocationId id) const {
        index_.fetch_ahead(id.value);
    }
    [[gnu::always_inline]] void fetch_row_ahead(AllocationId id) const {
        const std::uint32_t number = index_.find(id.value);
        if (number == FlatIndex::kNone) return;
        const auto* first = reinterpret_cast<const char*>(&row(number));
        __builtin_prefetch(first);
        __builtin_prefetch(first + sizeof(Row) - 1);  // most lie in two lines of the cache
    }

    // visit(held) of each, in no order.
    template <class Visit>
    void for_each(Visit visit) const {
        for (std::uint32_t number = 0; number < used_; ++number) {
            if (row(number).in_use != 0) visit(unpacked(row(number)));
        }
    }

  private:
    struct Row {
        std::uint64_t id;
        std::uint64_t address;
        std::uint64_t bytes_per_bank;
        std::uint64_t requested;  // on all devices
        std::uint32_t cores;
        std::uint32_t call_site;
        std::uint16_t program;
        std::uint16_t set;
        std::uint16_t portion;
        std::uint16_t group;
        std::uint16_t devices;
        std::uint16_t banks;
        std::uint8_t kind : 7;
        std::uint8_t in_use : 1;
        std::uint8_t region : 4;
        std::uint8_t owner : 4;
        std::uint8_t counts : 1;  // in the footprint: else it takes nothing there
        std::uint8_t shared : 1;
        std::uint8_t by_runs : 1;
        std::uint8_t lockstep : 1;
    };
    static_assert(sizeof(Row) == 56);
    static constexpr std::uint32_t kRowsPerBlock = 1024;
    using Block = std::array<Row, kRowsPerBlock>;

    static Row packed(const Allocation& allocation, const Held& held);
    static Held unpacked(const Row& row);
    [[nodiscard]] Row& row(std::uint32_t number) const {
        return (*blocks_[number / kRowsPerBlock])[number % kRowsPerBlock];
    }
    std::uint32_t free_row();

    FlatIndex index_;
    std::vector<std::unique_ptr<Block>> blocks_;  // rows do not move when there are more
    std::vector<std::uint32_t> free_;
    std::uint32_t used_ = 0;
};

}  // namespace plimsoll::ledger
