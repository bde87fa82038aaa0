#include "export/server_json.hpp"

#include "export/values.hpp"
#include "findings/words.hpp"
#include "plimsoll/version.h"

namespace plimsoll::exporting {

std::string snapshot_json(const std::vector<ledger::ProcessView>& running, With with,
                          const std::vector<ledger::ProcessView>& ended) {
    Json json = {{"schema", 1}, {"plimsoll", PLIMSOLL_VERSION}};
    json["processes"] = Json::array();
    for (const ledger::ProcessView& process : running) {
        Json one = observed_json(process);
        if (with == With::allocations) {
            one["allocations"] = Json::array();
            for (const ledger::AllocationView& row : process.held) {
                one["allocations"].push_back(allocation_json(row));
            }
        }
        json["processes"].push_back(std::move(one));
    }
    json["ended"] = Json::array();
    json["notes"] = Json::array();
    for (const ledger::ProcessView& process : ended) {
        json["ended"].push_back(observed_json(process));
        if (process.held_count > 0) json["notes"].push_back(findings::last_word(process));
    }
    return text_of(json);
}

std::string observed_json_text(const ledger::ProcessView& process) {
    return text_of(observed_json(process));
}

std::string change_json(const std::vector<std::string>& changed,
                        const std::vector<std::int32_t>& ended, std::uint64_t skipped) {
    std::string text = "{\"changed\":[";
    for (const std::string& one : changed) text += (&one == &changed.front() ? "" : ",") + one;
    text += "],\"ended\":" + Json(ended).dump();
    return text + ",\"skipped\":" + std::to_string(skipped) + "}";
}

}  // namespace plimsoll::exporting
