#include "view/leaks_text.hpp"

#include <fmt/format.h>

#include "findings/words.hpp"
#include "view/sections.hpp"

namespace plimsoll::view {

std::string leaks_text(const ledger::ProcessView& process,
                       const std::vector<findings::Finding>& findings, Style style) {
    Page page(style);
    const std::string who = findings::process_text(process.identity);
    if (findings.empty()) {
        page.paragraph(
            fmt::format("plimsoll: nothing that should be gone is left in {}; it holds {}", who,
                        findings::counted(process.held_count, "allocation")),
            10, Look::strong);
        return std::move(page).text();
    }
    page.paragraph(
        fmt::format("plimsoll: {} in {}", findings::counted(findings.size(), "finding"), who), 10,
        Look::strong);
    page.blank();
    for (const findings::Finding& finding : findings) {
        print_finding(page, finding, Length::first_screen);
    }
    return std::move(page).text();
}

}  // namespace plimsoll::view
