#include "http/door.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <deque>
#include <stdexcept>

#include "http/test_client.hpp"

namespace plimsoll::http {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const std::string kToken = "0123456789abcdef";
const std::string kShown = "Authorization: Bearer " + kToken + "\r\n";

std::string revision_now = "a1";

std::unique_ptr<Door> open_door(Limits limits = {}) {
    DoorOptions options{*read_address(":0"), kToken, {}, {"known.example"}, limits};
    std::unique_ptr<Door> door = Door::open(std::move(options)).value();
    door->add({"/healthz", Access::anyone, [](const auto&) { return plain(200, "ok"); }});
    door->add({"/user", Access::asker, [](const collect::Asker& asker) {
                   return plain(200, "user " + std::to_string(asker.user));
               }});
    door->add({"/large", Access::anyone,
               [](const auto&) { return plain(200, std::string(8 << 20, 'x')); }});
    door->add({"/events", Access::asker, nullptr, [](const auto&) { return revision_now; }});
    door->add(
        {"/throws", Access::anyone, [](const auto&) -> Answer { throw std::runtime_error("no"); }});
    return door;
}

std::string asked(Door& door, const std::string& path, const std::string& more = "") {
    TestClient client(door);
    client.get(path, more + "Connection: close\r\n");
    return client.until_closed();
}

std::string sent(Door& door, const std::string& bytes) {
    TestClient client(door);
    client.send(bytes);
    return client.until_closed();
}

TEST(Door, AnswersWhatAnyoneMayAsk) {
    const auto door = open_door();
    const std::string answer = asked(*door, "/healthz");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_THAT(answer, testing::EndsWith("\r\n\r\nok\n"));
    EXPECT_THAT(answer, HasSubstr("X-Content-Type-Options: nosniff\r\n"));
    EXPECT_THAT(answer, HasSubstr("Referrer-Policy: no-referrer\r\n"));
    EXPECT_THAT(answer, HasSubstr("Cache-Control: no-store\r\n"));
    EXPECT_THAT(answer, HasSubstr("Content-Security-Policy: default-src 'none'; "));
    EXPECT_THAT(answer, Not(HasSubstr("Access-Control")));
    EXPECT_THAT(asked(*door, "/healthz?token=x"), StartsWith("HTTP/1.1 200 "));
}

TEST(Door, ByAPortTheTokenIsAskedFor) {
    const auto door = open_door();
    EXPECT_THAT(asked(*door, "/user"), StartsWith("HTTP/1.1 401 "));
    EXPECT_THAT(asked(*door, "/user"), HasSubstr("WWW-Authenticate: Bearer\r\n"));
    for (const std::string wrong : {"x", "0123456789abcdeg", "0123456789abcdef0"}) {
        EXPECT_THAT(asked(*door, "/user", "Authorization: Bearer " + wrong + "\r\n"),
                    StartsWith("HTTP/1.1 401 "));
    }
    EXPECT_THAT(asked(*door, "/user?token=" + kToken, "Cookie: token=" + kToken + "\r\n"),
                StartsWith("HTTP/1.1 401 "));
    EXPECT_THAT(asked(*door, "/user", kShown),
                HasSubstr("\r\n\r\nuser " + std::to_string(::geteuid()) + "\n"));
}

TEST(Door, NoPortIsOpenedWithoutAToken) {
    EXPECT_EQ(Door::open({*read_address(":0"), "", {}, {}, {}}).error().number, EINVAL);
}

TEST(Door, AtASocketFileTheKernelNamesTheUser) {
    const std::string path = testing::TempDir() + "plimsoll." + std::to_string(::getpid());
    const Address address = *read_address("unix:" + path);
    {
        const auto door = Door::open({address, "", {}, {}, {}}).value();
        door->add({"/user", Access::asker, [](const collect::Asker& asker) {
                       return plain(200, "user " + std::to_string(asker.user));
                   }});
        EXPECT_THAT(asked(*door, "/user"),
                    HasSubstr("\r\n\r\nuser " + std::to_string(::geteuid()) + "\n"));
        EXPECT_EQ(Door::open({address, "", {}, {}, {}}).error().number, EADDRINUSE);
        struct stat status {};
        ASSERT_EQ(::stat(path.c_str(), &status), 0);
        EXPECT_EQ(status.st_mode & 0777, ::geteuid() == 0 ? 0666u : 0600u);
        EXPECT_EQ(::link(path.c_str(), (path + ".left").c_str()), 0);
    }
    EXPECT_NE(::access(path.c_str(), F_OK), 0);
    EXPECT_TRUE(Door::open({*read_address("unix:" + path + ".left"), "", {}, {}, {}}))
        << "of a server that is gone";
}

TEST(Door, AnotherNameIsRefusedWhateverIsShown) {
    const auto door = open_door();
    const auto at = [&](const std::string& host) {
        return sent(*door, "GET /user HTTP/1.1\r\n" + host + kShown + "Connection: close\r\n\r\n");
    };
    EXPECT_THAT(at("Host: evil.example\r\n"), StartsWith("HTTP/1.1 403 "));
    EXPECT_THAT(at("Host: 127.0.0.1.evil.example:80\r\n"), StartsWith("HTTP/1.1 403 "));
    EXPECT_THAT(at(""), StartsWith("HTTP/1.1 400 "));
    EXPECT_THAT(at("Host: known.example:1234\r\n"), StartsWith("HTTP/1.1 200 "));
    EXPECT_THAT(sent(*door, "GET /user HTTP/1.0\r\n" + kShown + "\r\n"), HasSubstr(" 403 "));
}

TEST(Door, APageOfAnotherPlaceIsRefusedWhateverIsShown) {
    const auto door = open_door();
    EXPECT_THAT(asked(*door, "/user", kShown + "Sec-Fetch-Site: cross-site\r\n"),
                StartsWith("HTTP/1.1 403 "));
    EXPECT_THAT(asked(*door, "/user", kShown + "Origin: http://evil.example\r\n"),
                StartsWith("HTTP/1.1 403 "));
    EXPECT_THAT(asked(*door, "/user", kShown + "Origin: http://127.0.0.1\r\n"),
                StartsWith("HTTP/1.1 200 "));
}

TEST(Door, IsOnlyReadFrom) {
    const auto door = open_door();
    const auto by = [&](const std::string& method, const std::string& more = "") {
        return sent(*door, method + " /healthz HTTP/1.1\r\nHost: localhost\r\n" + more +
                               "Connection: close\r\n\r\n");
    };
    for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"}) {
        EXPECT_THAT(by(method), StartsWith("HTTP/1.1 405 ")) << method;
    }
    EXPECT_THAT(by("POST"), HasSubstr("Allow: GET, HEAD\r\n"));
    EXPECT_THAT(by("POST", "Content-Length: 1000000\r\n"), StartsWith("HTTP/1.1 405 "));
    EXPECT_THAT(by("GET", "Content-Length: 1000000\r\n"), StartsWith("HTTP/1.1 400 "));
    EXPECT_THAT(by("GET", "Transfer-Encoding: chunked\r\n"), StartsWith("HTTP/1.1 400 "));
    const std::string head = by("HEAD");
    EXPECT_THAT(head, StartsWith("HTTP/1.1 200 "));
    EXPECT_THAT(head, HasSubstr("Content-Length: 3\r\n"));
    EXPECT_THAT(head, testing::EndsWith("\r\n\r\n"));
}

