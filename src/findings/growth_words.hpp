#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ledger/snapshot.hpp"

// What is said of a growth.
namespace plimsoll::findings {

// Circular and dataflow buffers of programs lie over each other: more of them take no more L1.
bool takes_no_memory(const ledger::Growth& growth);

// "3 buffers".
std::string things(const ledger::Growth& growth, std::uint64_t count);
// "2.0 MiB of DRAM per 2 iterations", "8 semaphores (512 B of L1) per iteration".
std::string rate(const ledger::Growth& growth);
// Where it is made, with up to so many frames.
std::string place(const ledger::Growth& growth, std::size_t frames);

// Why it grows and what to do; `with_programs`: programs were made at that place at the same rate.
std::string why_it_grows(const ledger::Growth& growth, bool with_programs);
std::vector<std::string> against_growth(const ledger::Growth& growth, bool with_programs);

}  // namespace plimsoll::findings
