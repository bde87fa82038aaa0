#include <algorithm>
#include <iterator>

#include "collect/decoder.hpp"
#include "collect/look.hpp"
#include "collect/stack_frames.hpp"

// What a look brings: the rows of the tables, with the names they refer to.
namespace plimsoll::collect {
namespace {

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

ledger::Ending ending_of_waiting(const segment::Record& record) {
    return (record.flags & segment::kClosedAtExit) != 0 ? ledger::Ending::left_at_exit
                                                        : ledger::Ending::outlived_device;
}

// Until it does, it is the user's, and as over as one of which the process said so.
void count_ending(ledger::Look& look, ledger::Row& row, const segment::Record& record) {
    row.ending = ending_of_waiting(record);
    ++look.ended_count[static_cast<std::size_t>(*row.ending)];
    for (ledger::Cell& cell : look.cells) {
        const ledger::Allocation& made = row.allocation;
        if (cell.set == made.set && cell.region == made.region && cell.kind == made.kind) {
            ++cell.frees;
        }
    }
}

}  // namespace

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

void Decoder::name(ledger::ProcessView& view) const {
    for (ledger::Growth& growth : view.growths) {
        growth.call_site = call_site(growth.site.value);
        growth.mark = reader_->text(growth.mark_id.value);
    }
    for (ledger::RefusalView& refusal : view.refusals) {
        if (refusal.mark) refusal.mark->name = reader_->text(refusal.mark->name_id.value);
    }
    const auto name_shares = [this](ledger::RegionPeak& peak) {
        for (ledger::PeakShare& share : peak.at_peak) {
            share.call_site = call_site(share.site.value);
        }
    };
    for (ledger::DeviceUse& device : view.devices) {
        for (ledger::RegionUse& region : device.regions) name_shares(region);
        name_shares(device.l1_per_core);
    }
    for (ledger::WindowUse& window : view.windows) {
        window.name = reader_->text(window.id.value);
        for (ledger::WindowDevice& device : window.devices) {
            for (ledger::RegionPeak& region : device.regions) name_shares(region);
            name_shares(device.l1_per_core);
        }
    }
}

ledger::CallSite Decoder::call_site(std::uint32_t location) const {
    ledger::CallSite to;
    const segment::CallSite site = reader_->call_site(location);
    for (std::uint32_t i = 0; i < site.count; ++i) {
        const segment::Frame& from = site.frames[i];
        ledger::Frame frame{reader_->text(from.file), reader_->text(from.function), from.line};
        if (frame.line == 0 && frame.file == "<inside>") {
            to.inside = stack_frames(frame.function);
        } else if (frame.line == 0 && frame.file == "<native>") {
            std::ranges::move(stack_frames(frame.function), std::back_inserter(to.frames));
        } else {
            to.frames.push_back(std::move(frame));
        }
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

ledger::Row Decoder::live_row(std::uint64_t id, const segment::Record& record) {
    ledger::Row to = row(id, record);
    if (record.program != 0) {
        const segment::Program program = reader_->program(record.program);
        to.program = ledger::Program{program.runtime_id, reader_->text(program.label),
                                     call_site(program.location)};
        to.last_run = program.last_run;
        to.label = learn_label(program.label);
    }
    return to;
}

std::vector<ledger::Row> Decoder::live_after(std::uint64_t id) {
    const segment::LiveCopy live = reader_->live();
    refresh_devices();
    std::vector<ledger::Row> rows;
    for (const segment::LiveCopy::Row& from : live.rows) {
        if (from.id <= id) continue;
        const bool is_over = waits_for_object(from.record);
        if (!is_over && (from.record.flags & segment::kSuspended) != 0) continue;
        rows.push_back(live_row(from.id, from.record));
        if (is_over) rows.back().ending = ending_of_waiting(from.record);
    }
    return rows;
}

ledger::Look Decoder::look(std::uint64_t now_ns) {
    ledger::Look look = look_at(*reader_);
    look.now_ns = now_ns;
    const segment::LiveCopy live = reader_->live();
    refresh_devices();  // after all that refers to them, and after what a run may have ended
    look.health.rows_in_flight = live.in_flight;
    look.health.rows_rejected = live.rejected;
    for (const auto& [id, record] : live.rows) {
        if (waits_for_object(record)) {
            ledger::Row to = row(id, record);
            count_ending(look, to, record);
            look.ended.push_back(std::move(to));
            continue;
        }
        look.live.push_back(live_row(id, record));
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

}  // namespace plimsoll::collect