TEST(Door, KnowsItsPathsAlone) {
    const auto door = open_door();
    for (const char* path : {"/", "/healthz/", "/../healthz", "//healthz", "/etc/passwd", "*"}) {
        EXPECT_THAT(asked(*door, path), StartsWith("HTTP/1.1 404 ")) << path;
    }
    EXPECT_THAT(asked(*door, "/throws"), StartsWith("HTTP/1.1 500 "));
}

TEST(Door, AnswersOneAfterTheOtherOnOneConnection) {
    const auto door = open_door();
    TestClient client(*door);
    const std::string request = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n";
    client.send(request + "\r\n" + request + "\r\n" + request + "Connection: close\r\n\r\n");
    const std::string answers = client.until_closed();
    std::size_t count = 0;
    for (auto at = answers.find("\nok\n"); at != answers.npos;
         at = answers.find("\nok\n", at + 1)) {
        ++count;
    }
    EXPECT_EQ(count, 3u);
}

TEST(Door, WhatIsTooLongIsRefused) {
    Limits limits;
    limits.answer_bytes = 4096;
    const auto door = open_door(limits);
    const std::string much(200'000, 'a');
    EXPECT_THAT(asked(*door, "/" + much), StartsWith("HTTP/1.1 4"));
    EXPECT_THAT(asked(*door, "/healthz", "X: " + much + "\r\n"), StartsWith("HTTP/1.1 4"));
    EXPECT_THAT(asked(*door, "/large"), StartsWith("HTTP/1.1 507 "));
}

TEST(Door, WhoAsksTooOftenHasToWait) {
    Limits limits;
    limits.requests_per_second = 3;
    const auto door = open_door(limits);
    for (int i = 0; i < 5; ++i) EXPECT_THAT(asked(*door, "/user"), StartsWith("HTTP/1.1 401 "));
    std::string last;
    const auto begin = Rates::Clock::now();
    while (!last.starts_with("HTTP/1.1 429 ") &&
           Rates::Clock::now() - begin < std::chrono::seconds(10)) {
        last = asked(*door, "/user", kShown);
    }
    EXPECT_THAT(last, StartsWith("HTTP/1.1 429 "));
    EXPECT_THAT(asked(*door, "/healthz"), StartsWith("HTTP/1.1 200 "));
    while (!last.starts_with("HTTP/1.1 200 ") &&
           Rates::Clock::now() - begin < std::chrono::seconds(10)) {
        last = asked(*door, "/user", kShown);
    }
    EXPECT_THAT(last, StartsWith("HTTP/1.1 200 "));
}

TEST(Door, WhatIsNoHttpIsClosed) {
    Limits limits;
    limits.to_ask = std::chrono::milliseconds(50);
    const auto door = open_door(limits);
    for (const std::string& bytes :
         {std::string("\r\n\r\n\r\n\r\nGET\r\n\r\n"), std::string(5000, '\0'),
          std::string("\x16\x03\x01\x02\x01\x01\n\n\n\n"), std::string("GET / HTTP/9.9\r\n\r\n")}) {
        TestClient client(*door);
        client.send(bytes);
        ::shutdown(client.fd(), SHUT_WR);
        EXPECT_THAT(client.until_closed(), Not(HasSubstr(" 200 ")));
    }
}

TEST(Door, HangsUpOnWhoIsTooSlowToAsk) {
    Limits limits;
    limits.to_ask = std::chrono::milliseconds(50);
    const auto door = open_door(limits);
    TestClient silent(*door);
    TestClient slow(*door);
    const auto begin = Visits::Clock::now();
    while (!slow.is_closed() && Visits::Clock::now() - begin < std::chrono::seconds(10)) {
        slow.send("G");  // never idle, and never done
    }
    EXPECT_LT(Visits::Clock::now() - begin, std::chrono::seconds(10));
    EXPECT_EQ(silent.until_closed(), "");
    while (door->connections() > 0) slow.pump();
}

TEST(Door, HangsUpOnWhoIsTooSlowToFetch) {
    Limits limits;
    limits.to_fetch = std::chrono::milliseconds(100);
    const auto door = open_door(limits);
    TestClient slow(*door);
    slow.get("/large");
    EXPECT_THAT(asked(*door, "/healthz"), StartsWith("HTTP/1.1 200 ")) << "meanwhile";
    while (door->connections() > 0) slow.pump();
    EXPECT_LT(slow.until_closed().size(), std::size_t{8 << 20});
}

TEST(Door, WhoStaysIsToldOfChanges) {
    revision_now = "a1";
    const auto door = open_door();
    TestClient client(*door);
    client.get("/events", kShown);
    while (client.received().find("a1\n\n") == std::string::npos) client.pump();
    EXPECT_THAT(client.received(), HasSubstr("Content-Type: text/event-stream\r\n"));
    EXPECT_THAT(client.received(), HasSubstr("id: a1\ndata: a1\n\n"));
    EXPECT_THAT(client.received(), HasSubstr("Content-Security-Policy: default-src 'none'; "));
    EXPECT_EQ(door->streams(), 1u);
    revision_now = "a2";
    const auto begin = Streams::Clock::now();
    while (!client.is_closed() &&
           client.received().find("id: a2\ndata: a2\n\n") == std::string::npos) {
        client.pump();
    }
    EXPECT_LT(Streams::Clock::now() - begin, std::chrono::seconds(3));
    EXPECT_THAT(asked(*door, "/events"), StartsWith("HTTP/1.1 401 "));
}

TEST(Door, AStreamEndsWithItsClientAndWithTheServer) {
    Limits limits;
    limits.streams_per_user = 2;
    auto door = open_door(limits);
    {
        TestClient one(*door);
        TestClient two(*door);
        one.get("/events", kShown);
        two.get("/events", kShown);
        while (door->streams() < 2) one.pump();
        EXPECT_THAT(asked(*door, "/events", kShown), StartsWith("HTTP/1.1 503 "));
    }
    TestClient three(*door);
    while (door->streams() > 0) three.pump();
    three.get("/events", kShown);
    EXPECT_THAT(three.received(), StartsWith("HTTP/1.1 200 "));
    door.reset();
    while (!three.is_closed()) {
    }
}

TEST(Door, OfAThousandConnectionsThoseThatAskAreAnswered) {
    Limits limits;
    limits.connections = 32;
    const auto door = open_door(limits);
    std::deque<TestClient> silent;
    for (int i = 0; i < 1000; ++i) {
        silent.emplace_back(*door);
        silent.back().pump();
        EXPECT_LE(door->connections(), limits.connections + 16);
    }
    EXPECT_THAT(asked(*door, "/user", kShown), StartsWith("HTTP/1.1 200 "));
    TestClient kept(*door);
    kept.get("/healthz");
    EXPECT_THAT(kept.received(), StartsWith("HTTP/1.1 200 "));
}

}  // namespace
}  // namespace plimsoll::http
