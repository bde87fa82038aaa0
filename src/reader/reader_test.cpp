#include "plimsoll/reader.h"

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>

#include "collect/test_client.hpp"

namespace plimsoll::reader {
namespace {

using collect::TestClient;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::uint64_t kOneTile = 2048;
constexpr std::uint64_t kTwelveBanks = 12;
constexpr std::uint64_t kOccupied = 192 * kTwelveBanks;  // of kOneTile, as TestClient rounds it

class ReaderTest : public ::testing::Test {
  protected:
    ReaderTest() { EXPECT_EQ(plimsoll_reader_open(&reader_, nullptr), PLIMSOLL_OK); }
    ~ReaderTest() override { plimsoll_reader_close(reader_); }

    plimsoll_level level(std::int32_t device = 0, plimsoll_region region = PLIMSOLL_DRAM) {
        plimsoll_level level{};
        level.size = sizeof level;
        EXPECT_EQ(plimsoll_reader_level(reader_, device, region, &level), PLIMSOLL_OK);
        return level;
    }
    std::uint64_t position() {
        std::uint64_t id = 0;
        EXPECT_EQ(plimsoll_reader_position(reader_, &id), PLIMSOLL_OK);
        return id;
    }
    std::string live_after(std::uint64_t id) {
        const char* json = "";
        EXPECT_EQ(plimsoll_reader_live(reader_, id, &json), PLIMSOLL_OK);
        return json;
    }

