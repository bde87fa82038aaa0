#pragma once

#include <compare>
#include <cstdint>

namespace plimsoll {

// A number that names one sort of thing and cannot be mistaken for another.
template <class Tag, class Number>
struct Id {
    Number value{};
    friend constexpr auto operator<=>(const Id&, const Id&) = default;
};

// An allocation: its sequence number in its process, never an address.
using AllocationId = Id<struct AllocationTag, std::uint64_t>;
// The devices one allocator serves: an entry of a process's table of device sets.
using DeviceSetId = Id<struct DeviceSetTag, std::uint32_t>;
// A program: an entry of a process's table, another one's after its end; 0 means none.
using ProgramId = Id<struct ProgramTag, std::uint32_t>;
// What programs are called: an entry of a process's table; 0 means nothing.
using LabelId = Id<struct LabelTag, std::uint32_t>;
// A set of cores: an entry of a process's table; 0 means every bank of the region.
using CoreSetId = Id<struct CoreSetTag, std::uint32_t>;
// A place in the program, with who called it: an entry of a process's table; 0 means unknown.
using CallSiteId = Id<struct CallSiteTag, std::uint32_t>;
// A text of a process's; 0 means none.
using TextId = Id<struct TextTag, std::uint32_t>;

}  // namespace plimsoll
