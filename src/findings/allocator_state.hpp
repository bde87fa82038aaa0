#pragma once

#include <optional>
#include <string>
#include <vector>

#include "findings/bank_map.hpp"
#include "findings/refused.hpp"

// What an allocator had given when it refused more.
namespace plimsoll::findings {

// Why one bank has no room for it. `needs_setting`: the region is one that the program sets aside.
Verdict verdict_of(const ledger::RefusalFigures& figures, bool needs_setting);

// Blocks of the same place together, the largest first.
std::vector<Holder> holders_of(const ledger::RefusalView& view,
                               const std::vector<ledger::Block>& blocks);

// What can be drawn of it. `holders`: those that are listed.
Moment moment_of(const ledger::RefusalView& view, const std::vector<Holder>& holders);

// How far the blocks that were seen reach: exact when they are all that the allocator says it gave.
Coverage coverage_of(const ledger::RefusalView& view);

// The largest piece that is free at one address in every bank. Nothing: not all blocks are known.
std::optional<std::uint64_t> free_in_every_bank(const ledger::RefusalView& view);

// The region's bank; nothing: where it begins, or how large it is, is not known.
std::optional<Extent> bank_of(const ledger::RefusalView& view);

// Nothing: not all of its blocks are known, they contradict what the allocator says is free, or its
// banks are not alike.
std::optional<BankMap> map_of(const ledger::RefusalView& view);

}  // namespace plimsoll::findings
