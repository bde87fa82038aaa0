#include "ledger/tally.hpp"

namespace plimsoll::ledger {

void add_shares(Shares& sum, const Shares& more) {
    for (const auto& [portion, share] : more) {
        Share& to = sum[portion];
        to = {to.count + share.count, to.bytes + share.bytes};
    }
}

void Tally::change(std::uint32_t portion, std::uint64_t count, std::uint64_t bytes) {
    std::uint32_t place = places_.find(portion);
    if (place == FlatIndex::kNone) {
        place = static_cast<std::uint32_t>(portions_.size());
        places_.insert(portion, place);
        portions_.push_back({portion, {}});
    }
    Share& share = portions_[place].share;
    for (Moment& moment : moments_) {
        if (moment.mark == 0) continue;
        if (place >= moment.before.size()) moment.before.resize(place + 1);
        Before& before = moment.before[place];
        if (before.mark != moment.mark) before = {moment.mark, share};
    }
    share.count += count;
    share.bytes += bytes;
}

void Tally::mark(std::size_t watch) {
    if (watch >= moments_.size()) moments_.resize(watch + 1);
    moments_[watch].mark = ++marks_;
}

void Tally::forget(std::size_t watch) {
    if (watch < moments_.size()) moments_[watch] = {};
}

Shares Tally::now() const {
    Shares shares;
    for (const Portion& portion : portions_) {
        if (portion.share != Share{}) shares.emplace(portion.number, portion.share);
    }
    return shares;
}

Shares Tally::at_mark(std::size_t watch) const {
    if (watch >= moments_.size() || moments_[watch].mark == 0) return {};
    const Moment& moment = moments_[watch];
    Shares shares;
    for (std::size_t place = 0; place < portions_.size(); ++place) {
        const bool changed =
            place < moment.before.size() && moment.before[place].mark == moment.mark;
        const Share& share = changed ? moment.before[place].share : portions_[place].share;
        if (share != Share{}) shares.emplace(portions_[place].number, share);
    }
    return shares;
}

}  // namespace plimsoll::ledger
