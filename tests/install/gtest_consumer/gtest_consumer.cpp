// Tests of a runtime that reports itself. Those whose names begin with Bad fail, by what they leave
// alone; all others pass.
#include <plimsoll/client.h>

#include <cstring>
#include <plimsoll/gtest.hpp>

namespace {

constexpr plimsoll_region kDram = PLIMSOLL_DRAM;
constexpr std::uint64_t kBytes = 4096;
constexpr std::size_t kLimit = 16;  // buffers; what the other tests leave is far less

plimsoll_client* client;
plimsoll_devices chip;  // open all the time

plimsoll_text text(const char* bytes) { return plimsoll_intern(client, bytes, std::strlen(bytes)); }

plimsoll_devices open(int number) {
    plimsoll_device_info device{};
    device.size = sizeof device;
    device.device = number;
    plimsoll_devices devices = 0;
    plimsoll_device_open(client, &device, &devices);
    return devices;
}

plimsoll_id allocate(plimsoll_owner owner = PLIMSOLL_USER, plimsoll_devices on = chip) {
    const plimsoll_frame frame{text("model.cpp"), text("forward"), 12};
    plimsoll_allocation one{};
    one.size = sizeof one;
    one.kind = PLIMSOLL_BUFFER;
    one.region = kDram;
    one.owner = static_cast<std::uint8_t>(owner);
    one.devices = on;
    one.location = plimsoll_intern_call_site(client, text("ttnn.add"), &frame, 1);
    one.banks = 1;
    one.bytes = one.bytes_per_bank = kBytes;
    plimsoll_id id = 0;
    plimsoll_allocate(client, &one, &id);
    return id;
}

void release(plimsoll_id id) { plimsoll_free(client, id); }

TEST(Each, FreesWhatItAllocates) { release(allocate()); }
TEST(Each, MayLeaveWhatIsTheRuntimes) { allocate(PLIMSOLL_RUNTIME); }
TEST(Each, MaySayThatItLeavesSomething) {
    allocate();
    plimsoll::leaves_memory("the weights stay");
}
TEST(BadTest, LeavesOne) { allocate(); }
TEST(BadTest, LetsOneOutliveItsDevice) {
    const plimsoll_devices other = open(1);
    const plimsoll_id id = allocate(PLIMSOLL_USER, other);
    plimsoll_close(client, other, PLIMSOLL_CLOSED);
    plimsoll_object_gone(client, id, PLIMSOLL_HELD_BY_USER);
}
TEST(BadTest, KeepsOneBeyondItsDevice) {
    const plimsoll_devices other = open(1);
    allocate(PLIMSOLL_USER, other);
    plimsoll_close(client, other, PLIMSOLL_CLOSED);
}
TEST(BadPeak, HoldsMoreThanTheLimitAtOnce) {
    plimsoll_id ids[kLimit + 1] = {};
    for (plimsoll_id& id : ids) id = allocate();
    for (const plimsoll_id id : ids) release(id);
}
TEST(PeakAfterwards, IsItsOwn) { release(allocate()); }

class Fixture : public testing::Test {
  protected:
    void SetUp() override { held_ = allocate(); }
    void TearDown() override { release(held_); }
    plimsoll_id held_ = 0;
};
TEST_F(Fixture, HoldsDuringItsTest) {}

class Suite : public testing::Test {
  protected:
    static void SetUpTestSuite() { held = allocate(); }
    static void TearDownTestSuite() { release(held); }
    static plimsoll_id held;
};
plimsoll_id Suite::held;
TEST_F(Suite, OwnsWhatItHoldsForItsTests) {}

class BadSuite : public testing::Test {
  protected:
    static void SetUpTestSuite() { allocate(); }
};
TEST_F(BadSuite, NoTestIsBlamed) {}

class BadSuiteOutlived : public testing::Test {
  protected:
    static void SetUpTestSuite() { allocate(PLIMSOLL_USER, own = open(2)); }
    static plimsoll_devices own;
};
plimsoll_devices BadSuiteOutlived::own;
TEST_F(BadSuiteOutlived, NoTestIsBlamed) { plimsoll_close(client, own, PLIMSOLL_CLOSED); }

class World : public testing::Environment {
    void SetUp() override { held_ = allocate(); }
    void TearDown() override { release(held_); }
    plimsoll_id held_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    plimsoll_options options{};
    options.size = sizeof options;
    options.runtime = "gtest_consumer";
    if (argc > 1 && std::strcmp(argv[1], "unwatched") != 0) return 2;
    if (argc == 1) {
        plimsoll_attach(&options, &client);
        chip = open(0);
    }
    testing::AddGlobalTestEnvironment(new World);
    plimsoll::GTestListener::append({{kDram, kLimit * kBytes}});
    return RUN_ALL_TESTS();
}
