// JUnit's XML, as far as CI systems agree on it: suites, cases, and a failure with its text.
#include <fmt/format.h>

#include <algorithm>

#include "findings/codes.hpp"
#include "view/check_text.hpp"
#include "view/xml_text.hpp"

namespace plimsoll::view {
namespace {

struct Case {
    std::string name;
    std::vector<std::string> failures;  // lines; none: it passed
    std::string skipped = {};           // why it was
};

Case of_command(const findings::Report& report) {
    Case one{"the command ends with exit code 0", {}};
    if (!command_passed(report)) one.failures.push_back(command_text(report));
    if (!report.attached) one.failures.push_back("nothing was watched: " + report.not_attached_why);
    return one;
}

Case of_code(const CheckOutcome& outcome, std::string_view code) {
    Case one{std::string(code), {}};
    for (const findings::Finding& finding : outcome.report.findings) {
        if (finding.code == code) one.skipped = "--fail-on does not name it: " + finding.title;
    }
    for (const gate::Concern& concern : outcome.verdict.concerns) {
        if (concern.key.code != code) continue;
        one.skipped.clear();
        if (concern.standing == gate::Standing::accepted) continue;
        std::string line = amount_text(concern) + ": " + origin_text(concern);
        const std::string standing = standing_text(concern, !outcome.baseline_file.empty());
        if (!standing.empty()) line += "; " + standing;
        one.failures.push_back(std::move(line));
    }
    return one;
}

Case of_limit(const CheckOutcome& outcome, const gate::Limit& limit) {
    Case one{"peak of " + gate::name_of(limit), {}};
    for (const gate::Excess& excess : outcome.verdict.excesses) {
        if (excess.limit.region == limit.region) one.failures.push_back(excess_text(excess));
    }
    return one;
}

std::string xml(const Case& one) {
    const std::string head = fmt::format(
        R"(    <testcase classname="plimsoll.check" name="{}" time="0")", xml_text(one.name));
    if (one.failures.empty() && one.skipped.empty()) return head + "/>\n";
    if (one.failures.empty()) {
        return head + fmt::format(">\n      <skipped message=\"{}\"/>\n    </testcase>\n",
                                  xml_text(one.skipped));
    }
    std::string lines;
    for (const std::string& line : one.failures) lines += xml_text(line) + "\n";
    return head +
           fmt::format(">\n      <failure type=\"plimsoll\" message=\"{}\">{}</failure>\n",
                       xml_text(one.failures.front()), lines) +
           "    </testcase>\n";
}

}  // namespace

std::string junit_xml(const CheckOutcome& outcome, const std::vector<gate::Limit>& limits) {
    std::vector<Case> cases = {of_command(outcome.report)};
    for (const std::string_view code : findings::kCodes) cases.push_back(of_code(outcome, code));
    for (const gate::Limit& limit : limits) cases.push_back(of_limit(outcome, limit));
    const auto failed = std::count_if(cases.begin(), cases.end(),
                                      [](const Case& one) { return !one.failures.empty(); });
    const auto skipped = std::count_if(cases.begin(), cases.end(),
                                       [](const Case& one) { return !one.skipped.empty(); });
    const double seconds = static_cast<double>(outcome.report.elapsed_ns) / 1e9;
    const std::string counts =
        fmt::format(R"(tests="{}" failures="{}" skipped="{}" errors="0" time="{:.3f}")",
                    cases.size(), failed, skipped, seconds);
    std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    text += fmt::format("<testsuites {0}>\n  <testsuite name=\"plimsoll check\" {0}>\n", counts);
    for (const Case& one : cases) text += xml(one);
    return text + "  </testsuite>\n</testsuites>\n";
}

}  // namespace plimsoll::view
