#include "export/live_json.hpp"

#include "export/values.hpp"

namespace plimsoll::exporting {

std::string live_json(std::uint64_t position, const std::vector<ledger::AllocationView>& rows,
                      std::uint64_t unlisted) {
    Json json = {{"schema", 1}, {"position", position}, {"live", Json::array()}};
    for (const ledger::AllocationView& row : rows) json["live"].push_back(allocation_json(row));
    json["live_count"] = rows.size();
    json["unlisted"] = unlisted;
    return text_of(json);
}

}  // namespace plimsoll::exporting
