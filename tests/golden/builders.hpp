#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "findings/report.hpp"
#include "ledger/snapshot.hpp"

// Parts of hand-made reports.
namespace plimsoll::golden {

std::vector<std::int32_t> chips(std::int32_t count);  // 0, 1, ...

ledger::CallSite site(std::string file, std::uint32_t line, std::string function,
                      std::string op = "");

ledger::Program program(std::uint64_t id, std::string label, ledger::CallSite site);

// A user's interleaved buffer on `devices`.
ledger::AllocationView buffer(std::uint64_t id, Region region, std::uint64_t bytes,
                              std::uint32_t banks, std::vector<std::int32_t> devices,
                              ledger::CallSite site);

// A circular buffer of `program` on cores 0-0..7-y1.
ledger::AllocationView circular_buffer(std::uint64_t id, std::uint64_t address,
                                       std::uint64_t bytes_per_core, std::uint16_t y1,
                                       std::vector<std::int32_t> devices,
                                       const ledger::Program& program);

// A Wormhole chip whose books are closed and empty; figures are those of the runtime's allocator.
ledger::DeviceUse wormhole(std::int32_t device, std::uint64_t l1_base);
// Allocations of one size that a peak is made of.
struct PeakPart {
    Kind kind;
    std::uint64_t count;
    std::string program;
    ledger::CallSite site;
};
void set_peak(ledger::RegionPeak& use, std::uint64_t bytes, std::vector<PeakPart> parts);

ledger::ProcessView process(std::int32_t pid, std::string name, std::string package,
                            ledger::ProcessState state);

// A report of one process on one machine, findings judged from the snapshot. Totals, kinds and
// devices that the processes hold are summed the plain way.
findings::Report report(std::vector<std::string> command, std::string machine,
                        std::vector<ledger::ProcessView> processes);

}  // namespace plimsoll::golden
