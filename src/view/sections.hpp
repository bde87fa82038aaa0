#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "findings/report.hpp"
#include "view/page.hpp"

// The parts of a report, in the order they are read; each in a file of its own. A part that has
// nothing to say prints nothing.
namespace plimsoll::view {

// "nothing is left on 8 devices; the runtime forgot ...", without the "plimsoll: " before it.
std::string verdict(const findings::Report& report);

// The command, how it ended, the release and the machine; what is not known is left out.
std::vector<std::string> run_parts(const findings::Report& report);
// How far the figures reach, and what went wrong while watching; each once.
std::vector<std::string> notes_of(const findings::Report& report);

void print_run(Page& page, const findings::Report& report);
void print_processes(Page& page, const ledger::Snapshot& snapshot);
void print_devices(Page& page, const ledger::Snapshot& snapshot);
void print_windows(Page& page, const ledger::Snapshot& snapshot);
void print_kinds(Page& page, const ledger::Snapshot& snapshot);
void print_live(Page& page, const ledger::Snapshot& snapshot);
// What the highest peaks were made of: whose, and made where.
void print_peaks(Page& page, const ledger::Snapshot& snapshot);

const char* severity_word(findings::Severity severity);

// On the first screen long lists are cut, and what is told elsewhere is left out.
enum class Length : std::uint8_t { first_screen, whole };
void print_finding(Page& page, const findings::Finding& finding, Length length);
void print_notes(Page& page, const findings::Report& report);

// Longer lists end with "... and 88 more".
inline constexpr std::size_t kMaxScreenRows = 12;

// "10.1 MiB", with "≥" before what is at least that much, "-" when it is not known.
std::string figure_text(const ledger::Figure& figure);
std::string and_more(std::uint64_t count);

bool any_running(const ledger::Snapshot& snapshot);

}  // namespace plimsoll::view
