#include "export/machines_json.hpp"

#include "export/values.hpp"

namespace plimsoll::exporting {

std::string machines_json(std::span<const machines::Machine> machines) {
    Json list = Json::array();
    for (const machines::Machine& machine : machines) {
        const machines::ChipCapacity& chip = machine.capacity;
        list.push_back({{"name", machine.name},
                        {"title", machine.title},
                        {"arch", machine.arch},
                        {"chips", machine.chips.size()},
                        {"mesh", {machine.rows, machine.columns}},
                        {"grid", {chip.grid_columns, chip.grid_rows}},
                        {"dram_channels", chip.dram_channels},
                        {"bytes_per_dram_channel", chip.bytes_per_dram_channel},
                        {"l1_bytes_per_core", chip.l1_bytes_per_core}});
    }
    return text_of({{"schema", 1}, {"machines", list}});
}

}  // namespace plimsoll::exporting
