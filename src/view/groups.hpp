#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ledger/snapshot.hpp"

namespace plimsoll::view {

// What the live allocations of a process are put together by.
enum class By : std::uint8_t { site, owner, program, kind, device };
inline constexpr std::size_t kWaysToGroup = 5;

const char* heading(By by);

// Allocations in one region that are alike.
struct Group {
    std::string key;
    Region region = Region::dram;
    std::uint64_t count = 0;
    std::uint64_t bytes = 0;  // occupied, over all devices; grouped by device: on that one
};

// Every live allocation of a process, the biggest groups first.
std::vector<Group> groups_of(const ledger::ProcessView& process, By by);

bool is_in(const ledger::AllocationView& row, const Group& group, By by);

}  // namespace plimsoll::view
