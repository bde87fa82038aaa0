// What an event costs does not depend on how many programs are there. Instructions are counted,
// not time. (A tracker that looked at all programs with each one cost 750 ms per kernel: #52010.)
#include <gtest/gtest.h>
#include <plimsoll/client.h>

#include <algorithm>
#include <memory>

#include "ledger/process_ledger.hpp"
#include "tests/proof/instructions.hpp"
#include "tests/proof/own_segment.hpp"

namespace plimsoll::proof {
namespace {

constexpr std::uint32_t kFew = 256;
constexpr std::uint32_t kMany = 4096;
constexpr std::uint32_t kBuffersEach = 4;

// A process with so many live programs, each of which has run.
class Books {
  public:
    explicit Books(std::uint32_t programs) {
        plimsoll_options options{};
        options.size = sizeof options;
        options.live_capacity = 1u << 15;
        options.ring_capacity = 1u << 16;
        plimsoll_attach(&options, &client_);
        plimsoll_cover(client_, PLIMSOLL_RUN, PLIMSOLL_EXACT, 0);
        plimsoll_device_info info{};
        info.size = sizeof info;
        plimsoll_device_open(client_, &info, &chip_);
        constexpr plimsoll_core_range kAll = {0, 0, 7, 7};
        cores_ = plimsoll_intern_cores(client_, &kAll, 1);
        for (std::uint32_t i = 0; i < programs; ++i) start_program();
        come_and_go();
    }

    // Each thing that a launch of a new program and its end bring.
    void come_and_go() {
        plimsoll_id id = 0;
        const plimsoll_allocation tensor = buffer(PLIMSOLL_BUFFER, PLIMSOLL_USER, 0);
        plimsoll_allocate(client_, &tensor, &id);
        const plimsoll_program program = start_program();
        plimsoll_program_report_free(client_, program);
        plimsoll_program_destroy(client_, program);
        plimsoll_free(client_, id);
    }

  private:
    plimsoll_program start_program() {
        plimsoll_program_info info{};
        info.size = sizeof info;
        plimsoll_program program = 0;
        plimsoll_program_create(client_, &info, &program);
        for (std::uint32_t i = 0; i < kBuffersEach; ++i) {
            plimsoll_id unused = 0;
            plimsoll_allocation a = buffer(PLIMSOLL_CIRCULAR_BUFFER, PLIMSOLL_PROGRAM, program);
            a.address += i * a.bytes_per_bank;
            a.cores = cores_;
            plimsoll_allocate(client_, &a, &unused);
        }
        plimsoll_program_run(client_, program);
        return program;
    }

    [[nodiscard]] plimsoll_allocation buffer(plimsoll_kind kind, plimsoll_owner owner,
                                             plimsoll_program program) const {
        plimsoll_allocation a{};
        a.size = sizeof a;
        a.kind = static_cast<std::uint8_t>(kind);
        a.region = PLIMSOLL_L1;
        a.owner = static_cast<std::uint8_t>(owner);
        a.program = program;
        a.devices = chip_;
        a.banks = 64;
        a.address = 1u << 17;
        a.bytes = 64 * 4096;
        a.bytes_per_bank = 4096;
        return a;
    }

    plimsoll_client* client_ = nullptr;
    plimsoll_devices chip_ = 0;
    plimsoll_text cores_ = 0;
};

// Whoever reads it, up to date but for one more program that came and went.
struct Read {
    explicit Read(std::uint32_t programs)
        : books(programs), reader(open_own_segment()), decoder(reader) {
        receive();
        books.come_and_go();
    }
    void receive() { ledger.apply(decoder.tables(), decoder.events(std::size_t{1} << 20)); }

    Books books;
    segment::Reader reader;
    collect::Decoder decoder;
    ledger::ProcessLedger ledger;
};

// The least of a few: a clock that ticks meanwhile is read again, and a step takes long.
template <class State, class Work>
std::uint64_t cost(std::uint32_t programs, Work work, int times) {
    std::uint64_t least = ~std::uint64_t{0};
    for (int i = 0; i < times; ++i) {
        const auto steps = instructions_of([=] { return std::make_unique<State>(programs); }, work);
        if (steps) least = std::min(least, *steps);
    }
    return least;
}

TEST(Cost, InTheProcessIsTheSameWithAnyNumberOfPrograms) {
    const auto work = [](const std::unique_ptr<Books>& books) { books->come_and_go(); };
    const std::uint64_t few = cost<Books>(kFew, work, 3), many = cost<Books>(kMany, work, 3);
    ASSERT_NE(few, ~std::uint64_t{0}) << "this process may trace nobody";
    std::printf("%llu instructions with %u programs, %llu with %u\n",
                static_cast<unsigned long long>(few), kFew, static_cast<unsigned long long>(many),
                kMany);
    EXPECT_GT(few, 500u);
    EXPECT_LE(many, few + few / 20);  // one look at each program would be more than twice as many
}

TEST(Cost, OfWhoReadsItRisesByNoMoreThanTheDepthOfATree) {
    const auto work = [](const std::unique_ptr<Read>& read) { read->receive(); };
    const std::uint64_t few = cost<Read>(kFew, work, 1), many = cost<Read>(kMany, work, 1);
    ASSERT_NE(few, ~std::uint64_t{0}) << "this process may trace nobody";
    std::printf("%llu instructions with %u programs, %llu with %u\n",
                static_cast<unsigned long long>(few), kFew, static_cast<unsigned long long>(many),
                kMany);
    EXPECT_GT(few, 500u);
    EXPECT_LE(many, few + few / 4);
}

}  // namespace
}  // namespace plimsoll::proof
