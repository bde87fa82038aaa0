#include "export/values.hpp"

#include "findings/words.hpp"

namespace plimsoll::exporting {

std::string text_of(const Json& json) {
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json figure_json(const ledger::Figure& figure) {
    return figure.coverage == Coverage::unknown ? Json(nullptr) : Json(figure.value);
}

Json call_site_json(const std::vector<ledger::Frame>& frames) {
    return or_null(findings::call_site_text(frames));
}

Json call_sites_json(const std::vector<ledger::Frame>& frames) {
    constexpr std::size_t kMaxFrames = 4;
    Json sites = Json::array();
    for (const ledger::Frame& frame : frames) {
        if (sites.size() == kMaxFrames) break;
        sites.push_back(findings::frame_text(frame));
    }
    return sites;
}

Json events_json(const ledger::Events& events) {
    return {{"produced", events.produced}, {"received", events.received}, {"lost", events.lost}};
}

Json kind_json(const ledger::KindUse& use) {
    const std::uint64_t over = use.frees + use.live;
    return {{"allocations", use.allocations},
            {"frees", use.frees},
            {"reported_allocations", use.reported_allocations},
            {"reported_frees", use.reported_frees},
            {"ended_with_process", use.allocations > over ? use.allocations - over : 0},
            {"live", use.live},
            {"live_bytes", use.live_bytes},
            {"peak_bytes", figure_json(use.peak_bytes)},
            {"coverage", name(use.peak_bytes.coverage)}};
}

Json coverage_json(const ledger::Snapshot& snapshot) {
    std::vector<ledger::SubjectCoverage> merged;
    for (const ledger::ProcessView& process : snapshot.processes) {
        for (const ledger::SubjectCoverage& one : process.coverage) {
            ledger::SubjectCoverage* known = nullptr;
            for (ledger::SubjectCoverage& other : merged) {
                if (other.subject == one.subject) known = &other;
            }
            if (known == nullptr) {
                merged.push_back(one);
            } else if (one.coverage > known->coverage) {
                *known = one;
            }
        }
    }
    Json coverage = Json::array();
    for (const ledger::SubjectCoverage& one : merged) {
        coverage.push_back(
            {{"what", name(one.subject)}, {"state", name(one.coverage)}, {"why", one.why}});
    }
    return coverage;
}

}  // namespace plimsoll::exporting
