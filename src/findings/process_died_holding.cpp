// A process was killed or crashed while it held device memory: no destructor ran, nothing was
// reported freed. What it held is read from the table it left behind.
#include <fmt/format.h>

#include <algorithm>

#include "findings/gathering.hpp"
#include "findings/program_evidence.hpp"
#include "findings/rules.hpp"
#include "findings/words.hpp"

namespace plimsoll::findings {
namespace {

// Circular and dataflow buffers share their space, and a global circular buffer lies in a buffer
// that has its own row: their sizes are not added up, only counted.
bool shares_space(const ledger::AllocationView& row) {
    return row.kind == Kind::circular_buffer || row.kind == Kind::dataflow_buffer ||
           row.kind == Kind::global_circular_buffer;
}

std::string how(const ledger::ProcessView& process) {
    if (!process.signal) return "died";
    return "killed by " + signal_name(*process.signal);
}

// "64.0 MiB of DRAM and 8.0 MiB of L1, and 11 circular buffers of 2 programs"
std::string held_text(const Gathered& gathered) {
    Rows plain, shared;
    for (const ledger::AllocationView* row : gathered.rows) {
        (shares_space(*row) ? shared : plain).push_back(row);
    }
    std::string text = plain.empty() ? "" : amounts(plain);
    if (!shared.empty()) {
        text += (text.empty() ? "" : ", and ") + counted_kinds(shared, shared.size());
        const std::size_t programs = program_count(shared);
        if (programs > 0) text += " of " + counted(programs, "program");
    }
    if (gathered.rows.empty()) text = counted(gathered.count, "allocation");
    return gathered.at_least() + text;
}

Finding died_holding(const Scene& scene, const ledger::ProcessView& process,
                     const Gathered& gathered) {
    Finding finding;
    finding.code = "process-died-holding";
    finding.severity = Severity::error;
    describe(finding, gathered);
    finding.title = fmt::format("{} {} holding {} on {}", process_text(process.identity),
                                how(process), held_text(gathered),
                                devices_text(finding.devices, scene.snapshot.devices.size()));
    finding.cause = fmt::format(
        "The process {} {} with {} on open devices. No destructor ran, so neither the program nor "
        "the "
        "runtime freed or reported anything.",
        process.signal ? "was" : "has", how(process), counted(gathered.count, "live allocation"));
    set_evidence(finding, lines(group(gathered.rows), scene.snapshot.devices.size()));
    finding.consequence =
        "No. The allocator lived in the process and went with it. Work that was running on the "
        "device is another matter: it was not waited for.";
    if (process.signal == 9) {
        finding.fix.emplace_back(
            "SIGKILL comes from outside: look for a time limit, the kernel's out-of-memory killer "
            "(dmesg), or whoever stopped the job.");
    }
    finding.fix.emplace_back(
        "If the next run cannot open the devices, reset them (tt-smi -r) before it.");
    return finding;
}

}  // namespace

std::vector<Finding> process_died_holding(const Scene& scene) {
    std::vector<Finding> findings;
    for (const ledger::ProcessView& process : scene.snapshot.processes) {
        if (process.state != ledger::ProcessState::killed) continue;
        // A reservation is the runtime's own from open to close, not something that was held.
        const Rows rows = select(process.held, [](const ledger::AllocationView& row) {
            return row.owner != Owner::runtime;
        });
        const std::uint64_t reserved = process.held.size() - rows.size();
        Gathered gathered;
        gathered.add(rows, process.held_count > reserved ? process.held_count - reserved : 0);
        if (gathered.count > 0) findings.push_back(died_holding(scene, process, gathered));
    }
    return findings;
}

}  // namespace plimsoll::findings
