#include "view/fleet_table.hpp"

#include <fmt/format.h>

#include "findings/words.hpp"
#include "view/table.hpp"

namespace plimsoll::view {
namespace {

constexpr std::size_t kNarrowGap = 2;  // so that 80 columns are enough

std::string verdict(const fleet::Fleet& fleet) {
    if (fleet.hosts == 0 && fleet.silent_count == 0) {
        return "plimsoll: no host is known there that runs plimsolld --http";
    }
    std::string text = fmt::format(
        "plimsoll: {} with {} open, {}", findings::counted(fleet.hosts, "host"),
        findings::counted(fleet.chips, "chip"), findings::counted(fleet.processes, "process"));
    if (fleet.silent_count > 0) {
        text += fmt::format("; {} silent", findings::counted(fleet.silent_count, "host"));
    }
    return text;
}

void print(Page& page, const Table& table) {
    page.blank();
    table.print(page, 2);
}

void print_chips(Page& page, const fleet::Fleet& fleet) {
    if (fleet.fullest.empty()) return;
    Table table({Align::left, Align::right, Align::left, Align::right, Align::right, Align::right},
                kNarrowGap);
    table.add({"fullest chips", "device", "region", "live", "of", "used"});
    for (const fleet::Chip& chip : fleet.fullest) {
        table.add({chip.host, chip.device, chip.region == "dram" ? "DRAM" : "L1/core",
                   findings::bytes_text(chip.live), findings::bytes_text(chip.capacity),
                   fmt::format("{:.0f} %", 100 * chip.used())});
    }
    print(page, table);
}

void print_processes(Page& page, const fleet::Fleet& fleet) {
    if (fleet.largest.empty()) {
        if (fleet.processes == 0) return;
        page.blank();
        page.paragraph("  No server names its processes: plimsolld --metrics-processes", 4);
        return;
    }
    Table table({Align::left, Align::right, Align::left, Align::left, Align::right}, kNarrowGap);
    table.add({"largest processes", "pid", "process", "user", "live"});
    for (const fleet::HostProcess& process : fleet.largest) {
        table.add({process.host, process.pid, process.name, process.user,
                   findings::bytes_text(process.live)});
    }
    print(page, table);
}

void print_findings(Page& page, const fleet::Fleet& fleet) {
    if (fleet.findings.empty()) return;
    Table table({Align::left, Align::left, Align::right, Align::right}, kNarrowGap);
    table.add({"findings", "code", "running", "ended, last hour"});
    for (const fleet::HostFinding& finding : fleet.findings) {
        table.add({finding.host, finding.code, std::to_string(finding.running),
                   std::to_string(finding.ended)});
    }
    print(page, table);
}

}  // namespace

std::string fleet_table(const fleet::Fleet& fleet, Style style) {
    Page page(style);
    page.paragraph(verdict(fleet), 10, Look::strong);
    print_chips(page, fleet);
    print_processes(page, fleet);
    print_findings(page, fleet);
    if (!fleet.silent.empty()) {
        page.blank();
        page.paragraph(fmt::format("  Silent: {}{}", fmt::join(fleet.silent, ", "),
                                   fleet.silent.size() < fleet.silent_count ? ", ..." : ""),
                       4);
    }
    return std::move(page).text();
}

}  // namespace plimsoll::view
