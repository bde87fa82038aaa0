#include "server/metrics_page.hpp"

#include "findings/judge.hpp"
#include "ledger/merge.hpp"
#include "metrics/exposition.hpp"
#include "metrics/families.hpp"
#include "server/own_health.hpp"
#include "server/peaks.hpp"

namespace plimsoll::server {
namespace {

void count_findings(const ledger::ProcessView& process, metrics::CountByCode& counts) {
    for (const findings::Finding& finding :
         findings::judge(ledger::merge({process}), process.identity.package)) {
        ++counts[finding.code];
    }
}

}  // namespace

MetricsPage::MetricsPage(WatchList& list, const Limits& limits, metrics::Detail detail)
    : list_(&list), limits_(limits), detail_(detail), start_time_s_(seconds_since_1970()) {}

void MetricsPage::remember(const std::vector<LastWord>& ended) {
    for (const LastWord& word : ended) {
        ended_.add(word.process, word.events_lost);
        count_findings(word.process, ended_.findings);
        for (const metrics::DeviceMaximum& most : word.maxima) maxima_.raise(most);
    }
}

metrics::Process MetricsPage::measured(Watched& entry) {
    collect::WatchedProcess::Measures measures = entry.process.measures();
    for (const metrics::DeviceMaximum& most : maxima_of(entry, measures.figures)) {
        maxima_.raise(most);
    }
    entry.process.watch_peaks_anew();
    entry.peaks_watched = true;
    return {std::move(measures.figures), std::move(measures.holdings), entry.process.events_lost()};
}

void MetricsPage::judge(Watched& entry, std::uint64_t* rows_left) {
    Judged& judged = judged_[entry.key];
    judged.answer = answers_;
    const std::uint64_t events = entry.process.events_produced();
    const std::uint64_t rows = entry.process.live_count();
    if (judged.events == events || rows > limits_.rows || rows > *rows_left) return;
    *rows_left -= rows;
    judged.events = events;
    judged.findings.clear();
    count_findings(entry.process.view(), judged.findings);
}

// Two processes on one chip: each may have been at its peak at another time, but what they hold
// together now is certain.
void MetricsPage::add_sums(const std::vector<metrics::Process>& running) {
    std::vector<ledger::ProcessView> figures;
    for (const metrics::Process& process : running) figures.push_back(process.figures);
    for (const ledger::DeviceUse& device : ledger::merge(std::move(figures)).devices) {
        metrics::DeviceMaximum now;
        now.device = device.device;
        now.arch = device.arch;
        for (std::size_t i = 0; i < kRegionCount; ++i) {
            now.regions[i] = device.regions[i].live.value;
        }
        maxima_.raise(now);
    }
}

MetricsPage::Answer MetricsPage::answer(const std::string& scraper, const std::string& accept) {
    ++answers_;
    metrics::Scene scene;
    std::uint64_t rows_left = kMostRows;
    for (Watched& entry : list_->running()) {
        scene.running.push_back(measured(entry));
        judge(entry, &rows_left);
    }
    std::erase_if(judged_, [this](const auto& one) { return one.second.answer != answers_; });
    for (const auto& [key, judged] : judged_) {
        for (const auto& [code, count] : judged.findings) scene.findings[code] += count;
    }
    add_sums(scene.running);
    scene.maxima = maxima_.take(scraper);
    scene.ended = ended_;
    scene.upstream = upstream::look_at_statistics();
    scene.server = own_health(start_time_s_);
    scene.detail = detail_;
    const metrics::Format format = metrics::format_for(accept);
    return {metrics::content_type(format), metrics::exposition(metrics::families(scene), format)};
}

}  // namespace plimsoll::server
