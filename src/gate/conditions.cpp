#include "gate/conditions.hpp"

#include <algorithm>
#include <array>

#include "findings/codes.hpp"

namespace plimsoll::gate {
namespace {

constexpr std::array<std::string_view, 3> kSeverities = {"info", "warning", "error"};

template <class Words>
bool among(const Words& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::string_view severity_name(findings::Severity severity) {
    return kSeverities[static_cast<std::size_t>(severity)];
}

}  // namespace

std::vector<std::string_view> known_conditions() {
    std::vector<std::string_view> words(kSeverities.rbegin(), kSeverities.rend());
    words.insert(words.end(), findings::kCodes.begin(), findings::kCodes.end());
    return words;
}

std::vector<std::string> unknown_conditions(const std::vector<std::string>& conditions) {
    const std::vector<std::string_view> known = known_conditions();
    std::vector<std::string> unknown;
    for (const std::string& condition : conditions) {
        if (!among(known, condition)) unknown.push_back(condition);
    }
    return unknown;
}

bool matches(const std::vector<std::string>& conditions, const findings::Finding& finding) {
    return among(conditions, finding.code) || among(conditions, severity_name(finding.severity));
}

bool matches_any(const std::vector<std::string>& conditions,
                 const std::vector<findings::Finding>& findings) {
    return std::any_of(findings.begin(), findings.end(), [&](const findings::Finding& finding) {
        return matches(conditions, finding);
    });
}

}  // namespace plimsoll::gate
