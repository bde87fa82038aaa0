#include "symbols/view_names.hpp"

#include <algorithm>
#include <initializer_list>
#include <set>
#include <string_view>

#include "symbols/place_reader.hpp"

namespace plimsoll::symbols {
namespace {

constexpr std::size_t kMost = 4;
constexpr std::size_t kMostFolded = 1024;  // beyond, each is compared with too many others

bool begins_with_one_of(const std::string& name, std::initializer_list<std::string_view> heads) {
    return std::any_of(heads.begin(), heads.end(),
                       [&name](std::string_view head) { return name.starts_with(head); });
}

// Between an interpreter and a function.
bool is_binding(const ledger::Frame& frame) {
    return frame.function.empty() ||
           begins_with_one_of(frame.function, {"std::", "nanobind::", "pybind11::", "__"});
}

// Between an op and the memory: the same for every op.
bool is_plumbing(const ledger::Frame& frame) {
    return is_binding(frame) ||
           begins_with_one_of(frame.function, {"tt::", "ttnn::device_operation::",
                                               "ttnn::decorators::", "ttnn::create_device_tensor"});
}

template <class Visit>
void visit_peaks(ledger::ProcessView& view, const Visit& visit) {
    for (ledger::DeviceUse& device : view.devices) {
        for (ledger::RegionUse& region : device.regions) visit(region);
        visit(device.l1_per_core);
    }
    for (ledger::WindowUse& window : view.windows) {
        for (ledger::WindowDevice& device : window.devices) {
            for (ledger::RegionPeak& region : device.regions) visit(region);
            visit(device.l1_per_core);
        }
    }
}

template <class Visit>
void visit_sites(ledger::ProcessView& view, const Visit& visit) {
    const auto visit_row = [&visit](ledger::AllocationView& row) {
        visit(row.call_site);
        if (row.program) visit(row.program->call_site);
    };
    for (ledger::AllocationView& row : view.held) visit_row(row);
    for (ledger::AllocationView& row : view.ended) visit_row(row);
    if (view.history) {
        for (ledger::AllocationView& one : view.history->placements) visit_row(one);
    }
    for (ledger::Growth& growth : view.growths) visit(growth.call_site);
    for (ledger::RefusalView& refusal : view.refusals) {
        visit(refusal.refusal.call_site);
        if (refusal.refusal.program) visit(refusal.refusal.program->call_site);
        for (ledger::CallSite& site : refusal.call_sites) visit(site);
    }
    visit_peaks(view, [&visit](ledger::RegionPeak& peak) {
        for (ledger::PeakShare& share : peak.at_peak) visit(share.call_site);
    });
}

void add_places(std::set<std::string>& places, const std::vector<ledger::Frame>& frames) {
    for (const ledger::Frame& frame : frames) {
        if (is_place(frame)) places.insert(frame.file);
    }
}

bool is_alike(const ledger::PeakShare& a, const ledger::PeakShare& b) {
    return a.kind == b.kind && a.owner == b.owner && a.program == b.program &&
           a.call_site == b.call_site;
}

// Two ways through the runtime may come to the same once only what says something is kept of them.
void fold(std::vector<ledger::PeakShare>& shares) {
    if (shares.size() > kMostFolded) return;
    std::vector<ledger::PeakShare> folded;
    for (ledger::PeakShare& share : shares) {
        const auto same = std::find_if(folded.begin(), folded.end(), [&share](const auto& other) {
            return is_alike(other, share);
        });
        if (same == folded.end()) {
            folded.push_back(std::move(share));
        } else {
            same->count += share.count;
            same->bytes += share.bytes;
        }
    }
    std::stable_sort(folded.begin(), folded.end(),
                     [](const auto& a, const auto& b) { return a.bytes > b.bytes; });
    shares = std::move(folded);
}

// As above: blocks of one place are told as one.
void fold(ledger::RefusalView& view) {
    if (view.call_sites.size() > kMostFolded) return;
    std::vector<std::uint32_t> first(view.call_sites.size());
    for (std::uint32_t i = 0; i < first.size(); ++i) {
        const auto same =
            std::find(view.call_sites.begin(), view.call_sites.begin() + i, view.call_sites[i]);
        first[i] = static_cast<std::uint32_t>(same - view.call_sites.begin());
    }
    for (ledger::Block& block : view.blocks) block.call_site = first.at(block.call_site);
    for (ledger::Block& block : view.own) block.call_site = first.at(block.call_site);
}

}  // namespace

std::vector<ledger::Frame> telling(std::vector<ledger::Frame> inside) {
    if (!std::all_of(inside.begin(), inside.end(), is_plumbing)) {
        std::erase_if(inside, is_plumbing);
    } else if (!std::all_of(inside.begin(), inside.end(), is_binding)) {
        std::erase_if(inside, is_binding);
        inside.erase(inside.begin(), inside.end() - 1);
    }
    if (inside.size() > kMost) inside.resize(kMost);
    return inside;
}

void name_frames(ledger::ProcessView& view, Symboliser& symboliser) {
    std::set<std::string> places;
    bool has_inside = false;
    visit_sites(view, [&](const ledger::CallSite& site) {
        add_places(places, site.frames);
        add_places(places, site.inside);
        has_inside = has_inside || !site.inside.empty();
    });
    symboliser.learn(places);
    visit_sites(view, [&symboliser](ledger::CallSite& site) {
        for (ledger::Frame& frame : site.frames) symboliser.name(frame);
        for (ledger::Frame& frame : site.inside) symboliser.name(frame);
        site.inside = telling(std::move(site.inside));
    });
    if (!has_inside) return;
    visit_peaks(view, [](ledger::RegionPeak& peak) { fold(peak.at_peak); });
    for (ledger::RefusalView& refusal : view.refusals) fold(refusal);
}

void name_frames(std::vector<ledger::ProcessView>& views) {
    Symboliser symboliser;
    for (ledger::ProcessView& view : views) name_frames(view, symboliser);
}

}  // namespace plimsoll::symbols
