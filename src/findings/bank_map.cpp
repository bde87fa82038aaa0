#include "findings/bank_map.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace plimsoll::findings {

BankMap::BankMap(Extent bank, std::vector<Extent> blocks)
    : bank_(bank), blocks_(std::move(blocks)) {}

std::uint64_t BankMap::end_before(std::size_t block) const {
    return block == 0 ? bank_.begin : blocks_[block - 1].end;
}

std::uint64_t BankMap::begin_of(std::size_t block) const {
    return block == blocks_.size() ? bank_.end : blocks_[block].begin;
}

bool BankMap::is_possible() const {
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
        if (blocks_[i].begin < end_before(i) || blocks_[i].end < blocks_[i].begin) return false;
    }
    return bank_.begin <= bank_.end && (blocks_.empty() || blocks_.back().end <= bank_.end);
}

std::vector<Extent> BankMap::holes() const {
    std::vector<Extent> holes;
    for (std::size_t i = 0; i <= blocks_.size(); ++i) {
        const Extent hole{end_before(i), begin_of(i)};
        if (hole.bytes() > 0) holes.push_back(hole);
    }
    return holes;
}

std::uint64_t BankMap::free_bytes() const {
    std::uint64_t sum = 0;
    for (const Extent& hole : holes()) sum += hole.bytes();
    return sum;
}

std::uint64_t BankMap::largest_hole() const {
    std::uint64_t largest = 0;
    for (const Extent& hole : holes()) largest = std::max(largest, hole.bytes());
    return largest;
}

std::optional<Frees> BankMap::fewest_frees(std::uint64_t need) const {
    std::optional<Frees> best;
    const auto cost = [](const Frees& frees) {
        return std::tuple(frees.count, frees.freed_bytes, frees.first);
    };
    std::size_t last = 0;  // the first block that may stay; only rises with the first that goes
    std::uint64_t freed = 0;
    for (std::size_t first = 0; first <= blocks_.size(); ++first) {
        if (last < first) last = first;
        while (last < blocks_.size() && begin_of(last) - end_before(first) < need) {
            freed += blocks_[last++].bytes();
        }
        const Extent room{end_before(first), begin_of(last)};
        if (room.bytes() < need) break;  // nor will a later one do
        const Frees frees{first, last - first, freed, room};
        if (!best || cost(frees) < cost(*best)) best = frees;
        if (first < last) freed -= blocks_[first].bytes();
    }
    return best;
}

}  // namespace plimsoll::findings
