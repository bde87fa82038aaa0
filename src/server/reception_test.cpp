#include "server/reception.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "collect/seqpacket.hpp"
#include "collect/test_client.hpp"

namespace plimsoll::server {
namespace {

// A client of the protocol, at the other end of the socket.
class Asker {
  public:
    explicit Asker(const std::string& path) : socket_(collect::connect_to(path).value()) {}

    void send(const std::string& bytes) { collect::send(socket_.get(), bytes); }
    void ask(const std::string& text) { send(protocol::framed(text)); }
    // The next answer; empty: none has come.
    std::string hear() {
        for (;;) {
            if (auto frame = in_.next()) return *frame;
            Result<collect::Message> message = collect::receive(socket_.get());
            if (!message) {
                over_ = message.error().number == ECONNRESET;
                return {};
            }
            in_.put(message.value().bytes);
            for (UniqueFd& fd : message.value().descriptors) came_.push_back(std::move(fd));
        }
    }
    [[nodiscard]] bool is_over() {
        hear();
        return over_;
    }
    [[nodiscard]] const std::vector<UniqueFd>& came() const { return came_; }

  private:
    UniqueFd socket_;
    protocol::FrameReader in_{1u << 24};
    std::vector<UniqueFd> came_;
    bool over_ = false;
};

class ReceptionTest : public ::testing::Test {
  protected:
    ReceptionTest() {
        char folder[] = "/tmp/plimsoll.test.XXXXXX";
        folder_ = ::mkdtemp(folder);
    }
    ~ReceptionTest() override { std::filesystem::remove_all(folder_); }

    void open(const Limits& limits = {}) {
        list_.emplace(limits);
        reception_.emplace(collect::Listener::listen(path()).value(), *list_, limits);
    }
    std::string ask(Asker& asker, const std::string& text) {
        asker.ask(text);
        reception_->serve();
        return asker.hear();
    }
    [[nodiscard]] std::string path() const { return folder_ + "/socket"; }
    [[nodiscard]] std::string pid() const { return std::to_string(::getpid()); }

