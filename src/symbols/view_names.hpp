#pragma once

#include <vector>

#include "ledger/snapshot.hpp"
#include "symbols/symboliser.hpp"

namespace plimsoll::symbols {

// Names the native frames of everything in a view that is about to be shown, and of what the
// runtime called inside itself keeps the functions that say something: see telling(). Shares and
// blocks that are told apart by nothing else any more become one.
void name_frames(ledger::ProcessView& view, Symboliser& symboliser);
void name_frames(std::vector<ledger::ProcessView>& views);

// Of the runtime's functions, innermost first, the four innermost of an op's own. Where there are
// none, the one that the program called.
std::vector<ledger::Frame> telling(std::vector<ledger::Frame> inside);

}  // namespace plimsoll::symbols
