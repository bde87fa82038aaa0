#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "ledger/history.hpp"
#include "ledger/input.hpp"
#include "ledger/snapshot.hpp"
#include "segment/reader.hpp"

namespace plimsoll::collect {

// Turns one segment into what the ledger takes: the one place where foreign bytes become trusted
// values. Indices are checked, enumerators known, texts bounded; what does not fit is counted.
//
// Threads: one at a time.
class Decoder {
  public:
    // `reader` is borrowed for the decoder's life.
    explicit Decoder(const segment::Reader& reader);

    // The events since the last call, at most `limit`, in the order of their sequence numbers;
    // valid until the next call.
    std::span<const ledger::Event> events(std::size_t limit);

    // Everything else, as of now.
    ledger::Look look(std::uint64_t now_ns);

    // Names of places, for a look.
    [[nodiscard]] std::map<std::uint32_t, ledger::CallSite> call_sites(
        const std::set<std::uint32_t>& wanted) const;

    // Only what figures are made of: no call sites, no programs, no endings, no refusals, and no
    // rows where the counters say as much. In L1 they do not: what lies over what, only rows tell.
    ledger::Look look_at_figures(std::uint64_t now_ns);

    // The live rows that were made after this one, as look() has them. Those with an ending are not
    // live any more: their device was closed, but their objects are still there.
    std::vector<ledger::Row> live_after(std::uint64_t id);

    // `of` with names, for a process of this number.
    [[nodiscard]] ledger::HistoryView history(const ledger::History& of, std::int32_t pid) const;

    // Puts in the names that only the segment has.
    void name(ledger::ProcessView& view) const;

    // What events and rows refer to, up to date with the last call of either.
    [[nodiscard]] const ledger::Tables& tables() const { return tables_; }

    [[nodiscard]] std::uint64_t lost() const;

  private:
    // The next event of one ring, kept until its turn comes.
    struct Waiting {
        std::uint32_t ring = 0;
        segment::Event event;
        [[nodiscard]] std::uint64_t sequence() const { return event.head >> 8; }
    };
    bool fetch(Waiting& waiting);
    void see_who_waits();
    void refresh_devices();
    void learn_cores(std::uint32_t text);
    LabelId learn_label(std::uint64_t text);
    void decode(std::uint32_t ring, const segment::Event& from, ledger::Event& to);
    void decode_refusal(std::uint64_t row, ledger::Event& to);
    void decode_window(std::uint32_t ring, std::uint32_t name, ledger::Event& to);
    ledger::Refusal refusal(const segment::Refusal& from) const;
    ledger::Work work_at(std::uint32_t location);
    static ledger::Allocation allocation(std::uint64_t id, const segment::Record& record);
    ledger::Row row(std::uint64_t id, const segment::Record& record);
    ledger::Row live_row(std::uint64_t id, const segment::Record& record);
    ledger::CallSite call_site(std::uint32_t location) const;

    const segment::Reader* reader_;
    std::uint64_t sequence_before_;  // what a forked process's numbers go on from
    ledger::Tables tables_;
    std::vector<std::optional<ledger::Work>> works_;  // by call site
    std::array<segment::RingCursor, segment::kMaxRings> cursors_{};
    std::vector<Waiting> waiting_;  // one of each ring that has any
    std::vector<ledger::Event> events_;
    std::array<bool, segment::kMaxRefusals> refusals_told_{};
    std::array<std::vector<TextId>, segment::kMaxRings> windows_;  // open ones, of one thread each
};

}  // namespace plimsoll::collect
