#include "view/doctor_text.hpp"

#include "view/table.hpp"

namespace plimsoll::view {
namespace {

// Where there is something to do: the others only follow from it.
std::string troubles(const doctor::Diagnosis& diagnosis) {
    std::string names;
    for (const doctor::Check& check : diagnosis.checks) {
        if (check.to_do.empty()) continue;
        names += (names.empty() ? "" : ", ") + std::string(check.what);
    }
    return names;
}

void verdict(Page& page, const doctor::Diagnosis& diagnosis) {
    if (diagnosis.ready()) {
        page.line("plimsoll: ready", Look::strong,
                  ": a run here sees all that this release of the runtime shows");
    } else {
        page.line("plimsoll: not ready", Look::error,
                  ": a run here would not see everything; see to " + troubles(diagnosis));
    }
    page.blank();
}

void checks(Page& page, const doctor::Diagnosis& diagnosis) {
    Table table({Align::left, Align::left, Align::left});
    for (const doctor::Check& check : diagnosis.checks) {
        table.add({check.what, doctor::name(check.state), check.detail});
    }
    table.print(page, 2);
}

void to_do(Page& page, const doctor::Diagnosis& diagnosis) {
    Table table({Align::left, Align::left});
    bool any = false;
    for (const doctor::Check& check : diagnosis.checks) {
        if (check.to_do.empty()) continue;
        any = true;
        table.add({check.what, check.to_do});
    }
    if (!any) return;
    page.blank();
    page.line("What to do", Look::strong);
    table.print(page, 2);
}

void coverage(Page& page, const doctor::Diagnosis& diagnosis) {
    if (diagnosis.seen.coverage.empty()) return;
    page.blank();
    page.line("How far the figures reach", Look::strong);
    Table table({Align::left, Align::left, Align::left});
    for (const doctor::KindCoverage& kind : diagnosis.seen.coverage) {
        table.add({kind.kind, kind.state, kind.why});
    }
    table.print(page, 2);
}

}  // namespace

std::string doctor_text(const doctor::Diagnosis& diagnosis, Style style) {
    Page page(style);
    verdict(page, diagnosis);
    checks(page, diagnosis);
    to_do(page, diagnosis);
    coverage(page, diagnosis);
    return std::move(page).text();
}

}  // namespace plimsoll::view
