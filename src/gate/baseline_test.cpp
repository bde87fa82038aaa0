#include "gate/baseline.hpp"

#include <gtest/gtest.h>

namespace plimsoll::gate {
namespace {

findings::Place place_at(const char* file, std::uint32_t line) {
    findings::Place place;
    place.owner = Owner::user;
    place.kind = Kind::buffer;
    place.call_site = {
        {{file, "forward", line}, {"/src/run.py", "main", 1}, {"/src/run.py", "", 9}}, "ttnn.add"};
    place.on_device[0] = {1, 4096};
    return place;
}

findings::Finding left() {
    findings::Finding finding;
    finding.code = "left-at-exit";
    return finding;
}

TEST(BaselineKey, HasNoLineNoFolderAndNoDevice) {
    findings::Place moved = place_at("/home/ada/checkout/model.py", 99);
    moved.on_device = {{0, {1, 4096}}, {1, {2, 8192}}};
    EXPECT_EQ(key_of(left(), place_at("/src/model.py", 12)), key_of(left(), moved));
}

TEST(BaselineKey, TellsWhatDiffersApart) {
    const Key key = key_of(left(), place_at("/src/model.py", 12));
    findings::Finding other_code = left();
    other_code.code = "buffer-outlives-device";
    EXPECT_NE(key, key_of(other_code, place_at("/src/model.py", 12)));
    const auto changed = [](auto change) {
        findings::Place place = place_at("/src/model.py", 12);
        change(place);
        return key_of(left(), place);
    };
    EXPECT_NE(key, changed([](auto& place) { place.owner = Owner::runtime; }));
    EXPECT_NE(key, changed([](auto& place) { place.kind = Kind::semaphore; }));
    EXPECT_NE(key, changed([](auto& place) { place.region = Region::l1; }));
    EXPECT_NE(key, changed([](auto& place) { place.program = "softmax"; }));
    EXPECT_NE(key, changed([](auto& place) { place.call_site.op = "ttnn.mul"; }));
    EXPECT_NE(key, changed([](auto& place) { place.call_site.frames[0].function = "back"; }));
    EXPECT_NE(key, changed([](auto& place) { place.call_site.frames[1].function = "test"; }));
}

TEST(BaselineKey, ReadsLikeASentence) {
    EXPECT_EQ(
        text_of(key_of(left(), place_at("/src/model.py", 12))),
        "left-at-exit: user, buffer in dram, ttnn.add at model.py in forward < run.py in main");
    EXPECT_EQ(text_of(key_of(left(), findings::Place{})), "left-at-exit: unknown, unknown in dram");
}

}  // namespace
}  // namespace plimsoll::gate
