#include "collect/decoder.hpp"
#include "ledger/allocation_view.hpp"

namespace plimsoll::collect {

ledger::HistoryView Decoder::history(const ledger::History& of, std::int32_t pid) const {
    ledger::HistoryView to;
    for (const ledger::Placement& from : of.placements()) {
        ledger::Row row;
        row.allocation.kind = from.kind;
        row.allocation.region = from.region;
        row.allocation.owner = from.owner;
        row.allocation.reported = from.reported;
        row.allocation.set = from.set;
        row.allocation.cores = from.cores;
        row.allocation.banks = from.banks;
        row.allocation.bytes = from.bytes;
        row.allocation.bytes_per_bank = from.bytes_per_bank;
        row.call_site = call_site(from.call_site.value);
        const auto label = tables_.labels.find(from.label);
        if (label != tables_.labels.end()) row.program = ledger::Program{{}, label->second, {}};
        to.placements.push_back(ledger::allocation_view(tables_, row, pid, 0));
    }
    for (const ledger::History::Past& from : of.over()) {
        to.freed.push_back(
            {from.placement, from.id, from.address, from.made_at_ns, from.over, from.over_at_ns});
    }
    const auto named = [this](const ledger::History::Named& from) {
        return ledger::NamedMoment{from.id, from.at_ns, from.over, from.over_at_ns,
                                   reader_->text(from.name.value)};
    };
    for (const ledger::History::Named& mark : of.marks()) to.marks.push_back(named(mark));
    for (const ledger::History::Named& one : of.windows()) to.windows.push_back(named(one));
    to.mark_count = of.mark_count();
    to.window_count = of.window_count();
    return to;
}

}  // namespace plimsoll::collect
