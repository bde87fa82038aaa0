#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "findings/bank_map.hpp"
#include "ledger/snapshot.hpp"

// The typed part of a finding about something that the runtime refused. All figures are per bank
// (in L1: per core) unless they say otherwise; nothing: not known.
namespace plimsoll::findings {

enum class Verdict : std::uint8_t {
    unknown,            // the figures do not explain it
    exhausted,          // fewer bytes are free than it needs
    fragmented,         // enough are free, but not in one piece
    no_common_address,  // enough are in one piece in each bank, but in no two at the same place
    larger_than_bank,   // no bank could ever hold it
    region_too_small,   // the region is set aside by the program, and too small
    clash,              // a program's buffers would lie over an allocated one
    beyond_memory,      // a program's buffers would end beyond the memory
};

// Allocations of one place in the program.
struct Holder {
    std::uint64_t count = 0;
    Kind kind = Kind::unknown;
    Owner owner = Owner::unknown;
    ledger::CallSite call_site;
    std::uint64_t bytes_per_bank = 0;  // of all of them
    std::uint64_t begin = 0;           // the lowest address,
    std::uint64_t end = 0;             // and the highest end
};

// Allocations of one place and one size, each directly behind the other.
struct Run {
    std::uint64_t address = 0;         // of the first
    std::uint64_t bytes_per_bank = 0;  // of each
    std::uint64_t count = 0;
    std::optional<std::uint64_t> holder;  // in the list of holders; nothing: that one is not listed
};

// What one bank looked like, from the lowest address on. The lists hold at most kMaxRuns.
struct Moment {
    std::optional<Extent> bank;  // nothing: where it begins, or how large it is, is not known
    std::vector<Run> runs;
    std::uint64_t run_count = 0;
    std::vector<Run> own;  // of the program that was refused; they may lie over each other
    std::uint64_t own_count = 0;
};

inline constexpr std::size_t kMaxRuns = 1000;

enum class Way : std::uint8_t {
    unknown,
    free,       // `holders` end, or lie elsewhere
    configure,  // the region is made larger
    split,      // it is asked for in parts, or in other memory
    none,       // nothing that could be freed helps
};

// What would have made it fit.
struct Remedy {
    Way way = Way::unknown;
    std::uint64_t count = 0;           // of allocations to be freed: the fewest that do
    std::uint64_t bytes_per_bank = 0;  // that these hold
    std::uint64_t room = 0;            // in one piece, afterwards
    std::vector<Holder> holders;       // whose they are
    std::string setting;               // of ttnn.open_device(), and its least value
    std::uint64_t setting_bytes = 0;
    std::uint64_t parts = 0;
    std::optional<std::uint64_t> free_above;  // a clash: where they could be moved to
};

// What was made since the program's last mark, and was still there.
struct SinceMark {
    std::string name;
    std::vector<Holder> holders;  // the largest first
};

struct Refused {
    Verdict verdict = Verdict::unknown;
    ledger::Refusal request;
    std::optional<std::uint64_t> missing;  // bytes
    std::optional<std::uint64_t> holes;    // pieces that the free bytes are in
    // The largest piece that is free at one address in every bank, where some allocations lie in
    // some banks only.
    std::optional<std::uint64_t> free_in_every_bank;
    std::uint64_t in_some_banks = 0;       // how many these are
    Coverage picture = Coverage::unknown;  // how far `holders` reach
    std::vector<Holder> holders;           // the largest first, at most kMaxRows
    std::uint64_t holder_count = 0;
    std::optional<SinceMark> since_mark;  // nothing: the program set no mark before
    Moment moment;
    Remedy remedy;
    std::string signature;  // the same for what is refused in the same way, at other addresses
};

// As a person reads it: "exhausted", "larger than the bank".
std::string_view words(Verdict verdict);

}  // namespace plimsoll::findings
