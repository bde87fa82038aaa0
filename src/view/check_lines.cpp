#include <fmt/format.h>

#include "findings/words.hpp"
#include "view/check_text.hpp"

namespace plimsoll::view {
namespace {

using findings::bytes_text;

// What the counts of a finding count.
std::string_view noun_of(const gate::Concern& concern) {
    if (concern.finding->refused) return "refusal";
    return concern.place.kind == Kind::unknown ? "allocation" : findings::noun(concern.place.kind);
}

}  // namespace

bool command_passed(const findings::Report& report) { return report.exit_code == 0; }

std::string command_text(const findings::Report& report) {
    if (report.signal) {
        return "the command was killed by " + findings::signal_name(*report.signal);
    }
    return fmt::format("the command ended with exit code {}", report.exit_code.value_or(0));
}

std::string amount_text(const gate::Concern& concern) {
    std::string text =
        fmt::format("{} in {}", findings::counted(concern.amount.count, noun_of(concern)),
                    findings::title(concern.place.region));
    if (concern.amount.bytes > 0) text += ", " + bytes_text(concern.amount.bytes);
    if (concern.place.on_device.size() > 1) text += " on each device";
    if (concern.finding->growth) text += ", with each iteration";
    return text;
}

std::string origin_text(const gate::Concern& concern) {
    const findings::Place& place = concern.place;
    std::string text = fmt::format("owner {}", name(place.owner));
    if (!place.program.empty()) text += ", program " + findings::label_text(place.program);
    const std::string path = findings::call_path_text(place.call_site, 3);
    return text + ", " + (path.empty() ? "call site not known" : path);
}

std::string standing_text(const gate::Concern& concern, bool has_baseline) {
    switch (concern.standing) {
        case gate::Standing::unlisted:
            return has_baseline ? "not in the baseline" : "";
        case gate::Standing::accepted:
            return "accepted by the baseline";
        case gate::Standing::increased:
            break;
    }
    std::string more;
    if (concern.amount.count > concern.accepted.count) {
        more = findings::counted(concern.amount.count - concern.accepted.count, noun_of(concern));
    }
    if (concern.amount.bytes > concern.accepted.bytes) {
        more += (more.empty() ? "" : " and ") +
                bytes_text(concern.amount.bytes - concern.accepted.bytes);
    }
    return fmt::format("{} more than the baseline accepts: {}, {}", more, concern.accepted.count,
                       bytes_text(concern.accepted.bytes));
}

std::string excess_text(const gate::Excess& excess) {
    const std::string what =
        fmt::format("the peak of {} on device {}", gate::name_of(excess.limit), excess.device);
    const std::string limit = bytes_text(excess.limit.bytes);
    const ledger::Figure& peak = excess.peak.peak;
    if (peak.coverage == Coverage::unknown) {
        return fmt::format("{} is not known, so the limit of {} cannot be judged", what, limit);
    }
    return fmt::format("{}, {}{}, is {} above the limit of {}", what,
                       peak.coverage == Coverage::at_least ? "at least " : "",
                       bytes_text(peak.value), bytes_text(peak.value - excess.limit.bytes), limit);
}

}  // namespace plimsoll::view
