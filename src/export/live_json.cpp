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

Json rows_json(const std::vector<ledger::AllocationView>& rows) {
    Json json = Json::array();
    for (const ledger::AllocationView& row : rows) {
        json.push_back(allocation_json(row));
        json.back()["frames"] = frames_json(row.call_site.frames);
    }
    return json;
}

}  // namespace

std::string live_json(const LiveRows& rows) {
    return text_of({{"schema", 1},
                    {"position", rows.position},
                    {"live", rows_json(rows.live)},
                    {"live_count", rows.live.size()},
                    {"outlived", rows_json(rows.outlived)},
                    {"unlisted", rows.unlisted}});
}

}  // namespace plimsoll::exporting
