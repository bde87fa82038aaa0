#include "collect/decoder.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

#include "collect/look.hpp"

namespace plimsoll::collect {
namespace {

constexpr std::size_t kMostCoreSets = 1u << 16;
constexpr std::size_t kMostLabels = 4096;
constexpr std::size_t kMostOpenWindows = 64;  // of one thread

}  // namespace

Decoder::Decoder(const segment::Reader& reader)
    : reader_(&reader), sequence_before_(reader.header().fork_sequence) {}

bool Decoder::fetch(Waiting& waiting) {
    segment::RingCursor& cursor = cursors_[waiting.ring];
    const std::uint64_t lost = cursor.lost();
    const bool is_there = reader_->next(waiting.ring, cursor, waiting.event);
    // What began or ended among the lost ones is not known.
    if (cursor.lost() != lost) windows_[waiting.ring].clear();
    return is_there;
}

void Decoder::see_who_waits() {
    std::array<bool, segment::kMaxRings> waits{};
    for (const Waiting& waiting : waiting_) waits[waiting.ring] = true;
    const std::uint32_t used = reader_->rings_used();
    for (std::uint32_t ring = 0; ring < used; ++ring) {
        Waiting waiting{ring, {}};
        if (!waits[ring] && fetch(waiting)) waiting_.push_back(waiting);
    }
}

// Threads' events are merged as they are read: most threads tell nothing most of the time, so one
// ring often has many before another one's turn comes.
std::span<const ledger::Event> Decoder::events(std::size_t limit) {
    const auto later = [](const Waiting& a, const Waiting& b) {
        return a.sequence() > b.sequence();
    };
    see_who_waits();
    std::make_heap(waiting_.begin(), waiting_.end(), later);
    events_.clear();
    while (!waiting_.empty() && events_.size() < limit) {
        std::pop_heap(waiting_.begin(), waiting_.end(), later);
        Waiting& first = waiting_.back();
        const std::uint64_t next = waiting_.size() > 1 ? waiting_.front().sequence()
                                                       : std::numeric_limits<std::uint64_t>::max();
        bool is_there = true;
        do {
            decode(first.ring, first.event, events_.emplace_back());
            is_there = fetch(first);
        } while (is_there && first.sequence() <= next && events_.size() < limit);
        if (is_there) {
            std::push_heap(waiting_.begin(), waiting_.end(), later);
        } else {
            waiting_.pop_back();
        }
    }
    // After the events, so that it knows every device they refer to.
    refresh_devices();
    return events_;
}

ledger::Allocation Decoder::allocation(std::uint64_t id, const segment::Record& record) {
    ledger::Allocation to;
    to.id = {id};
    to.kind = static_cast<Kind>(record.kind);
    to.region = static_cast<Region>(record.region);
    to.owner = static_cast<Owner>(record.owner);
    to.reported = (record.flags & segment::kReported) != 0;
    if (to.owner == Owner::program) to.program = {record.program};
    to.set = {record.set};
    to.cores = {record.cores};
    to.call_site = {record.location};
    to.banks = record.banks;
    to.address = record.address;
    to.bytes = record.bytes;
    to.bytes_per_bank = record.bytes_per_bank;
    to.made_at_ns = record.made_at_ns;
    return to;
}

void Decoder::decode(std::uint32_t ring, const segment::Event& from, ledger::Event& to) {
    segment::Record record;
    static_assert(sizeof record == sizeof from.body);
    std::memcpy(&record, from.body, sizeof record);
    const std::uint64_t sequence = from.head >> 8;
    to.sequence = sequence - std::min(sequence, sequence_before_);
    to.at_ns = record.made_at_ns;
    to.type = ledger::Event::Type::other;
    switch (static_cast<segment::EventType>(from.head & 0xff)) {
        case segment::EventType::allocate:
            if (!reader_->within_bounds(record)) return;
            to.type = ledger::Event::Type::allocate;
            to.allocation = allocation(sequence, record);
            to.allocation.work = work_at(record.location);
            learn_cores(record.cores);
            return;
        case segment::EventType::free:
            to.type = ledger::Event::Type::free;
            to.allocation.id = {record.address};
            return;
        case segment::EventType::suspend:
            to.type = ledger::Event::Type::suspend;
            to.allocation.id = {record.address};
            return;
        case segment::EventType::refuse:
            return decode_refusal(record.address, to);
        case segment::EventType::run:
            if (record.address == 0 || record.address >= segment::kMaxPrograms) return;
            to.type = ledger::Event::Type::run;
            to.allocation.id = {sequence};
            to.allocation.program = {static_cast<std::uint32_t>(record.address)};
            to.label = learn_label(record.bytes);
            return;
        case segment::EventType::scope_begin:
        case segment::EventType::scope_end:
            to.allocation.id = {sequence};
            return decode_window(ring, static_cast<std::uint32_t>(record.address), to);
        case segment::EventType::mark:
            to.type = ledger::Event::Type::mark;
            to.allocation.id = {sequence};
            to.name = {static_cast<std::uint32_t>(record.address)};
            return;
        default:
            return;
    }
}

// The row is whole before its event is told, and it is told once: a picture costs the ledger a look
// at all that is live.
void Decoder::decode_refusal(std::uint64_t row, ledger::Event& to) {
    const std::optional<segment::Refusal> from = reader_->refusal(row);
    if (!from || refusals_told_[row]) return;
    refusals_told_[row] = true;
    to.type = ledger::Event::Type::refuse;
    to.allocation.id = {from->state / 2};
    to.allocation.set = {from->set};
    to.allocation.region = static_cast<Region>(from->region);
    to.allocation.program = {from->program};
}

// A thread's windows lie within each other: what ends is the last one that began.
void Decoder::decode_window(std::uint32_t ring, std::uint32_t name, ledger::Event& to) {
    std::vector<TextId>& open = windows_[ring];
    if (name != 0) {
        if (open.size() == kMostOpenWindows) return;
        to.type = ledger::Event::Type::window_begin;
        open.push_back({name});
    } else if (!open.empty()) {
        to.type = ledger::Event::Type::window_end;
        to.name = open.back();
        open.pop_back();
    }
    if (name != 0) to.name = {name};
}

ledger::Work Decoder::work_at(std::uint32_t location) {
    if (location == 0 || location >= segment::kMaxCallSites) return ledger::Work::unknown;
    if (location >= works_.size()) works_.resize(location + 1);
    std::optional<ledger::Work>& work = works_[location];
    if (!work) work = ledger::work_of(reader_->text(reader_->call_site(location).op));
    return *work;
}

void Decoder::learn_cores(std::uint32_t text) {
    const CoreSetId id{text};
    if (text == 0 || tables_.cores.count(id) != 0 || tables_.cores.size() >= kMostCoreSets) return;
    ledger::CoreSet cores;
    for (const segment::CoreRange& range : reader_->cores(text)) {
        cores.push_back({range.x0, range.y0, range.x1, range.y1});
    }
    tables_.cores.emplace(id, std::move(cores));
}

LabelId Decoder::learn_label(std::uint64_t text) {
    const LabelId id{static_cast<std::uint32_t>(text)};
    const bool is_known = tables_.labels.contains(id);
    if (id.value == 0 || (!is_known && tables_.labels.size() >= kMostLabels)) return {};
    if (!is_known) tables_.labels.emplace(id, reader_->text(id.value));
    return id;
}

void Decoder::refresh_devices() {
    const segment::SubjectCoverage runs =
        reader_->header().coverage[static_cast<std::size_t>(Subject::run)];
    tables_.runs_are_told =
        runs.stated != 0 && runs.coverage < static_cast<std::uint32_t>(Coverage::unknown);
    const std::uint32_t devices = reader_->devices_used();
    tables_.devices.resize(devices);
    for (std::uint32_t i = 0; i < devices; ++i) {
        const segment::Device from = reader_->device(i);
        ledger::Device& to = tables_.devices[i];
        to.device = from.device;
        to.open = from.open != 0;
        to.opens = from.opens;
        if (to.arch.empty()) to.arch = reader_->text(from.arch);
        for (std::size_t r = 0; r < kRegionCount; ++r) {
            to.regions[r] = {from.regions[r].banks, from.regions[r].bytes_per_bank,
                             from.regions[r].base};
        }
    }
    const std::uint32_t sets = reader_->sets_used();
    tables_.sets.resize(std::max<std::size_t>(sets, 1));
    for (std::uint32_t i = 1; i < sets; ++i) {
        const segment::DeviceSet from = reader_->set(i);
        ledger::DeviceSet& to = tables_.sets[i];
        to.last_run_over = from.last_run_over;
        to.mesh.reset();
        if (from.is_mesh != 0) to.mesh = from.mesh;
        to.devices.clear();
        for (std::uint32_t word = 0; word < std::size(from.members); ++word) {
            for (std::uint64_t left = from.members[word]; left != 0; left &= left - 1) {
                const std::uint32_t d =
                    word * 64 + static_cast<std::uint32_t>(std::countr_zero(left));
                if (d < devices) to.devices.push_back(d);
            }
        }
    }
}

std::uint64_t Decoder::lost() const {
    std::uint64_t lost = 0;
    for (const segment::RingCursor& cursor : cursors_) lost += cursor.lost();
    return lost;
}

}  // namespace plimsoll::collect
