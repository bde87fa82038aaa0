#include "export/page_json.hpp"

#include <algorithm>

#include "export/page_history.hpp"
#include "export/page_line.hpp"
#include "export/page_rows.hpp"
#include "export/parse.hpp"
#include "export/values.hpp"
#include "findings/meaning.hpp"

namespace plimsoll::exporting {
namespace {

// What is left of a number of bytes, as parts of it are used.
class Room {
  public:
    explicit Room(std::size_t bytes) : bytes_(bytes) {}
    bool take(std::size_t bytes) {
        if (bytes > bytes_) return false;
        bytes_ -= bytes;
        return true;
    }
    [[nodiscard]] std::size_t bytes() const { return bytes_; }

  private:
    std::size_t bytes_;
};

// Pictures of what a finding is about; null: there was no room for them.
Json maps_json(const findings::Finding& finding, const findings::Report& report, Room& room) {
    Json maps = Json::array();
    for (const findings::MemoryMap& map : maps_of(finding, report.snapshot.devices)) {
        Json one = map_json(map);
        // The largest hole and the gap are found among them; the page draws them all.
        one["holes"] = Json::array();
        for (const findings::Extent& hole : findings::holes(map)) {
            one["holes"].push_back(Json::array({hole.begin, hole.end}));
        }
        maps.push_back(std::move(one));
    }
    return room.take(line_of(maps).size()) ? maps : Json(nullptr);
}

Json findings_json(const findings::Report& report, Room& room) {
    Json all = Json::array();
    for (const findings::Finding& finding : report.findings) {
        const findings::Meaning meaning = findings::meaning_of(finding.code);
        all.push_back({{"meaning", or_null(std::string(meaning.means))},
                       {"confirm", or_null(std::string(meaning.confirm))},
                       {"maps", maps_json(finding, report, room)}});
    }
    return all;
}

// The first moment that is known of what is listed: all others are told from it.
std::uint64_t first_moment(const ledger::Snapshot& snapshot) {
    std::uint64_t first = UINT64_MAX;
    for (const ledger::ProcessView& process : snapshot.processes) {
        for (const auto* rows : {&process.held, &process.ended}) {
            for (const ledger::AllocationView& row : *rows) first = std::min(first, row.made_at_ns);
        }
        for (const ledger::RefusalView& one : process.refusals) {
            first = std::min(first, one.refusal.refused_at_ns);
        }
        if (!process.history) continue;
        for (const ledger::HistoryView::Freed& one : process.history->freed) {
            first = std::min(first, one.made_at_ns);
        }
        for (const auto* named : {&process.history->marks, &process.history->windows}) {
            for (const ledger::NamedMoment& one : *named) first = std::min(first, one.at_ns);
        }
    }
    return first;
}

Json refusals_json(const ledger::Snapshot& snapshot, std::uint64_t first_ns) {
    Json all = Json::array();
    for (const ledger::ProcessView& process : snapshot.processes) {
        for (const ledger::RefusalView& one : process.refusals) {
            all.push_back({{"pid", process.identity.pid},
                           {"id", one.refusal.id},
                           {"at_ms", ms_after(first_ns, one.refusal.refused_at_ns)},
                           {"kind", name(one.refusal.kind)},
                           {"region", name(one.refusal.region)},
                           {"bytes", or_null(one.refusal.figures.bytes)},
                           {"devices", one.devices},
                           {"times", one.refusal.repeats + 1},
                           {"call_site", call_site_json(one.refusal.call_site.frames)},
                           {"mark", one.mark ? or_null(one.mark->name) : Json(nullptr)}});
        }
    }
    return all;
}

PageData beside(std::string document, const findings::Report& report, const PageWords& words,
                std::size_t most_bytes) {
    PageData data;
    data.report = std::move(document);
    Room room(most_bytes - std::min(most_bytes, data.report.size()));
    Json more = {{"verdict", words.verdict}, {"run", words.run}, {"notes", words.notes}};
    const std::uint64_t first_ns = first_moment(report.snapshot);
    more["refusals"] = refusals_json(report.snapshot, first_ns);
    room.take(std::min(room.bytes(), line_of(more).size()));
    more["findings"] = findings_json(report, room);
    more["history"] = history_json(report.snapshot, first_ns);
    room.take(std::min(room.bytes(), line_of(more["history"]).size()));
    const PageRows rows = rows_json(report.snapshot, first_ns, room.bytes());
    more["allocations"] = rows.json;
    if (Json& history = more["history"]; !history.is_null()) {
        const std::uint64_t freed = history["freed"];
        history["missing"] = freed - std::min(freed, rows.freed);
    }
    data.more = line_of(more);
    return data;
}

}  // namespace

PageData page_data(const findings::Report& report, const PageWords& words, std::size_t most_bytes) {
    return beside(line_of(report_json(report)), report, words, most_bytes);
}

PageData page_data(const std::string& json, const findings::Report& read, const PageWords& words,
                   std::size_t most_bytes) {
    findings::Report timeless = read;  // when something was refused, a report does not say
    for (ledger::ProcessView& process : timeless.snapshot.processes) process.refusals.clear();
    return beside(line_of(std::get<Json>(parse(json))), timeless, words, most_bytes);
}

}  // namespace plimsoll::exporting
