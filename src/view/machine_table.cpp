#include "view/machine_table.hpp"

#include <fmt/format.h>

#include "findings/words.hpp"
#include "view/table.hpp"

namespace plimsoll::view {

std::string machine_table(std::span<const machines::Machine> machines) {
    Table table({Align::left, Align::right, Align::right, Align::right, Align::right, Align::right,
                 Align::left});
    table.add({"machine", "chips", "mesh", "cores", "DRAM", "L1/core", ""});
    for (const machines::Machine& machine : machines) {
        const machines::ChipCapacity& chip = machine.capacity;
        table.add({machine.name, std::to_string(machine.chips.size()),
                   fmt::format("{}x{}", machine.rows, machine.columns),
                   fmt::format("{}x{}", chip.grid_columns, chip.grid_rows),
                   fmt::format("{} x {}", chip.dram_channels,
                               findings::bytes_text(chip.bytes_per_dram_channel)),
                   findings::bytes_text(chip.l1_bytes_per_core), machine.title});
    }
    Page page({});
    table.print(page, 0);
    page.blank();
    page.paragraph("Cores, DRAM (channels and their size) and L1 are those of one chip.", 0);
    return std::move(page).text();
}

}  // namespace plimsoll::view
