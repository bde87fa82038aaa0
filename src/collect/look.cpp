#include "collect/look.hpp"

#include <algorithm>

namespace plimsoll::collect {
namespace {

ledger::Identity identity(const segment::Reader& reader, const segment::Header& header) {
    ledger::Identity to;
    to.pid = header.pid;
    to.start_time = header.start_time;
    to.forked_from = header.forked_from;
    to.name = header.name;
    to.runtime = reader.text(header.runtime);
    to.package = reader.text(header.package);
    to.machine = reader.text(header.machine);
    return to;
}

std::vector<ledger::Cell> cells(const segment::Reader& reader) {
    std::vector<ledger::Cell> cells;
    for (std::uint32_t set = 0; set < reader.sets_used(); ++set) {
        for (std::uint32_t of = 0; of < segment::kCellsPerSet; ++of) {
            const segment::Cell from = reader.cell(segment::cell_index(set, 0, 0) + of);
            if (from.allocations == 0) continue;
            ledger::Cell to;
            to.set = {set};
            to.region = static_cast<Region>(of / kKindCount);
            to.kind = static_cast<Kind>(of % kKindCount);
            to.live = segment::live(from);
            to.live_bytes = from.live_bytes;
            to.peak_bytes = from.peak_bytes;
            to.allocations = from.allocations;
            to.frees = from.frees;
            to.reported_allocations = segment::reported_allocations(from);
            to.reported_frees = segment::reported_frees(from);
            to.unlisted_live = from.unlisted_live;
            to.unlisted_bytes = from.unlisted_bytes;
            cells.push_back(to);
        }
    }
    return cells;
}

std::vector<ledger::SubjectCoverage> coverage(const segment::Reader& reader,
                                              const segment::Header& header) {
    std::vector<ledger::SubjectCoverage> all;
    for (std::size_t subject = 0; subject < kSubjectCount; ++subject) {
        const segment::SubjectCoverage& from = header.coverage[subject];
        if (from.stated == 0 || from.coverage >= kCoverageCount) continue;
        all.push_back({static_cast<Subject>(subject), static_cast<Coverage>(from.coverage),
                       reader.text(from.why)});
    }
    return all;
}

std::uint64_t unlisted_live(const segment::Reader& reader) {
    std::uint64_t live = 0;
    for (std::size_t i = 0; i < std::size_t{reader.sets_used()} * segment::kCellsPerSet; ++i) {
        live += reader.cell(i).unlisted_live;
    }
    return live;
}

}  // namespace

ledger::Health health_of(const segment::Reader& reader) {
    const segment::Header header = reader.header();
    ledger::Health to;
    to.events_produced = reader.events_produced();
    to.unlisted_allocations = header.unlisted_allocations;
    to.unlisted_live = header.unlisted_allocations == 0 ? 0 : unlisted_live(reader);
    to.unmatched_frees = header.unmatched_frees;
    to.double_frees = header.double_frees;
    to.table_overflows = header.table_overflows;
    to.verified = header.verified;
    to.verified_differing = header.verified_differing;
    to.worst_difference_bytes = header.worst_difference_bytes;
    return to;
}

ledger::Look look_at(const segment::Reader& reader) {
    const segment::Header header = reader.header();
    ledger::Look look;
    look.identity = identity(reader, header);
    look.exiting = header.exiting != 0;
    look.cells = cells(reader);
    look.coverage = coverage(reader, header);
    look.health = health_of(reader);
    look.refusal_count = header.refusals;
    std::copy(std::begin(header.ended_count), std::end(header.ended_count),
              look.ended_count.begin());
    return look;
}

}  // namespace plimsoll::collect
