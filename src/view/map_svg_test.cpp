#include "view/map_svg.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plimsoll::view {
namespace {

using testing::HasSubstr;
using testing::Not;

findings::Explanation explanation() {
    findings::Explanation one;
    one.finding.code = "circular-buffer-clash";
    one.finding.title = "<softmax> & \"more\"\x1b";
    findings::MemoryMap map;
    map.region = Region::l1;
    map.devices = {0};
    map.bank = findings::Extent{1000, 2000};
    map.rest_is_free = true;
    map.lanes = {{"softmax", true, {{{1000, 1500}, 0, 1}}},
                 {"buffers", false, {{{1400, 1999}, 1, 3}, {{1999, 2000}, 1, 1}}}};
    map.holders = {{'A', Owner::user, "1 circular buffer, softmax", 500, 1000},
                   {'B', Owner::user, "4 buffers, <module>", 600, 1400}};
    one.maps = {map};
    return one;
}

TEST(MapsSvg, EscapesWhatAProgramIsCalled) {
    const std::string svg = maps_svg({explanation()});
    EXPECT_THAT(svg, HasSubstr("&lt;softmax&gt; &amp; &quot;more&quot;?"));
    EXPECT_THAT(svg, HasSubstr("4 buffers, &lt;module&gt;"));
    EXPECT_THAT(svg, Not(HasSubstr("<module>")));
    EXPECT_THAT(svg, Not(HasSubstr("\x1b")));
}

TEST(MapsSvg, NeedsNothingFromElsewhere) {
    std::string svg = maps_svg({explanation()});
    svg.erase(svg.find("http://www.w3.org/2000/svg"), 26);
    EXPECT_THAT(svg, Not(HasSubstr("http")));
    EXPECT_THAT(svg, Not(HasSubstr("script")));
    EXPECT_THAT(svg, Not(HasSubstr("href")));
    EXPECT_THAT(svg, Not(HasSubstr("@import")));
    EXPECT_THAT(svg, HasSubstr("prefers-color-scheme: dark"));
}

TEST(MapsSvg, SaysWhatItShowsToWhoCannotSeeIt) {
    const std::string svg = maps_svg({explanation()});
    EXPECT_THAT(svg, HasSubstr("role=\"img\" aria-labelledby=\"title desc\""));
    EXPECT_THAT(svg, HasSubstr("overlap: 100 B, the program would end at 1500"));
    EXPECT_THAT(svg, HasSubstr("<title>4 buffers, &lt;module&gt;: 1400 .. 1999, 599 B, 3 of them"));
}

TEST(MapsSvg, ShowsTheSmallestBlockToo) {
    EXPECT_THAT(maps_svg({explanation()}), HasSubstr("width=\"2.00\""));
}

TEST(MapsSvg, TakesAnEmptyBankAndAnyAddress) {
    findings::Explanation one = explanation();
    one.maps[0].lanes.clear();
    one.maps[0].bank = findings::Extent{0, UINT64_MAX};
    EXPECT_THAT(maps_svg({one}), HasSubstr("18446744073709551615"));
    one.maps[0].bank.reset();
    EXPECT_THAT(maps_svg({one}), Not(HasSubstr("nan")));
}

}  // namespace
}  // namespace plimsoll::view
