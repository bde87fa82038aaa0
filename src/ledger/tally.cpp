#include "ledger/tally.hpp"

namespace plimsoll::ledger {

void add_shares(Shares& sum, const Shares& more) {
    for (const auto& [portion, share] : more) {
        Share& to = sum[portion];
        to = {to.count + share.count, to.bytes + share.bytes};
    }
}

void Tally::change(std::uint32_t portion, std::uint64_t count, std::uint64_t bytes) {
    Share& share = now_[portion];
    for (Moment& moment : moments_) {
        if (moment.marked) moment.before.try_emplace(portion, share);
    }
    share.count += count;
    share.bytes += bytes;
    if (share == Share{}) now_.erase(portion);
}

void Tally::mark(std::size_t watch) {
    if (watch >= moments_.size()) moments_.resize(watch + 1);
    moments_[watch].marked = true;
    if (!moments_[watch].before.empty()) moments_[watch].before = {};
}

void Tally::forget(std::size_t watch) {
    if (watch < moments_.size()) moments_[watch] = {};
}

Shares Tally::at_mark(std::size_t watch) const {
    if (watch >= moments_.size() || !moments_[watch].marked) return {};
    Shares shares = now_;
    for (const auto& [portion, share] : moments_[watch].before) {
        if (share == Share{}) {
            shares.erase(portion);
        } else {
            shares[portion] = share;
        }
    }
    return shares;
}

}  // namespace plimsoll::ledger
