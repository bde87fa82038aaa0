#include "findings/refusal_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "findings/words.hpp"

namespace plimsoll::findings {
namespace {

constexpr std::size_t kFrames = 4;        // all there are
constexpr std::size_t kOwnersFrames = 2;  // a tensor is often made by a helper
constexpr std::size_t kShownHolders = 5;

}  // namespace

std::string place_text(const ledger::RefusalView& view, std::size_t all_devices) {
    return fmt::format("{} on {}", title(view.refusal.region),
                       devices_text(view.devices, all_devices));
}

std::string asker_text(const ledger::CallSite& site) {
    const std::string place = call_path_text(site, kFrames);
    if (place.empty()) return "a place not known";
    return site.op.empty() ? "at " + place : place;
}

std::string holder_name(const Holder& holder) {
    const std::string place = call_path_text(holder.call_site, kOwnersFrames);
    if (!place.empty()) return place;
    return holder.owner == Owner::runtime ? "the runtime itself" : "a place not known";
}

std::string holder_text(const Holder& holder) {
    return fmt::format("{} of {} ({} B/bank, {} .. {})", counted(holder.count, noun(holder.kind)),
                       holder_name(holder), holder.bytes_per_bank, holder.begin, holder.end);
}

std::vector<std::string> holder_lines(const std::vector<Holder>& holders,
                                      std::optional<std::uint64_t> bank_bytes, std::size_t most) {
    std::size_t size = 0, what = 0;
    const std::size_t shown = std::min(holders.size(), most);
    for (std::size_t i = 0; i < shown; ++i) {
        size = std::max(size, std::to_string(holders[i].bytes_per_bank).size());
        what = std::max(what, counted(holders[i].count, noun(holders[i].kind)).size());
    }
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < shown; ++i) {
        const Holder& one = holders[i];
        std::string share;
        if (bank_bytes && *bank_bytes > 0) {
            share = fmt::format("{:>5.1f} %   ", 100.0 * static_cast<double>(one.bytes_per_bank) /
                                                     static_cast<double>(*bank_bytes));
        }
        lines.push_back(fmt::format("{:>{}} B/bank   {}{:<{}}   {}", one.bytes_per_bank, size,
                                    share, counted(one.count, noun(one.kind)), what,
                                    holder_name(one)));
    }
    if (holders.size() > shown) {
        lines.push_back(fmt::format("... and {} more places", holders.size() - shown));
    }
    return lines;
}

std::vector<std::string> held_by(const Refused& refused) {
    if (refused.picture == Coverage::unknown) {
        return {
            "not known: the events of that moment were lost, or it is one of too many "
            "refusals to keep what was there at each"};
    }
    std::vector<std::string> lines =
        holder_lines(refused.holders, refused.request.figures.bank_bytes, kShownHolders);
    if (lines.empty()) lines.emplace_back("nobody");
    if (refused.picture == Coverage::at_least) {
        lines.emplace_back("at least: not all that the allocator had given was seen");
    }
    return lines;
}

std::vector<std::string> new_since_mark(const Refused& refused) {
    constexpr std::size_t kShown = 3;
    const SinceMark& since = *refused.since_mark;
    std::vector<std::string> lines = {fmt::format("the program's mark '{}':{}", since.name,
                                                  since.holders.empty() ? " nothing" : "")};
    for (const std::string& line :
         holder_lines(since.holders, refused.request.figures.bank_bytes, kShown)) {
        lines.push_back("  " + line);
    }
    return lines;
}

}  // namespace plimsoll::findings
