#include "symbols/apart.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>

namespace plimsoll::symbols {
namespace {

using Frames = std::vector<ledger::Frame>;

TEST(NamedApart, AnswersInTheOrderOfWhatIsAsked) {
    const auto name_one = [](const std::string& place) {
        return ledger::Frame{place, "f" + place, 7};
    };
    EXPECT_EQ(named_apart({"a", "b"}, name_one), (Frames{{"a", "fa", 7}, {"b", "fb", 7}}));
    EXPECT_EQ(named_apart({}, name_one), Frames{});
}

TEST(NamedApart, KeepsWhatWasNamedBeforeAFault) {
    const auto name_one = [](const std::string& place) {
        if (place == "bad") std::raise(SIGKILL);
        return ledger::Frame{place, "", 0};
    };
    EXPECT_EQ(named_apart({"a", "bad", "b"}, name_one), (Frames{{"a", "", 0}}));
}

TEST(NamedApart, CarriesMoreThanAPipeHolds) {
    const std::vector<std::string> places(1000, std::string(500, 'x'));
    const Frames frames = named_apart(places, [](const std::string& place) {
        return ledger::Frame{place, "", 1};
    });
    ASSERT_EQ(frames.size(), 1000u);
    EXPECT_EQ(frames.back().file, places.back());
}

TEST(NamedApart, IsOverWhenThereIsMoreThanAnybodyReads) {
    const std::vector<std::string> places(70, "a");
    const Frames frames = named_apart(places, [](const std::string&) {
        return ledger::Frame{std::string(std::size_t{1} << 20, 'x'), "", 1};
    });
    EXPECT_EQ(frames.size(), 63u);
}

}  // namespace
}  // namespace plimsoll::symbols
