#include "segment/reader.hpp"

#include <algorithm>
#include <cstring>

#include "segment/slot.hpp"

namespace plimsoll::segment {
namespace {

constexpr std::uint32_t kTextUnit = 4;

// Copies a struct word by word: its writer may be changing it.
template <class T>
T copy_of(const T& from) {
    static_assert(sizeof(T) % sizeof(std::uint32_t) == 0);
    std::uint32_t words[sizeof(T) / sizeof(std::uint32_t)];
    const auto* source = reinterpret_cast<const std::uint32_t*>(&from);
    for (std::size_t i = 0; i < std::size(words); ++i) words[i] = load(source[i]);
    T copy;
    std::memcpy(&copy, words, sizeof copy);
    return copy;
}

bool power_of_two(std::uint32_t n) { return n != 0 && (n & (n - 1)) == 0; }

}  // namespace

Result<Reader> Reader::open(Mapping mapping) {
    if (mapping.bytes() < kPage) return Error{"the segment is truncated", 0};
    const auto& header = *reinterpret_cast<const Header*>(mapping.start());
    if (load_acquire(header.magic) != kMagic) {
        return Error{"the segment does not begin with Plimsoll's magic number", 0};
    }
    const std::uint32_t version = load(header.layout_version);
    if (version != kLayoutVersion) return Error{"the segment has another layout version", version};
    const std::uint32_t live = load(header.live_capacity);
    const std::uint32_t ring = load(header.ring_capacity);
    if (live == 0 || live > kMaxLiveSlots) return Error{"impossible live table size", live};
    if (!power_of_two(ring) || ring > kMaxRingEvents) return Error{"impossible ring size", ring};
    const Geometry geometry = Geometry::of(live, ring);
    if (geometry.total != mapping.bytes() || load(header.total_bytes) != mapping.bytes()) {
        return Error{"the segment's size contradicts its header",
                     static_cast<std::int64_t>(mapping.bytes())};
    }
    return Reader(std::move(mapping), geometry, live, ring);
}

Header Reader::header() const {
    Header header = copy_of(shared_.header());
    header.name[sizeof header.name - 1] = '\0';
    return header;
}

bool Reader::within_bounds(const Record& record) const {
    return record.set < sets_used() && record.kind < kKindCount && record.region < kRegionCount &&
           record.owner < kOwnerCount && record.program < kMaxPrograms;
}

LiveCopy Reader::live() const {
    LiveCopy copy;
    const std::uint32_t used = std::min(load(shared_.header().slots_used), live_capacity_);
    for (std::uint32_t i = 0; i < used; ++i) {
        const SlotCopy slot = read(shared_.live()[i]);
        if (slot.state == SlotState::empty) continue;
        if (slot.state == SlotState::in_flight) {
            ++copy.in_flight;
        } else if (!within_bounds(slot.record)) {
            ++copy.rejected;
        } else {
            copy.rows.push_back({slot.id, slot.record});
        }
    }
    return copy;
}

LiveCopy Reader::ended(Ending ending, std::vector<Ended>* details) const {
    LiveCopy copy;
    const auto which = static_cast<std::uint32_t>(ending);
    const std::uint64_t rows =
        std::min<std::uint64_t>(load(shared_.header().ended_count[which]), kMaxEnded);
    for (std::uint64_t i = 0; i < rows; ++i) {
        const Ended& from = shared_.ended(which)[i];
        const std::uint64_t state = load_acquire(from.state);
        if (state == 0) continue;  // ended without a row: it was never listed
        if (state % 2 != 0) {
            ++copy.in_flight;
            continue;
        }
        const Ended whole = copy_of(from);
        const Record record = read_record(whole.record);
        if (!within_bounds(record)) {
            ++copy.rejected;
            continue;
        }
        copy.rows.push_back({state / 2, record});
        details->push_back(whole);
    }
    return copy;
}

std::uint64_t Reader::refusals_used() const {
    return std::min<std::uint64_t>(load(shared_.header().refusals_used), kMaxRefusals);
}

std::optional<Refusal> Reader::refusal(std::uint64_t row) const {
    if (row >= kMaxRefusals) return {};
    const Refusal& from = shared_.refusals()[row];
    const std::uint64_t state = load_acquire(from.state);
    if (state == 0 || state % 2 != 0) return {};
    Refusal whole = copy_of(from);
    whole.state = state;
    const bool within = whole.set < sets_used() && whole.kind < kKindCount &&
                        whole.region < kRegionCount && whole.reason < kRefusalReasons &&
                        whole.program < kMaxPrograms;
    if (!within) return {};
    return whole;
}

std::uint32_t Reader::devices_used() const {
    return std::min(load_acquire(shared_.header().devices_used), kMaxDevices);
}

std::uint32_t Reader::sets_used() const {
    return std::min(load_acquire(shared_.header().sets_used), kMaxSets);
}

Device Reader::device(std::uint32_t entry) const { return copy_of(shared_.devices()[entry]); }

DeviceSet Reader::set(std::uint32_t entry) const { return copy_of(shared_.sets()[entry]); }

Cell Reader::cell(std::size_t index) const { return copy_of(shared_.cells()[index]); }

Program Reader::program(std::uint32_t entry) const {
    if (entry == 0 || entry >= kMaxPrograms) return {};
    return copy_of(shared_.programs()[entry]);
}

CallSite Reader::call_site(std::uint32_t entry) const {
    if (entry == 0 || entry >= kMaxCallSites) return {};
    CallSite site = copy_of(shared_.call_sites()[entry]);
    site.count = std::min(site.count, kMaxFrames);
    return site;
}

std::string Reader::text(std::uint32_t text) const {
    constexpr std::size_t kUnits = kTextBytes / kTextUnit;
    if (text == 0 || text >= kUnits) return {};
    const std::byte* at = shared_.text() + std::size_t{text} * kTextUnit;
    std::uint32_t length = 0;
    std::memcpy(&length, at, sizeof length);
    const std::size_t room = (kUnits - text - 1) * kTextUnit;
    if (length > kMaxTextLength || length > room) return {};
    return {reinterpret_cast<const char*>(at + kTextUnit), length};
}

std::uint32_t Reader::rings_used() const {
    return std::min(load_acquire(shared_.header().rings_used), kMaxRings);
}

std::uint64_t Reader::events_produced() const {
    std::uint64_t produced = load(shared_.header().events_dropped);
    const std::uint32_t used = rings_used();
    for (std::uint32_t ring = 0; ring < used; ++ring) {
        produced += load(shared_.ring(ring).produced);
    }
    return produced;
}

std::vector<CoreRange> Reader::cores(std::uint32_t id) const {
    const std::string bytes = text(id);
    std::vector<CoreRange> ranges(bytes.size() / sizeof(CoreRange));
    if (ranges.empty() || bytes.size() % sizeof(CoreRange) != 0 || ranges.size() > kMaxCoreRanges) {
        return {};
    }
    std::memcpy(ranges.data(), bytes.data(), bytes.size());
    return ranges;
}

}  // namespace plimsoll::segment
