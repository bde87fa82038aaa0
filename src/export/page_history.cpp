#include "export/page_history.hpp"

#include "export/page_rows.hpp"

namespace plimsoll::exporting {
Json history_json(const ledger::Snapshot& snapshot, std::uint64_t first_ns) {
    Json marks = Json::array(), windows = Json::array();
    std::uint64_t freed = 0, mark_count = 0, window_count = 0;
    bool is_kept = false, is_exact = true;
    for (const ledger::ProcessView& process : snapshot.processes) {
        if (!process.history) continue;
        const ledger::HistoryView& history = *process.history;
        is_kept = true;
        is_exact = is_exact && history.coverage == Coverage::exact;
        freed += history.freed_count;
        mark_count += history.mark_count;
        window_count += history.window_count;
        for (const ledger::NamedMoment& mark : history.marks) {
            marks.push_back({{"pid", process.identity.pid},
                             {"name", mark.name},
                             {"at_ms", ms_after(first_ns, mark.at_ns)},
                             {"id", mark.id}});
        }
        for (const ledger::NamedMoment& window : history.windows) {
            Json to_ms = nullptr;
            if (window.over) to_ms = ms_after(first_ns, window.over_at_ns);
            windows.push_back({{"pid", process.identity.pid},
                               {"name", window.name},
                               {"from_ms", ms_after(first_ns, window.at_ns)},
                               {"to_ms", to_ms},
                               {"id", window.id},
                               {"over", or_null(window.over)}});
        }
    }
    if (!is_kept) return nullptr;
    return {{"freed", freed},     {"is_exact", is_exact},
            {"marks", marks},     {"marks_count", mark_count},
            {"windows", windows}, {"windows_count", window_count}};
}

}  // namespace plimsoll::exporting
