#include "export/live_json.hpp"

#include "export/values.hpp"

namespace plimsoll::exporting {

namespace {

// For programs: a report has them as text.
Json frames_json(const std::vector<ledger::Frame>& frames) {
    Json json = Json::array();
    for (const ledger::Frame& frame : frames) {
        json.push_back({{"file", frame.file},
                        {"line", frame.line == 0 ? Json(nullptr) : Json(frame.line)},
                        {"function", frame.function}});
    }
    return json;
}

}  // namespace

std::string live_json(std::uint64_t position, const std::vector<ledger::AllocationView>& rows,
                      std::uint64_t unlisted) {
    Json json = {{"schema", 1}, {"position", position}, {"live", Json::array()}};
    for (const ledger::AllocationView& row : rows) {
        Json one = allocation_json(row);
        one["frames"] = frames_json(row.call_site.frames);
        json["live"].push_back(std::move(one));
    }
    json["live_count"] = rows.size();
    json["unlisted"] = unlisted;
    return text_of(json);
}

}  // namespace plimsoll::exporting
