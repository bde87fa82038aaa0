// Commands that GitHub Actions finds in a log: ::error file=F,line=N,title=T::MESSAGE
#include <fmt/format.h>

#include "view/check_text.hpp"
#include "view/text.hpp"

namespace plimsoll::view {
namespace {

std::string escaped(std::string_view text, std::string_view special) {
    std::string result;
    for (const char letter : printable(text)) {
        if (special.find(letter) == std::string_view::npos) {
            result += letter;
        } else {
            result += fmt::format("%{:02X}", static_cast<unsigned char>(letter));
        }
    }
    return result;
}

std::string property(std::string_view text) { return escaped(text, "%:,"); }

std::string place_text(const ledger::CallSite& site, const std::string& root) {
    if (site.frames.empty()) return {};
    const ledger::Frame& frame = site.frames.front();
    const bool inside = !root.empty() && frame.file.rfind(root, 0) == 0;
    std::string text = "file=" + property(inside ? frame.file.substr(root.size()) : frame.file);
    if (frame.line > 0) text += fmt::format(",line={}", frame.line);
    return text + ",";
}

std::string error(const ledger::CallSite& site, const std::string& root, std::string_view title,
                  std::string_view message) {
    return fmt::format("::error {}title={}::{}\n", place_text(site, root), property(title),
                       escaped(message, "%"));
}

}  // namespace

std::string github_annotations(const CheckOutcome& outcome, const std::string& root) {
    std::string text;
    for (const gate::Concern& concern : outcome.verdict.concerns) {
        if (concern.standing == gate::Standing::accepted) continue;
        std::string message = amount_text(concern) + ": " + origin_text(concern);
        const std::string standing = standing_text(concern, !outcome.baseline_file.empty());
        if (!standing.empty()) message += "; " + standing;
        text += error(concern.place.call_site, root, "plimsoll: " + concern.key.code, message);
    }
    for (const gate::Excess& excess : outcome.verdict.excesses) {
        const auto& shares = excess.peak.at_peak;
        text += error(shares.empty() ? ledger::CallSite{} : shares.front().call_site, root,
                      "plimsoll: limit of " + gate::name_of(excess.limit), excess_text(excess));
    }
    return text;
}

}  // namespace plimsoll::view
