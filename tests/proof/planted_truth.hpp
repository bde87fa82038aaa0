#pragma once

#include <vector>

#include "ledger/snapshot.hpp"
#include "tests/proof/planted_diary.hpp"

namespace plimsoll::proof {

enum class End : std::uint8_t { running, exit, killed };

struct Trial;

// Sound and complete: each finding is of what was planted, and of all of it. What a call was about
// that had not returned may be told or not.
void expect_the_planted(std::vector<ledger::ProcessView> views, const Diary& diary,
                        const Trial& trial, End end);

}  // namespace plimsoll::proof