    TestClient client_;
    plimsoll_reader* reader_ = nullptr;
};

TEST(ReaderWithout, ANonAttachedProcessSaysWhy) {
    plimsoll_reader* reader = nullptr;
    const char* why = nullptr;

    EXPECT_EQ(plimsoll_reader_open(&reader, &why), PLIMSOLL_DETACHED);
    EXPECT_EQ(reader, nullptr);
    EXPECT_THAT(why, HasSubstr("has opened no device yet"));
}

TEST_F(ReaderTest, TellsWhatIsLiveAndTheMostThatWas) {
    client_.allocate_buffer(kOneTile);
    plimsoll_free(client_.get(), client_.allocate_buffer(kOneTile));

    const plimsoll_level now = level();

    EXPECT_EQ(now.live, kOccupied);
    EXPECT_EQ(now.peak, 2 * kOccupied);
    EXPECT_EQ(now.capacity, kTwelveBanks << 30);
    EXPECT_EQ(now.live_coverage, PLIMSOLL_EXACT);
    EXPECT_EQ(now.peak_coverage, PLIMSOLL_EXACT);
}

TEST_F(ReaderTest, APeakThatIsRestartedForgetsWhatWasBefore) {
    client_.allocate_buffer(kOneTile);
    for (int i = 0; i < 3; ++i) plimsoll_free(client_.get(), client_.allocate_buffer(8 * kOneTile));
    EXPECT_GT(level().peak, 2 * kOccupied);

    plimsoll_reader_restart_peaks(reader_);
    EXPECT_EQ(level().peak, kOccupied);
    plimsoll_free(client_.get(), client_.allocate_buffer(kOneTile));
    EXPECT_EQ(level().peak, 2 * kOccupied);
    plimsoll_reader_restart_peaks(reader_);

    EXPECT_EQ(level().peak, kOccupied);
    EXPECT_EQ(level().peak_coverage, PLIMSOLL_EXACT);
}

TEST_F(ReaderTest, APeakAmongEventsThatWereLostIsAtLeast) {
    plimsoll_reader_restart_peaks(reader_);
    for (int i = 0; i < 1000; ++i) plimsoll_free(client_.get(), client_.allocate_buffer(kOneTile));
    EXPECT_EQ(level().peak_coverage, PLIMSOLL_AT_LEAST);

    plimsoll_reader_restart_peaks(reader_);
    plimsoll_free(client_.get(), client_.allocate_buffer(kOneTile));

    EXPECT_EQ(level().peak, kOccupied);
    EXPECT_EQ(level().peak_coverage, PLIMSOLL_EXACT);
}

TEST_F(ReaderTest, TheL1ThatTheAllocatorGaveHasNoCircularBuffers) {
    client_.allocate_circular_buffer(client_.program("softmax", 7), 4096, 2048);

    EXPECT_EQ(level(0, PLIMSOLL_L1).live, 0u);
    EXPECT_EQ(level(0, PLIMSOLL_L1).peak, 0u);
}

TEST_F(ReaderTest, ListsWhatWasMadeAfterAPosition) {
    client_.allocate_buffer(kOneTile);
    const std::uint64_t before = position();
    client_.allocate_buffer(3 * kOneTile);

    EXPECT_THAT(live_after(before), HasSubstr("\"bytes\": 6144"));
    EXPECT_THAT(live_after(before), Not(HasSubstr("\"bytes\": 2048")));
    EXPECT_THAT(live_after(before), HasSubstr("\"call_site\": \"model.py:12 in forward\""));
    EXPECT_THAT(live_after(0), HasSubstr("\"live_count\": 2"));
    EXPECT_THAT(live_after(position()), HasSubstr("\"live_count\": 0"));
}

TEST_F(ReaderTest, WhatIsFreedIsNotListedAnyMore) {
    plimsoll_free(client_.get(), client_.allocate_buffer(kOneTile));

    EXPECT_THAT(live_after(0), HasSubstr("\"live\": []"));
    EXPECT_THAT(live_after(0), HasSubstr("\"unlisted\": 0"));
}

TEST_F(ReaderTest, WhatOutlivedItsDeviceIsNotLiveButIsTold) {
    const plimsoll_id kept = client_.allocate_buffer(kOneTile);
    EXPECT_EQ(plimsoll_close(client_.get(), client_.devices(), PLIMSOLL_CLOSED), PLIMSOLL_OK);
    EXPECT_THAT(live_after(0), HasSubstr("\"live_count\": 0"));
    EXPECT_THAT(live_after(0), HasSubstr("\"ending\": \"outlived_device\""));

    plimsoll_free(client_.get(), kept);

    EXPECT_THAT(live_after(0), HasSubstr("\"outlived\": []"));
}

TEST_F(ReaderTest, TellsTheChipsThatWereOpened) {
    std::int32_t chips[1] = {-1};
    std::size_t count = 0;

    EXPECT_EQ(plimsoll_reader_devices(reader_, chips, 1, &count), PLIMSOLL_OK);

    EXPECT_EQ(count, 2u);
    EXPECT_EQ(chips[0], 0);
}

TEST_F(ReaderTest, AChipThatWasNeverOpenedIsAnInvalidArgument) {
    plimsoll_level level{};
    level.size = sizeof level;

    EXPECT_EQ(plimsoll_reader_level(reader_, 9, PLIMSOLL_DRAM, &level), PLIMSOLL_INVALID_ARGUMENT);
    EXPECT_EQ(plimsoll_reader_level(reader_, 0, static_cast<plimsoll_region>(5), &level),
              PLIMSOLL_INVALID_ARGUMENT);
    level.size = 4;
    EXPECT_EQ(plimsoll_reader_level(reader_, 0, PLIMSOLL_DRAM, &level), PLIMSOLL_INVALID_ARGUMENT);
    EXPECT_EQ(plimsoll_reader_position(nullptr, nullptr), PLIMSOLL_INVALID_ARGUMENT);
}

TEST_F(ReaderTest, ReportsTheProcessThatReads) {
    client_.allocate_buffer(kOneTile);
    const char* json = "";

    ASSERT_EQ(plimsoll_reader_report(reader_, &json), PLIMSOLL_OK);

    EXPECT_THAT(json, HasSubstr("\"package\": \"ttnn 0.66.0\""));
    EXPECT_THAT(json, HasSubstr("\"state\": \"running\""));
    EXPECT_THAT(json, HasSubstr("\"live_count\": 1"));
    EXPECT_THAT(json, HasSubstr("reader_test"));
}

TEST_F(ReaderTest, InAForkedChildItIsTheParentsAndSaysSo) {
    const pid_t child = ::fork();
    if (child == 0) {
        std::uint64_t id = 0;
        ::_exit(plimsoll_reader_position(reader_, &id));
    }
    int status = 0;
    ::waitpid(child, &status, 0);

    EXPECT_EQ(WEXITSTATUS(status), PLIMSOLL_DETACHED);
}

TEST_F(ReaderTest, TwoReadersDoNotTakeEachOthersPeaks) {
    plimsoll_reader* other = nullptr;
    ASSERT_EQ(plimsoll_reader_open(&other, nullptr), PLIMSOLL_OK);
    plimsoll_free(client_.get(), client_.allocate_buffer(kOneTile));

    plimsoll_reader_restart_peaks(other);
    plimsoll_reader_close(other);

    EXPECT_EQ(level().peak, kOccupied);
}

}  // namespace
}  // namespace plimsoll::reader
