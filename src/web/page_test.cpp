#include "web/page.hpp"

#include <gtest/gtest.h>

#include "web/page_template.hpp"

namespace plimsoll::web {
namespace {

// Of a whole page: to print one that is wrong would help nobody.
std::size_t count(std::string_view text, std::string_view what) {
    std::size_t times = 0;
    for (auto at = text.find(what); at != text.npos; at = text.find(what, at + 1)) ++times;
    return times;
}

findings::Report hostile(const std::string& name) {
    findings::Report report;
    report.attached = true;
    report.command = {name};
    report.notes = {name};
    report.snapshot.processes.resize(1);
    report.snapshot.processes[0].identity.name = name;
    return report;
}

TEST(Page, HasItsTwoDocumentsInTheirPlaces) {
    const std::string_view around = page_template();
    EXPECT_EQ(count(around, "{{report}}"), 1u);
    EXPECT_EQ(count(around, "{{more}}"), 1u);
    EXPECT_LT(around.find("{{report}}"), around.find("{{more}}"));
    const std::string text = page(hostile("python"));
    EXPECT_EQ(count(text, R"(id="report">{"schema":1,)"), 1u);
    EXPECT_EQ(count(text, R"(id="more">{"verdict":"no device was opened",)"), 1u);
    EXPECT_EQ(count(text, "{{report}}"), 0u);
}

TEST(Page, AllowsOnlyItsOwnScriptAndStyleAndNoNetwork) {
    const std::string_view around = page_template();
    EXPECT_EQ(count(around, "default-src 'none'"), 1u);
    EXPECT_EQ(count(around, "script-src 'sha256-"), 1u);
    EXPECT_EQ(count(around, "unsafe-"), 0u);
    EXPECT_EQ(count(around, "src="), 0u) << "nothing is loaded";
    EXPECT_EQ(count(around, "https:"), 0u);
    EXPECT_EQ(count(around, "http:"), count(around, "http://www.w3.org/")) << "namespaces only";
}

TEST(Page, ANameOfTheProgramCannotBreakOutOfItsScript) {
    const std::string plain = page(hostile("python"));
    for (const std::string name : {"</script><script>alert(1)</script>", "<!--<script>", "]]>",
                                   "\u2028alert(1)", "{{more}}", "\xff\xfe"}) {
        const std::string text = page(hostile(name));
        EXPECT_EQ(count(text, "<script"), count(plain, "<script")) << name;
        EXPECT_EQ(count(text, "</script"), count(plain, "</script")) << name;
        EXPECT_EQ(count(text, "<!--"), count(plain, "<!--")) << name;
    }
}

TEST(Page, ServedItHasNoDataAndMayAskItsServerAlone) {
    const LivePage page = live_page();
    EXPECT_EQ(count(page.text, R"(id="report"></script>)"), 1u);
    EXPECT_EQ(count(page.text, R"(id="more"></script>)"), 1u);
    EXPECT_EQ(count(page.text, "default-src 'none'; connect-src 'self'; script-src 'sha256-"), 1u);
    EXPECT_EQ(page.policy.find("default-src 'none'; connect-src 'self'; script-src 'sha256-"), 0u);
    EXPECT_EQ(count(page.policy, "; frame-ancestors 'none'"), 1u);
    EXPECT_EQ(count(page.policy, "\""), 0u);
}

TEST(Page, IsSmall) {
    EXPECT_LT(page_template().size(), 150000u);
    EXPECT_LT(page(hostile("python")).size(), kLargestPage);
}

}  // namespace
}  // namespace plimsoll::web
