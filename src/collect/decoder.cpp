#include "collect/decoder.hpp"

#include <algorithm>
#include <cstring>

#include "collect/look.hpp"

namespace plimsoll::collect {
namespace {

constexpr std::size_t kMostCoreSets = 1u << 16;
constexpr std::size_t kMostLabels = 4096;

ledger::Allocation allocation(std::uint64_t id, const segment::Record& record) {
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

std::optional<std::uint64_t> figure(std::uint64_t value) {
    if (value == segment::kNotKnown) return {};
    return value;
}

// It outlived its device, and the process did not say yet whether the device itself had kept it.
bool waits_for_object(const segment::Record& record) {
    const bool ends_with_program =
        static_cast<Owner>(record.owner) == Owner::program && record.program != 0;
    return (record.flags & segment::kSuspended) != 0 && !ends_with_program;
}

// Until it does, it is the user's, and as over as one of which the process said so.
void count_ending(ledger::Look& look, ledger::Row& row, const segment::Record& record) {
    row.ending = (record.flags & segment::kClosedAtExit) != 0 ? ledger::Ending::left_at_exit
                                                              : ledger::Ending::outlived_device;
    ++look.ended_count[static_cast<std::size_t>(*row.ending)];
    for (ledger::Cell& cell : look.cells) {
        const ledger::Allocation& made = row.allocation;
        if (cell.set == made.set && cell.region == made.region && cell.kind == made.kind) {
            ++cell.frees;
        }
    }
}

}  // namespace

Decoder::Decoder(const segment::Reader& reader)
    : reader_(&reader), sequence_before_(reader.header().fork_sequence) {}

std::vector<ledger::Event> Decoder::events(std::size_t limit) {
    std::vector<ledger::Event> events;
    for (std::uint32_t ring = 0; ring < segment::kMaxRings && events.size() < limit; ++ring) {
        segment::Event raw;
        ledger::Event event;
        while (events.size() < limit && reader_->next(ring, cursors_[ring], raw)) {
            decode(raw, event);
            events.push_back(event);
        }
    }
    // After the events, so that it knows every device they refer to.
    refresh_devices();
    std::sort(events.begin(), events.end(),
              [](const auto& a, const auto& b) { return a.sequence < b.sequence; });
    return events;
}

void Decoder::decode(const segment::Event& from, ledger::Event& to) {
    segment::Record record;
    static_assert(sizeof record == sizeof from.body);
    std::memcpy(&record, from.body, sizeof record);
    const std::uint64_t sequence = from.head >> 8;
    to.sequence = sequence - std::min(sequence, sequence_before_);
    to.at_ns = record.made_at_ns;
    to.allocation = {};
    to.label = {};
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
        case segment::EventType::mark:
        case segment::EventType::scope_begin:  // that it comes again tells the last one's end, too
            to.type = ledger::Event::Type::mark;
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

ledger::Refusal Decoder::refusal(const segment::Refusal& from) const {
    ledger::Refusal to;
    to.id = from.state / 2;
    to.reason = static_cast<ledger::RefusalReason>(from.reason);
    to.kind = static_cast<Kind>(from.kind);
    to.region = static_cast<Region>(from.region);
    to.set = {from.set};
    for (const segment::CoreRange& range : reader_->cores(from.cores)) {
        to.cores.push_back({range.x0, range.y0, range.x1, range.y1});
    }
    to.banks = from.banks;
    to.figures = {figure(from.bytes),          figure(from.bytes_per_bank),
                  figure(from.bank_bytes),     figure(from.allocated),
                  figure(from.free),           figure(from.largest_free),
                  figure(from.lowest_address), figure(from.region_end)};
    to.call_site = call_site(from.location);
    if (from.program != 0 || from.program_runtime_id != segment::kNotKnown) {
        to.program = ledger::Program{from.program_runtime_id, reader_->text(from.program_label),
                                     call_site(from.program_location)};
    }
    to.repeats = from.repeats;
    to.refused_at_ns = from.refused_at_ns;
    return to;
}

std::map<std::uint32_t, ledger::CallSite> Decoder::call_sites(
    const std::set<std::uint32_t>& wanted) const {
    std::map<std::uint32_t, ledger::CallSite> named;
    for (const std::uint32_t location : wanted) named.emplace(location, call_site(location));
    return named;
}

ledger::Work Decoder::work_at(std::uint32_t location) {
    if (location == 0 || location >= segment::kMaxCallSites) return ledger::Work::unknown;
    if (location >= works_.size()) works_.resize(location + 1);
    std::optional<ledger::Work>& work = works_[location];
    if (!work) work = ledger::work_of(reader_->text(reader_->call_site(location).op));
    return *work;
}

void Decoder::name(std::vector<ledger::Growth>& growths) const {
    for (ledger::Growth& growth : growths) {
        growth.call_site = call_site(growth.site.value);
        growth.mark = reader_->text(growth.mark_id.value);
    }
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
        for (std::uint32_t d = 0; d < devices; ++d) {
            if ((from.members[d / 64] >> (d % 64) & 1) != 0) to.devices.push_back(d);
        }
    }
}

ledger::CallSite Decoder::call_site(std::uint32_t location) const {
    ledger::CallSite to;
    const segment::CallSite site = reader_->call_site(location);
    for (std::uint32_t i = 0; i < site.count; ++i) {
        const segment::Frame& from = site.frames[i];
        to.frames.push_back({reader_->text(from.file), reader_->text(from.function), from.line});
    }
    to.op = reader_->text(site.op);
    return to;
}

ledger::Row Decoder::row(std::uint64_t id, const segment::Record& record) {
    learn_cores(record.cores);
    ledger::Row to;
    to.allocation = allocation(id, record);
    to.call_site = call_site(record.location);
    to.reported_free = (record.flags & segment::kReportedFree) != 0;
    to.device_closed = (record.flags & segment::kSuspended) != 0;
    return to;
}

ledger::Look Decoder::look(std::uint64_t now_ns) {
    ledger::Look look = look_at(*reader_);
    look.now_ns = now_ns;
    const segment::LiveCopy live = reader_->live();
    refresh_devices();  // after all that refers to them, and after what a run may have ended
    look.health.rows_in_flight = live.in_flight;
    look.health.rows_rejected = live.rejected;
    for (const auto& [id, record] : live.rows) {
        ledger::Row to = row(id, record);
        if (waits_for_object(record)) {
            count_ending(look, to, record);
            look.ended.push_back(std::move(to));
            continue;
        }
        if (record.program != 0) {
            const segment::Program program = reader_->program(record.program);
            to.program = ledger::Program{program.runtime_id, reader_->text(program.label),
                                         call_site(program.location)};
            to.last_run = program.last_run;
            to.label = learn_label(program.label);
        }
        look.live.push_back(std::move(to));
    }
    for (std::uint64_t row = 0; row < reader_->refusals_used(); ++row) {
        const std::optional<segment::Refusal> from = reader_->refusal(row);
        if (from) look.refusals.push_back(refusal(*from));
    }
    for (std::uint32_t which = 0; which < segment::kEndings; ++which) {
        std::vector<segment::Ended> details;
        const segment::LiveCopy ended =
            reader_->ended(static_cast<segment::Ending>(which), &details);
        look.health.rows_rejected += ended.rejected;
        for (std::size_t i = 0; i < ended.rows.size(); ++i) {
            ledger::Row to = row(ended.rows[i].id, ended.rows[i].record);
            to.ending = static_cast<ledger::Ending>(which);
            to.ended_at_ns = details[i].ended_at_ns;
            if (ended.rows[i].record.program != 0) {
                to.program = ledger::Program{details[i].program_runtime_id,
                                             reader_->text(details[i].program_label),
                                             call_site(details[i].program_location)};
            }
            look.ended.push_back(std::move(to));
        }
    }
    return look;
}

ledger::Look Decoder::look_at_figures(std::uint64_t now_ns) {
    ledger::Look look = look_at(*reader_);
    look.now_ns = now_ns;
    look.rows_skipped = std::none_of(
        look.cells.begin(), look.cells.end(),
        [](const ledger::Cell& cell) { return cell.region == Region::l1 && cell.live > 0; });
    const segment::LiveCopy live = look.rows_skipped ? segment::LiveCopy{} : reader_->live();
    refresh_devices();
    look.health.rows_in_flight = live.in_flight;
    look.health.rows_rejected = live.rejected;
    look.live.reserve(live.rows.size());
    for (const auto& [id, record] : live.rows) {
        if (waits_for_object(record)) continue;
        learn_cores(record.cores);
        ledger::Row row;
        row.allocation = allocation(id, record);
        row.device_closed = (record.flags & segment::kSuspended) != 0;
        const segment::Program program = reader_->program(record.program);
        row.last_run = program.last_run;
        row.label = learn_label(program.label);
        look.live.push_back(std::move(row));
    }
    return look;
}

std::uint64_t Decoder::lost() const {
    std::uint64_t lost = 0;
    for (const segment::RingCursor& cursor : cursors_) lost += cursor.lost();
    return lost;
}

}  // namespace plimsoll::collect
