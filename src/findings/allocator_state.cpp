#include "findings/allocator_state.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace plimsoll::findings {
namespace {

const ledger::RegionInfo& info(const ledger::RefusalView& view, Region region) {
    return view.regions[static_cast<std::size_t>(region)];
}

}  // namespace

std::string_view words(Verdict verdict) {
    switch (verdict) {
        case Verdict::exhausted:
            return "exhausted";
        case Verdict::fragmented:
            return "fragmented";
        case Verdict::no_common_address:
            return "no common address";
        case Verdict::larger_than_bank:
            return "larger than the bank";
        case Verdict::region_too_small:
            return "region too small";
        case Verdict::clash:
            return "clash";
        case Verdict::beyond_memory:
            return "beyond the memory";
        case Verdict::unknown:
            break;
    }
    return "not explained";
}

Verdict verdict_of(const ledger::RefusalFigures& figures, bool needs_setting) {
    const std::optional<std::uint64_t>& need = figures.bytes_per_bank;
    if (!need) return Verdict::unknown;
    const bool larger = figures.bank_bytes && *need > *figures.bank_bytes;
    const bool exhausted = figures.free && *need > *figures.free;
    if (needs_setting && (larger || exhausted)) return Verdict::region_too_small;
    if (larger) return Verdict::larger_than_bank;
    if (exhausted) return Verdict::exhausted;
    if (figures.free && figures.largest_free && *need > *figures.largest_free) {
        return Verdict::fragmented;
    }
    return Verdict::unknown;
}

std::vector<Holder> holders_of(const ledger::RefusalView& view,
                               const std::vector<ledger::Block>& blocks) {
    std::map<std::tuple<std::uint32_t, Kind, Owner>, std::size_t> known;
    std::vector<Holder> holders;
    for (const ledger::Block& block : blocks) {
        const auto [at, is_new] =
            known.try_emplace({block.call_site, block.kind, block.owner}, holders.size());
        if (is_new) {
            Holder holder;
            holder.kind = block.kind;
            holder.owner = block.owner;
            holder.call_site = view.call_sites.at(block.call_site);
            holder.begin = block.address;
            holders.push_back(std::move(holder));
        }
        Holder& holder = holders[at->second];
        ++holder.count;
        holder.bytes_per_bank += block.bytes_per_bank;
        holder.begin = std::min(holder.begin, block.address);
        holder.end = std::max(holder.end, block.address + block.bytes_per_bank);
    }
    std::stable_sort(holders.begin(), holders.end(), [](const Holder& a, const Holder& b) {
        return a.bytes_per_bank > b.bytes_per_bank;
    });
    return holders;
}

Coverage coverage_of(const ledger::RefusalView& view) {
    if (!view.picture) return Coverage::unknown;
    if (!view.refusal.figures.allocated) return *view.picture;
    std::uint64_t seen = 0;
    for (const ledger::Block& block : view.blocks) {
        if (block.in_every_bank) seen += block.bytes_per_bank;
    }
    return seen == *view.refusal.figures.allocated ? Coverage::exact : Coverage::at_least;
}

std::optional<Extent> bank_of(const ledger::RefusalView& view) {
    const ledger::RegionInfo& region = info(view, view.refusal.region);
    const std::uint64_t bytes = view.refusal.figures.bank_bytes.value_or(region.bytes_per_bank);
    if (region.base == 0 || bytes == 0) return {};
    return Extent{region.base, region.base + bytes};
}

std::optional<std::uint64_t> free_in_every_bank(const ledger::RefusalView& view) {
    const std::optional<Extent> bank = bank_of(view);
    if (!bank || coverage_of(view) != Coverage::exact) return {};
    std::vector<Extent> taken;  // by some block, in some bank
    for (const ledger::Block& block : view.blocks) {
        const Extent one{block.address, block.address + block.bytes_per_bank};
        if (taken.empty() || one.begin > taken.back().end) {
            taken.push_back(one);
        } else {
            taken.back().end = std::max(taken.back().end, one.end);
        }
    }
    const BankMap map(*bank, std::move(taken));
    if (!map.is_possible()) return {};
    return map.largest_hole();
}

std::optional<BankMap> map_of(const ledger::RefusalView& view) {
    const std::optional<Extent> bank = bank_of(view);
    if (!bank || coverage_of(view) != Coverage::exact) return {};
    std::vector<Extent> blocks;
    for (const ledger::Block& block : view.blocks) {
        if (!block.in_every_bank) return {};
        blocks.push_back({block.address, block.address + block.bytes_per_bank});
    }
    BankMap map(*bank, std::move(blocks));
    const ledger::RefusalFigures& figures = view.refusal.figures;
    if (!map.is_possible() || map.free_bytes() != figures.free.value_or(map.free_bytes()) ||
        map.largest_hole() != figures.largest_free.value_or(map.largest_hole())) {
        return {};
    }
    return map;
}

}  // namespace plimsoll::findings
