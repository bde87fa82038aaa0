#pragma once

#include <cstdint>
#include <string>

#include "ledger/snapshot.hpp"
#include "view/groups.hpp"
#include "view/page.hpp"

namespace plimsoll::view {

// Whether the process's allocations were chosen from.
enum class Shown : std::uint8_t { all, selected };

// Every live allocation of a running process in groups, the biggest first.
std::string holdings(const ledger::ProcessView& process, By by, Shown shown, Style style);

}  // namespace plimsoll::view
