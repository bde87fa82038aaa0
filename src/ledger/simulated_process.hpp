#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "ledger/footprint.hpp"
#include "ledger/input.hpp"

namespace plimsoll::ledger {

// For tests: a process that does what it is told and keeps the tables and the story of it in the
// plainest way. Kinds and regions are the caller's; chips are numbered 0, 1, 2...
class SimulatedProcess {
  public:
    explicit SimulatedProcess(std::uint32_t chips) {
        tables.sets.emplace_back();
        tables.runs_are_told = true;
        for (std::uint32_t i = 0; i < chips; ++i) {
            Device device;
            device.device = static_cast<std::int32_t>(i);
            device.arch = "wormhole_b0";
            device.open = true;
            tables.devices.push_back(device);
        }
    }

    DeviceSetId add_set(std::vector<std::uint32_t> devices, std::optional<std::int32_t> mesh = {}) {
        tables.sets.push_back({mesh, std::move(devices)});
        return {static_cast<std::uint32_t>(tables.sets.size() - 1)};
    }

    CoreSetId add_cores(CoreSet cores) {
        const CoreSetId id{static_cast<std::uint32_t>(tables.cores.size() + 1)};
        tables.cores[id] = std::move(cores);
        return id;
    }

    AllocationId allocate(Allocation allocation) {
        allocation.id = {++last_id_};
        allocation.made_at_ns = last_id_;
        Row row;
        row.allocation = allocation;
        row.last_run = last_run_of(allocation.program);
        rows[allocation.id.value] = row;
        Cell& cell = cell_of(allocation);
        ++cell.live;
        ++cell.allocations;
        cell.live_bytes += allocation.bytes_per_bank * allocation.banks;
        cell.peak_bytes = std::max(cell.peak_bytes, cell.live_bytes);
        cell.reported_allocations += allocation.reported ? 1 : 0;
        say(Event::Type::allocate, allocation);
        return allocation.id;
    }

    void free(AllocationId id) {
        const auto row = rows.find(id.value);
        if (row != rows.end()) {
            if (!row->second.device_closed) leave(row->second.allocation);
            ++cell_of(row->second.allocation).frees;
            rows.erase(row);
        }
        say_end(Event::Type::free, id);
    }

    void suspend(AllocationId id) {
        const auto row = rows.find(id.value);
        if (row != rows.end() && !row->second.device_closed) {
            leave(row->second.allocation);
            row->second.device_closed = true;
        }
        say_end(Event::Type::suspend, id);
    }

    void run(ProgramId program) {
        Allocation run;
        run.id = {++last_id_};
        run.program = program;
        last_runs_[program] = last_id_;
        for (auto& [id, row] : rows) {
            if (row.allocation.program == program) row.last_run = last_id_;
        }
        say(Event::Type::run, run);
        events.back().label = {program.value};
    }

    void turn_window(TextId name, Event::Type type) {
        say(type, {});
        events.back().name = name;
    }

    [[nodiscard]] Look look() const {
        Look look;
        look.identity.pid = 42;
        look.now_ns = 1000000;
        for (const auto& [id, row] : rows) look.live.push_back(row);
        for (const auto& [key, cell] : cells_) look.cells.push_back(cell);
        look.health.events_produced = events.size();
        return look;
    }

    // 0: it never ran.
    [[nodiscard]] std::uint64_t last_run_of(ProgramId program) const {
        const auto run = last_runs_.find(program);
        return run == last_runs_.end() ? 0 : run->second;
    }

    [[nodiscard]] std::uint64_t last_id() const { return last_id_; }

    Tables tables;
    std::vector<Event> events;
    std::map<std::uint64_t, Row> rows;

  private:
    Cell& cell_of(const Allocation& allocation) {
        Cell& cell = cells_[{allocation.set.value, allocation.region, allocation.kind}];
        cell.set = allocation.set;
        cell.region = allocation.region;
        cell.kind = allocation.kind;
        return cell;
    }

    void leave(const Allocation& allocation) {
        Cell& cell = cell_of(allocation);
        --cell.live;
        cell.live_bytes -= allocation.bytes_per_bank * allocation.banks;
        const Footprint footprint = footprint_of(tables, allocation);
        const std::uint64_t run = last_run_of(allocation.program);
        if (!footprint.shared || allocation.id.value > run) return;
        std::uint64_t& over = tables.sets[allocation.set.value].last_run_over;
        over = std::max(over, run);
    }

    void say(Event::Type type, const Allocation& allocation) {
        Event event;
        event.type = type;
        event.sequence = events.size() + 1;
        event.allocation = allocation;
        events.push_back(event);
    }

    void say_end(Event::Type type, AllocationId id) {
        Allocation allocation;
        allocation.id = id;
        say(type, allocation);
    }

    std::map<std::tuple<std::uint32_t, Region, Kind>, Cell> cells_;
    std::map<ProgramId, std::uint64_t> last_runs_;
    std::uint64_t last_id_ = 0;
};

inline Allocation allocation(Kind kind, Region region, DeviceSetId set, std::uint32_t banks,
                             std::uint64_t bytes_per_bank) {
    Allocation made;
    made.kind = kind;
    made.region = region;
    made.set = set;
    made.banks = banks;
    made.bytes = bytes_per_bank * banks;
    made.bytes_per_bank = bytes_per_bank;
    return made;
}

inline Allocation circular_buffer(DeviceSetId set, CoreSetId cores, std::uint32_t core_count,
                                  std::uint64_t address, std::uint64_t bytes_per_core) {
    Allocation made =
        allocation(Kind::circular_buffer, Region::l1, set, core_count, bytes_per_core);
    made.cores = cores;
    made.address = address;
    return made;
}

}  // namespace plimsoll::ledger
