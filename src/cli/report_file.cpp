#include "cli/report_file.hpp"

#include <fmt/format.h>

#include "cli/files.hpp"
#include "export/read_report.hpp"

namespace plimsoll::cli {

machines::Outcome<ReportFile> read_report_file(const std::string& path) {
    const machines::Outcome<std::string> text =
        contents_of(path, "the report",
                    "a file that plimsoll run --report FILE --report-format json wrote, or - for "
                    "standard input");
    if (!text) return text.problem();
    auto read = exporting::read_report(text.value());
    if (const auto* problem = std::get_if<exporting::NotAReport>(&read)) {
        return machines::Problem{fmt::format("'{}' {}", path, problem->what), problem->expected,
                                 problem->todo};
    }
    return ReportFile{std::get<findings::Report>(std::move(read)), text.value()};
}

}  // namespace plimsoll::cli
