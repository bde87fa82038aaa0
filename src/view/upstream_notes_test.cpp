#include "view/upstream_notes.hpp"

#include <gtest/gtest.h>

namespace plimsoll::view {
namespace {

constexpr std::uint64_t kSecond = 1000000000;

upstream::Statistics chip(std::int32_t device, std::vector<upstream::Slot> slots) {
    upstream::Statistics statistics;
    statistics.device = device;
    statistics.processes = std::move(slots);
    return statistics;
}

upstream::Slot slot(std::int32_t pid, std::uint64_t dram) {
    upstream::Slot slot{pid, "python", {}, 10 * kSecond};
    slot.held.regions[0] = dram;
    return slot;
}

TEST(UpstreamNotes, NameProcessesThatPlimsollDoesNotWatch) {
    upstream::Sighting sighting;
    sighting.chips = {chip(0, {slot(7, 1024), slot(8, 1024)}), chip(1, {slot(7, 1024)})};
    sighting.running = {7, 8};
    ledger::ProcessView watched;
    watched.identity.pid = 8;
    EXPECT_EQ(
        upstream_notes(sighting, {watched}, 13 * kSecond),
        std::vector<std::string>{
            "python (pid 7), not watched: by the runtime's own account it asked for 2048 B of "
            "DRAM on devices 0, 1, 3 s ago"});
}

TEST(UpstreamNotes, TellWhatIsCountedOfProcessesThatAreGone) {
    upstream::Sighting sighting;
    sighting.chips = {chip(0, {slot(7, 1024)})};
    EXPECT_EQ(upstream_notes(sighting, {}, 0),
              std::vector<std::string>{"the runtime's own account still counts 1024 B of DRAM of "
                                       "processes that are gone"});
}

TEST(UpstreamNotes, PassOnWhatCouldNotBeRead) {
    upstream::Sighting sighting;
    sighting.notes = {"not read"};
    EXPECT_EQ(upstream_notes(sighting, {}, 0), std::vector<std::string>{"not read"});
}

}  // namespace
}  // namespace plimsoll::view
