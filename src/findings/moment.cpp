#include <map>
#include <tuple>

#include "findings/allocator_state.hpp"

namespace plimsoll::findings {
namespace {

// The runtime's own figure is the end of a core's memory where a program alone is too large.
std::optional<Extent> bank_at(const ledger::RefusalView& view) {
    if (view.refusal.reason == ledger::RefusalReason::out_of_memory) return bank_of(view);
    const ledger::RegionInfo& region = view.regions[static_cast<std::size_t>(view.refusal.region)];
    if (region.base == 0 || region.bytes_per_bank == 0) return {};
    return Extent{region.base, region.base + region.bytes_per_bank};
}

// Finds each block's place in the list of holders.
class Listed {
  public:
    Listed(const ledger::RefusalView& view, const std::vector<Holder>& holders)
        : view_(view), holders_(holders) {}

    std::optional<std::uint64_t> holder_of(const ledger::Block& block) {
        const auto [at, is_new] = known_.try_emplace({block.call_site, block.kind, block.owner});
        const ledger::CallSite& site = view_.call_sites.at(block.call_site);
        for (std::size_t i = 0; is_new && !at->second && i < holders_.size(); ++i) {
            const Holder& one = holders_[i];
            const bool same = one.kind == block.kind && one.owner == block.owner;
            if (same && one.call_site == site) at->second = i;
        }
        return at->second;
    }

  private:
    const ledger::RefusalView& view_;
    const std::vector<Holder>& holders_;
    std::map<std::tuple<std::uint32_t, Kind, Owner>, std::optional<std::uint64_t>> known_;
};

bool continues(const Run& run, const Run& next) {
    return run.holder == next.holder && run.bytes_per_bank == next.bytes_per_bank &&
           run.address + run.count * run.bytes_per_bank == next.address;
}

// Counts those that are left out.
std::uint64_t add(std::vector<Run>& runs, std::uint64_t before, const Run& next) {
    if (before == runs.size() && !runs.empty() && continues(runs.back(), next)) {
        ++runs.back().count;
        return before;
    }
    if (runs.size() < kMaxRuns) runs.push_back(next);
    return before + 1;
}

}  // namespace

Moment moment_of(const ledger::RefusalView& view, const std::vector<Holder>& holders) {
    Moment moment;
    moment.bank = bank_at(view);
    Listed listed(view, holders);
    for (const ledger::Block& block : view.blocks) {
        const Run run{block.address, block.bytes_per_bank, 1, listed.holder_of(block)};
        moment.run_count = add(moment.runs, moment.run_count, run);
    }
    for (const ledger::Block& block : view.own) {
        const Run run{block.address, block.bytes_per_bank, 1, {}};
        moment.own_count = add(moment.own, moment.own_count, run);
    }
    return moment;
}

}  // namespace plimsoll::findings
