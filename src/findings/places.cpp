#include "findings/places.hpp"

#include <algorithm>
#include <tuple>

namespace plimsoll::findings {
namespace {

Place place_of(const ledger::AllocationView& row) {
    Place place{row.owner, row.kind, row.region, "", row.call_site, {}};
    if (!row.program) return place;
    place.program = row.program->label;
    if (place.call_site.frames.empty()) place.call_site = row.program->call_site;
    return place;
}

void add(Place& place, const ledger::AllocationView& row) {
    const auto add_on = [&](std::optional<std::int32_t> device) {
        Amount& amount = place.on_device[device];
        amount.count += 1;
        amount.bytes += row.bytes;
    };
    if (row.devices.empty()) add_on(std::nullopt);
    for (const std::int32_t device : row.devices) add_on(device);
}

using Frames = std::vector<std::tuple<std::string, std::string, std::uint32_t>>;

Frames frames_of(const Place& place) {
    Frames frames;
    for (const ledger::Frame& frame : place.call_site.frames) {
        frames.emplace_back(frame.file, frame.function, frame.line);
    }
    return frames;
}

}  // namespace

Amount on_one_device(const Place& place) {
    Amount most;
    for (const auto& [device, amount] : place.on_device) {
        if (std::tie(amount.bytes, amount.count) > std::tie(most.bytes, most.count)) most = amount;
    }
    return most;
}

std::vector<Place> places_of(const Rows& rows) {
    using Key = std::tuple<Owner, Kind, Region, std::string, std::string, Frames>;
    std::map<Key, std::size_t> known;
    std::vector<Place> places;
    for (const ledger::AllocationView* row : rows) {
        Place place = place_of(*row);
        Key key{place.owner,   place.kind,         place.region,
                place.program, place.call_site.op, frames_of(place)};
        const auto [at, added] = known.emplace(std::move(key), places.size());
        if (added) places.push_back(std::move(place));
        add(places[at->second], *row);
    }
    std::stable_sort(places.begin(), places.end(), [](const Place& a, const Place& b) {
        return on_one_device(a).bytes > on_one_device(b).bytes;
    });
    return places;
}

}  // namespace plimsoll::findings
