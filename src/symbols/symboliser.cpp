#include "symbols/symboliser.hpp"

#include "symbols/apart.hpp"
#include "symbols/place_reader.hpp"

namespace plimsoll::symbols {
namespace {

constexpr std::size_t kMostPlaces = 16384;

}  // namespace

void Symboliser::learn(const std::set<std::string>& places) {
    std::vector<std::string> unknown;
    for (const std::string& place : places) {
        if (known_.size() + unknown.size() == kMostPlaces) break;
        if (!known_.contains(place)) unknown.push_back(place);
    }
    PlaceReader reader;
    std::vector<ledger::Frame> named =
        named_apart(unknown, [&reader](const std::string& place) { return reader.named(place); });
    // What was not named is not asked for again: it may have been what ended the answer.
    for (std::size_t i = 0; i < unknown.size(); ++i) {
        ledger::Frame frame{unknown[i], "", 0};
        known_.emplace(unknown[i], i < named.size() ? std::move(named[i]) : std::move(frame));
    }
}

void Symboliser::name(ledger::Frame& frame) const {
    if (!is_place(frame)) return;
    const auto known = known_.find(frame.file);
    if (known != known_.end()) frame = known->second;
}

}  // namespace plimsoll::symbols
