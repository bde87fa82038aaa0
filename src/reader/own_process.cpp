#include "reader/own_process.hpp"

#include <unistd.h>

#include <algorithm>

#include "collect/segment_search.hpp"
#include "export/json.hpp"
#include "export/live_json.hpp"
#include "reader/own_report.hpp"

namespace plimsoll::reader {

Result<OwnProcess> OwnProcess::open() {
    Error why{
        "nothing is attached in this process: it has opened no device yet, or runs without "
        "Plimsoll's agent",
        0};
    for (collect::FoundSegment& found : collect::find_own_segments()) {
        if (!collect::is_owner(found)) continue;
        Result<collect::WatchedProcess> process =
            collect::WatchedProcess::adopt(std::move(found.arrival));
        if (process) return OwnProcess(std::move(process).value(), ::getpid());
        why = process.error();
    }
    return why;
}

bool OwnProcess::is_own() const { return ::getpid() == pid_; }

// Until there is no more, unless other threads write faster than that.
void OwnProcess::drain() {
    constexpr int kMostDrains = 8;
    for (int i = 0; i < kMostDrains && process_.drain_if_busy() != 0; ++i) {
    }
}

// An event is told after all that it changes, so without a further one nothing is different.
const ledger::ProcessView& OwnProcess::figures() {
    drain();
    const std::uint64_t produced = process_.events_produced();
    if (!figures_ || produced != events_at_figures_) {
        figures_ = process_.own_figures();
        events_at_figures_ = produced;
    }
    return *figures_;
}

std::vector<std::int32_t> OwnProcess::devices() {
    std::vector<std::int32_t> devices;
    for (const ledger::DeviceUse& use : figures().devices) devices.push_back(use.device);
    return devices;
}

std::optional<Level> OwnProcess::level(std::int32_t device, Region region) {
    const std::vector<ledger::DeviceUse>& devices = figures().devices;
    const auto use = std::find_if(devices.begin(), devices.end(),
                                  [device](const auto& each) { return each.device == device; });
    if (use == devices.end()) return {};
    const auto index = static_cast<std::size_t>(region);
    const ledger::RegionUse& all = use->regions[index];
    Level level{all.live, all.peak, all.capacity};
    if (region == Region::l1) {
        level.live = use->l1_buffers.live;
        level.peak = use->l1_buffers.peak;
    }
    if (peaks_restarted_) {
        const auto [peaks, coverage] = process_.watched_peaks(device);
        const std::uint64_t highest =
            region == Region::l1 ? peaks.l1_buffers : peaks.regions[index].bytes;
        level.peak = {std::max(highest, level.live.value), coverage};
    }
    return level;
}

void OwnProcess::restart_peaks() {
    drain();
    process_.watch_peaks_anew();
    peaks_restarted_ = true;
}

std::string OwnProcess::live_json(std::uint64_t after) {
    drain();
    const std::uint64_t position = process_.last_id();
    auto [live, outlived] = process_.held_after(after);
    return exporting::live_json(
        {position, std::move(live), std::move(outlived), process_.unlisted_live()});
}

std::string OwnProcess::report_json() {
    drain();
    return exporting::to_json(own_report(process_.own_view()));
}

}  // namespace plimsoll::reader