    std::string folder_;
    std::optional<WatchList> list_;
    std::optional<Reception> reception_;
};

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

#define EXPECT_HAS(text, part) EXPECT_TRUE(contains(text, part)) << (text)

TEST_F(ReceptionTest, AnOldAndANewClientAreAnswered) {
    open();
    Asker asker(path());
    EXPECT_HAS(ask(asker, R"({"request": "hello"})"), R"("answer":"hello")");
    const std::string answer = ask(
        asker, R"({"request": "hello", "protocol": 9, "oldest_protocol": 1, "id": 5, "x": {}})");
    EXPECT_HAS(answer, R"("protocol":1,"id":5,"answer":"hello")");
    EXPECT_HAS(ask(asker, R"({"request": "prophesy", "id": 6})"), R"("code":"unknown-request")");
    EXPECT_HAS(ask(asker, R"({"request": "hello", "oldest_protocol": 2})"),
               R"("code":"unsupported-protocol")");
    EXPECT_HAS(ask(asker, R"({"request": "hello", "id": 8})"), R"("id":8)");
}

TEST_F(ReceptionTest, ASnapshotHoldsWhatIsSelected) {
    open();
    collect::TestClient client(path());
    client.allocate_buffer(4096);
    Asker asker(path());
    const std::string all = ask(asker, R"({"request": "snapshot", "allocations": true})");
    EXPECT_HAS(all, "\"pid\": " + pid());
    EXPECT_HAS(all, "\"bytes\": 4096");
    EXPECT_FALSE(contains(ask(asker, R"({"request": "snapshot"})"), "\"bytes\": 4096"));
    const std::string l1 =
        ask(asker, R"({"request": "snapshot", "allocations": true, "region": "l1"})");
    EXPECT_HAS(l1, "\"allocations\": []");
    EXPECT_HAS(ask(asker, R"({"request": "snapshot", "pid": 1})"), "\"processes\": []");
    EXPECT_HAS(ask(asker, "{\"request\": \"leaks\", \"pid\": " + pid() + "}"), "\"findings\": []");
    EXPECT_HAS(ask(asker, "{\"request\": \"dump\", \"pid\": " + pid() + "}"),
               "\"active_allocations\": 1");
    EXPECT_HAS(ask(asker, R"({"request": "dump", "pid": 1})"), R"("code":"not-found")");
}

TEST_F(ReceptionTest, ASegmentIsPassedOn) {
    open();
    collect::TestClient client(path());
    client.allocate_buffer(4096);
    Asker asker(path());
    EXPECT_HAS(ask(asker, "{\"request\": \"segment\", \"pid\": " + pid() + "}"),
               R"("answer":"segment")");
    ASSERT_GE(asker.came().size(), 1u);
    Result<segment::Mapping> mapping = segment::open(asker.came()[0].get());
    ASSERT_TRUE(mapping);
    EXPECT_EQ(segment::Reader::open(std::move(mapping).value()).value().header().pid, ::getpid());
}

TEST_F(ReceptionTest, AMarkRemembersHowFarEachProcessHadCome) {
    open();
    collect::TestClient client(path());
    client.allocate_buffer(4096);
    Asker asker(path());
    const std::string mark = ask(asker, R"({"request": "mark", "name": "warm"})");
    EXPECT_HAS(mark, "\"" + pid() + "\":1");
    client.allocate_buffer(4096);
    EXPECT_HAS(ask(asker, R"({"request": "marks"})"), "\"" + pid() + "\":1");
    EXPECT_HAS(ask(asker, R"({"request": "mark", "name": "warm"})"), "\"" + pid() + "\":2");
    EXPECT_FALSE(contains(ask(asker, R"({"request": "marks"})"), "\"" + pid() + "\":1"));
}

TEST_F(ReceptionTest, WhoWatchesIsToldOfChangesAndOfNothingElse) {
    open();
    collect::TestClient client(path());
    Asker asker(path());
    EXPECT_HAS(ask(asker, R"({"request": "watch"})"), R"("answer":"watch")");
    reception_->tell_watchers(list_->figures(), list_->users());
    const std::string first = asker.hear();
    EXPECT_HAS(first, R"("answer":"change")");
    EXPECT_HAS(first, "\"pid\": " + pid());
    reception_->tell_watchers(list_->figures(), list_->users());
    EXPECT_EQ(asker.hear(), "");
}

TEST(WatcherTest, LeavesOutWhatNobodyFetchesAndThenTellsHowThingsAre) {
    Watcher watcher({});
    ledger::ProcessView process;
    process.identity.pid = 7;
    Watcher::Clock::time_point now{std::chrono::hours(1)};
    const auto tell = [&](bool has_fetched) {
        now += std::chrono::seconds(1);
        return watcher.change({&process}, has_fetched, now);
    };
    EXPECT_HAS(tell(true), "\"skipped\":0");
    EXPECT_EQ(tell(true), "");
    process.held_count = 1;
    EXPECT_EQ(tell(false), "");
    process.held_count = 2;
    EXPECT_EQ(tell(false), "");
    const std::string told = tell(true);
    EXPECT_HAS(told, "\"held_count\": 2");
    EXPECT_HAS(told, "\"skipped\":2");
    EXPECT_HAS(watcher.change({}, true, now + std::chrono::seconds(1)), "\"ended\":[7]");
}

TEST(ConversationTest, OthersSeeNothingUnlessTheyAreToldAll) {
    const auto of_user = [](uid_t user) {
        collect::Visitor visitor;
        visitor.arrival.user = user;
        return Conversation(std::move(visitor), 100);
    };
    EXPECT_TRUE(of_user(0).may_see(1000));
    EXPECT_TRUE(of_user(1000).may_see(1000));
    Conversation other = of_user(1001);
    EXPECT_FALSE(other.may_see(1000));
    other.let_see_all();
    EXPECT_TRUE(other.may_see(1000));
}

TEST_F(ReceptionTest, WhoBreaksARuleLosesItsConnectionAndNobodyElseDoes) {
    open();
    Asker good(path());
    EXPECT_HAS(ask(good, R"({"request": "hello"})"), "hello");
    Asker bad(path());
    bad.send(std::string(1000, 'x'));
    reception_->serve();
    EXPECT_HAS(bad.hear(), R"("code":"bad-frame")");
    EXPECT_TRUE(bad.is_over());
    EXPECT_HAS(ask(good, R"({"request": "hello"})"), "hello");
}

TEST_F(ReceptionTest, MoreClientsThanTheLimitAreTurnedAway) {
    Limits limits;
    limits.connections_per_user = 2;
    open(limits);
    Asker first(path());
    Asker second(path());
    Asker third(path());
    EXPECT_HAS(ask(first, R"({"request": "hello"})"), "hello");
    EXPECT_HAS(ask(second, R"({"request": "hello"})"), "hello");
    EXPECT_HAS(ask(third, R"({"request": "hello"})"), R"("code":"too-many")");
    EXPECT_TRUE(third.is_over());
    EXPECT_HAS(ask(first, R"({"request": "hello"})"), "hello");
}

TEST_F(ReceptionTest, WhoFetchesNothingCostsNoMoreThanItsLimit) {
    Limits limits;
    limits.queued_bytes_per_user = 1u << 16;
    open(limits);
    collect::TestClient client(path());
    Asker lazy(path());
    for (int i = 0; i < 100; ++i) {
        lazy.ask("{\"request\": \"dump\", \"pid\": " + pid() + "}");
        reception_->serve();
    }
    std::size_t bytes = 0;
    for (std::string text = lazy.hear(); !text.empty(); text = lazy.hear()) {
        bytes += text.size();
        reception_->serve();
    }
    EXPECT_TRUE(lazy.is_over());
    EXPECT_LT(bytes, 1u << 20);
}

TEST_F(ReceptionTest, ManyRequestsInOneMessageCostNoMoreThanTheLimit) {
    Limits limits;
    limits.queued_bytes_per_user = 1u << 20;
    open(limits);
    collect::TestClient client(path());
    Asker greedy(path());
    std::string requests;
    while (requests.size() < 60000) {
        requests += protocol::framed("{\"request\": \"dump\", \"pid\": " + pid() + "}");
    }
    greedy.send(requests);
    reception_->serve();
    std::size_t bytes = 0;
    for (std::string text = greedy.hear(); !text.empty(); text = greedy.hear()) {
        bytes += text.size();
    }
    reception_->serve();
    while (!greedy.hear().empty()) {
    }
    EXPECT_TRUE(greedy.is_over());
    EXPECT_GT(bytes, 1u << 16);
    EXPECT_LT(bytes, 2u << 20);
}

TEST_F(ReceptionTest, ALimitOfOneByteEndsEverybodyAndNothingHangs) {
    Limits limits;
    limits.queued_bytes_per_user = 1;
    open(limits);
    std::vector<Asker> askers;
    for (int i = 0; i < 3; ++i) askers.emplace_back(path());
    for (Asker& asker : askers) asker.ask(R"({"request": "hello"})");
    reception_->serve();
    for (Asker& asker : askers) EXPECT_HAS(asker.hear(), "hello");
}

TEST_F(ReceptionTest, ALargeAnswerIsRefused) {
    Limits limits;
    limits.rows = 1;
    open(limits);
    collect::TestClient client(path());
    client.allocate_buffer(4096);
    client.allocate_buffer(4096);
    Asker asker(path());
    EXPECT_HAS(ask(asker, R"({"request": "snapshot", "allocations": true})"),
               R"("code":"too-large")");
    EXPECT_HAS(ask(asker, R"({"request": "snapshot"})"), R"("answer":"snapshot")");
    EXPECT_HAS(ask(asker, "{\"request\": \"dump\", \"pid\": " + pid() + "}"),
               R"("code":"too-large")");
}

}  // namespace
}  // namespace plimsoll::server
