#include <atomic>
#include <cstring>
#include <string>
#include <thread>

#include "client/watched.hpp"

namespace plimsoll::client {
namespace {

plimsoll_text intern(Watched& watched, const std::string& text) {
    return plimsoll_intern(watched.client, text.data(), text.size());
}

TEST(Interning, SameBytesGiveTheSameHandle) {
    Watched watched;
    const plimsoll_text first = intern(watched, "matmul");
    EXPECT_NE(first, 0u);
    EXPECT_EQ(intern(watched, "matmul"), first);
    EXPECT_NE(intern(watched, "matmu"), first);
    EXPECT_NE(intern(watched, std::string("matmul\0", 7)), first);
    EXPECT_NE(intern(watched, ""), 0u);
    EXPECT_EQ(intern(watched, ""), intern(watched, ""));
}

TEST(Interning, TextIsItsLengthAndItsBytes) {
    Watched watched;
    const std::string bytes(
        "a\0\xff"
        "b",
        4);
    const plimsoll_text text = intern(watched, bytes);
    std::uint32_t length = 0;
    std::memcpy(&length, watched.shared.text() + std::size_t{text} * 4, sizeof length);
    ASSERT_EQ(length, 4u);
    EXPECT_EQ(std::memcmp(watched.shared.text() + std::size_t{text} * 4 + 4, bytes.data(), 4), 0);
}

TEST(Interning, TextsOfUpTo4096BytesAreTaken) {
    Watched watched;
    EXPECT_NE(intern(watched, std::string(4096, 'x')), 0u);
    EXPECT_EQ(intern(watched, std::string(4097, 'x')), 0u);
    EXPECT_EQ(plimsoll_intern(watched.client, nullptr, 0), 0u);
    EXPECT_EQ(watched.header().text_used, 1u + 1 + 1024);
    EXPECT_EQ(watched.header().table_overflows, 0u);
}

TEST(Interning, FullTableGivesNoHandleAndKeepsTheOldOnes) {
    Watched watched;
    const plimsoll_text first = intern(watched, "first");
    int taken = 0;
    for (; taken < 5000; ++taken) {
        std::string text = std::to_string(taken);
        text.resize(4096, '.');
        if (intern(watched, text) == 0) break;
    }
    EXPECT_EQ(taken, 4092);  // of 4096 + 4 bytes each, in 16 MiB
    EXPECT_EQ(watched.header().table_overflows, 1u);
    EXPECT_EQ(intern(watched, "first"), first);
}

TEST(Interning, ThreadsThatInternTheSameTextsAgree) {
    constexpr int kThreads = 4;
    constexpr int kTexts = 500;
    Watched watched;
    std::vector<std::vector<plimsoll_text>> handles(kThreads);
    std::atomic<int> ready_threads = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t) {
        threads.emplace_back([&, t] {
            ++ready_threads;
            while (ready_threads.load() < kThreads) std::this_thread::yield();
            for (int i = 0; i < kTexts; ++i) {
                handles[static_cast<std::size_t>(t)].push_back(
                    intern(watched, "text " + std::to_string(i)));
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    for (int t = 1; t < kThreads; ++t) EXPECT_EQ(handles[static_cast<std::size_t>(t)], handles[0]);
    for (const plimsoll_text handle : handles[0]) EXPECT_NE(handle, 0u);
}

TEST(Interning, SetsOfCoresAreTexts) {
    Watched watched;
    const plimsoll_core_range ranges[] = {{0, 0, 7, 7}, {8, 0, 8, 3}};
    const plimsoll_text cores = plimsoll_intern_cores(watched.client, ranges, 2);
    EXPECT_NE(cores, 0u);
    EXPECT_EQ(plimsoll_intern_cores(watched.client, ranges, 2), cores);
    EXPECT_NE(plimsoll_intern_cores(watched.client, ranges, 1), cores);
    EXPECT_EQ(plimsoll_intern_cores(watched.client, ranges, 0), 0u);
    const std::vector<plimsoll_core_range> many(513);
    EXPECT_NE(plimsoll_intern_cores(watched.client, many.data(), 512), 0u);
    EXPECT_EQ(plimsoll_intern_cores(watched.client, many.data(), 513), 0u);
}

TEST(Interning, CallSiteKeepsItsFourInnermostFrames) {
    Watched watched;
    plimsoll_frame frames[6] = {};
    for (std::uint32_t i = 0; i < 6; ++i) frames[i] = {10 + i, 20 + i, 30 + i};
    const plimsoll_location site = plimsoll_intern_call_site(watched.client, 0, frames, 6);
    ASSERT_NE(site, 0u);
    EXPECT_EQ(watched.shared.call_sites()[site].count, 4u);
    EXPECT_EQ(watched.shared.call_sites()[site].frames[3].line, 33u);
    EXPECT_EQ(plimsoll_intern_call_site(watched.client, 0, frames, 4), site);
    EXPECT_NE(plimsoll_intern_call_site(watched.client, 0, frames, 3), site);
    EXPECT_EQ(plimsoll_intern_call_site(watched.client, 0, frames, 0), 0u);
}

TEST(Interning, CallSitesOfTwoOpsAreTwo) {
    Watched watched;
    const plimsoll_frame frame{1, 2, 3};
    const plimsoll_location site = plimsoll_intern_call_site(watched.client, 5, &frame, 1);
    EXPECT_EQ(watched.shared.call_sites()[site].op, 5u);
    EXPECT_NE(plimsoll_intern_call_site(watched.client, 6, &frame, 1), site);
    EXPECT_EQ(plimsoll_intern_call_site(watched.client, 5, &frame, 1), site);
}

TEST(Interning, TableOfCallSitesHolds32767) {
    Watched watched;
    plimsoll_frame frame{1, 2, 0};
    for (frame.line = 1; frame.line <= 32'767; ++frame.line) {
        ASSERT_NE(plimsoll_intern_call_site(watched.client, 0, &frame, 1), 0u) << frame.line;
    }
    EXPECT_EQ(plimsoll_intern_call_site(watched.client, 0, &frame, 1), 0u);
    EXPECT_EQ(watched.header().table_overflows, 1u);
    frame.line = 1;
    EXPECT_EQ(plimsoll_intern_call_site(watched.client, 0, &frame, 1), 1u);
}

}  // namespace
}  // namespace plimsoll::client
