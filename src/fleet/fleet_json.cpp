#include "export/values.hpp"
#include "fleet/fleet.hpp"

namespace plimsoll::fleet {

std::string fleet_json(const Fleet& fleet) {
    using exporting::Json;
    Json chips = Json::array();
    for (const Chip& chip : fleet.fullest) {
        chips.push_back({{"host", chip.host},
                         {"device", chip.device},
                         {"arch", exporting::or_null(chip.arch)},
                         {"region", chip.region},
                         {"live", chip.live},
                         {"capacity", chip.capacity}});
    }
    Json processes = Json::array();
    for (const HostProcess& process : fleet.largest) {
        processes.push_back({{"host", process.host},
                             {"pid", process.pid},
                             {"name", process.name},
                             {"user", exporting::or_null(process.user)},
                             {"live", process.live}});
    }
    Json findings = Json::array();
    for (const HostFinding& finding : fleet.findings) {
        findings.push_back({{"host", finding.host},
                            {"code", finding.code},
                            {"running", finding.running},
                            {"ended_last_hour", finding.ended}});
    }
    return exporting::text_of({{"schema", 1},
                               {"hosts", fleet.hosts},
                               {"silent_hosts", fleet.silent},
                               {"silent_hosts_count", fleet.silent_count},
                               {"open_chips", fleet.chips},
                               {"processes", fleet.processes},
                               {"fullest_chips", chips},
                               {"largest_processes", processes},
                               {"findings", findings}});
}

}  // namespace plimsoll::fleet
