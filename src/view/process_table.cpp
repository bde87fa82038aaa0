#include <fmt/format.h>

#include "findings/words.hpp"
#include "view/sections.hpp"
#include "view/table.hpp"

namespace plimsoll::view {
namespace {

std::string state_text(const ledger::ProcessView& process) {
    switch (process.state) {
        case ledger::ProcessState::running:
            return "running";
        case ledger::ProcessState::exited:
            return process.exit_code ? fmt::format("exit {}", *process.exit_code) : "exited";
        case ledger::ProcessState::killed:
            return process.signal ? "killed by " + findings::signal_name(*process.signal) : "died";
    }
    return "";
}

std::string devices_text(const ledger::ProcessView& process) {
    std::vector<std::int32_t> devices;
    for (const ledger::DeviceUse& device : process.devices) devices.push_back(device.device);
    return devices.empty() ? "none" : findings::numbers_text(devices);
}

}  // namespace

bool any_running(const ledger::Snapshot& snapshot) {
    for (const ledger::ProcessView& process : snapshot.processes) {
        if (process.state == ledger::ProcessState::running) return true;
    }
    return false;
}

std::string and_more(std::uint64_t count) { return fmt::format("... and {} more", count); }

// One process is the command itself and needs no table.
void print_processes(Page& page, const ledger::Snapshot& snapshot) {
    if (snapshot.processes.size() < 2) return;
    Table table({Align::right, Align::left, Align::left, Align::right, Align::right, Align::left});
    table.add({"pid", "process", "state", "allocated", "held at its end", "devices"});
    std::size_t shown = 0;
    for (const ledger::ProcessView& process : snapshot.processes) {
        if (++shown > kMaxScreenRows) break;
        std::uint64_t allocations = 0;
        for (const ledger::KindUse& use : process.kinds) allocations += use.allocations;
        const bool running = process.state == ledger::ProcessState::running;
        table.add({std::to_string(process.identity.pid), process.identity.name, state_text(process),
                   std::to_string(allocations), running ? "-" : std::to_string(process.held_count),
                   devices_text(process)});
    }
    table.print(page, 2);
    if (snapshot.processes.size() > kMaxScreenRows) {
        page.line("  " + and_more(snapshot.processes.size() - kMaxScreenRows));
    }
    page.blank();
}

}  // namespace plimsoll::view
