#include "findings/program_evidence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "findings/gathering.hpp"
#include "findings/words.hpp"

namespace plimsoll::findings {
namespace {

using ProgramKey = std::pair<std::int32_t, std::uint64_t>;  // pid, the runtime's id

// One program's rows, and the programs that read alike.
struct Entry {
    std::vector<std::uint64_t> ids;
    Rows rows;
    bool known = false;
};

// The runtime may report one circular buffer once per chip: the same place, told several times.
Rows without_repeats(const Rows& rows) {
    std::set<std::pair<std::uint64_t, std::uint64_t>> seen;
    Rows once;
    for (const ledger::AllocationView* row : rows) {
        if (seen.emplace(row->address, row->bytes_per_bank).second) once.push_back(row);
    }
    // A program's rows come in the order they ended; a reader looks for addresses.
    std::stable_sort(once.begin(), once.end(),
                     [](const auto* a, const auto* b) { return a->address < b->address; });
    return once;
}

// Address and size per core, four to a line.
std::vector<std::string> cells(const Rows& all) {
    const Rows rows = without_repeats(all);
    constexpr std::size_t kPerLine = 4;
    constexpr std::size_t kShown = 16;
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < std::min(rows.size(), kShown); ++i) {
        if (i % kPerLine == 0) lines.emplace_back("   ");
        lines.back() += fmt::format("{:>8} {:<9}", rows[i]->address,
                                    fmt::format("{} B", rows[i]->bytes_per_bank));
    }
    for (std::string& text : lines) text.erase(text.find_last_not_of(' ') + 1);
    if (rows.size() > kShown) {
        lines.push_back(fmt::format("    ... and {} more", rows.size() - kShown));
    }
    return lines;
}

// All that is printed of a program but its number.
std::vector<std::string> body(const Rows& rows, std::size_t all_devices) {
    const ledger::AllocationView& first = *rows.front();
    std::vector<std::string> lines = {fmt::format("  {}, {}, on {}: address and size per core",
                                                  title(first.region), cores_text(first.cores),
                                                  devices_text(devices_of(rows), all_devices))};
    for (std::string& text : cells(rows)) lines.push_back(std::move(text));
    return lines;
}

std::string head(const Entry& entry) {
    if (!entry.known) return "program not known";
    constexpr std::size_t kShown = 5;
    std::string ids;
    for (std::size_t i = 0; i < std::min(entry.ids.size(), kShown); ++i) {
        ids += fmt::format("{}{}", i == 0 ? "" : ", ", entry.ids[i]);
    }
    if (entry.ids.size() > kShown) ids += fmt::format(" and {} more", entry.ids.size() - kShown);
    const ledger::Program& program = *entry.rows.front()->program;
    std::string text = fmt::format("program{} {}", entry.ids.size() == 1 ? "" : "s", ids);
    if (!program.label.empty()) text += "  " + label_text(program.label);
    const std::string site = call_path_text(program.call_site, 1);
    return site.empty() ? text : text + "   " + site;
}

std::vector<Entry> by_program(const Rows& rows) {
    std::map<ProgramKey, Entry> programs;
    Entry unknown;
    for (const ledger::AllocationView* row : rows) {
        Entry& entry = row->program ? programs[{row->pid, row->program->runtime_id}] : unknown;
        if (row->program && !entry.known) entry.ids = {row->program->runtime_id};
        entry.known = row->program.has_value();
        entry.rows.push_back(row);
    }
    std::vector<Entry> entries;
    for (auto& [key, entry] : programs) entries.push_back(std::move(entry));
    if (!unknown.rows.empty()) entries.push_back(std::move(unknown));
    return entries;
}

}  // namespace

std::size_t program_count(const Rows& rows) {
    std::set<ProgramKey> programs;
    for (const ledger::AllocationView* row : rows) {
        if (row->program) programs.emplace(row->pid, row->program->runtime_id);
    }
    return programs.size();
}

std::vector<std::string> program_lines(const Rows& rows, std::size_t all_devices) {
    std::map<std::vector<std::string>, std::size_t> seen;
    std::vector<Entry> entries;
    for (Entry& entry : by_program(rows)) {
        std::vector<std::string> key = body(entry.rows, all_devices);
        if (entry.known) {
            key.push_back(entry.rows.front()->program->label);
            key.push_back(call_path_text(entry.rows.front()->program->call_site, 1));
            key.push_back(std::to_string(entry.rows.front()->pid));
        }
        const auto [at, added] = seen.emplace(std::move(key), entries.size());
        if (added) {
            entries.push_back(std::move(entry));
        } else {
            Entry& alike = entries[at->second];
            alike.ids.insert(alike.ids.end(), entry.ids.begin(), entry.ids.end());
        }
    }
    std::vector<std::string> lines;
    for (const Entry& entry : entries) {
        lines.push_back(head(entry));
        for (std::string& text : body(entry.rows, all_devices)) lines.push_back(std::move(text));
    }
    return lines;
}

}  // namespace plimsoll::findings
