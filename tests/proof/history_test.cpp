// Random programs on the model, through the client, its segment, the reader and the ledger: what
// the ledger says is what the program itself holds and what the allocator counts.
// PLIMSOLL_PROOF_EVENTS=10000000: that many events.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>

#include "ledger/process_ledger.hpp"
#include "model/plimsoll_observer.hpp"
#include "tests/proof/own_segment.hpp"
#include "tests/proof/random_user.hpp"

namespace plimsoll::proof {
namespace {

std::uint64_t events_wanted() {
    const char* wanted = std::getenv("PLIMSOLL_PROOF_EVENTS");
    return wanted == nullptr ? 60'000 : std::strtoull(wanted, nullptr, 10);
}

// One process of the model and whoever watches it.
struct Watched {
    Watched(const char* machine, const char* release)
        : context(*machines::find(machine), *model::find_release(release),
                  model::find_release(release)->as_released),
          observer(context, {.verify = true}),
          reader(open_own_segment()),
          decoder(reader) {}

    void receive() { ledger.apply(decoder.tables(), decoder.events(std::size_t{1} << 20)); }
    ledger::ProcessView view() {
        const ledger::Look look = decoder.look(1);
        ledger.catch_up(decoder.tables(), look);
        return ledger.view(decoder.tables(), look, ledger::ProcessState::running);
    }

    model::MetalContext context;
    model::PlimsollObserver observer;
    segment::Reader reader;
    collect::Decoder decoder;
    ledger::ProcessLedger ledger;
};

std::multiset<Holding> holdings(const ledger::ProcessView& view) {
    std::multiset<Holding> all;
    for (const ledger::AllocationView& row : view.held) {
        all.emplace(row.kind, row.region, row.address, row.bytes_per_bank);
    }
    return all;
}

// Bytes the open mesh's allocator counts on each of its chips; L1 is shared with programs.
void expect_what_the_allocator_counts(const ledger::ProcessView& view,
                                      const model::MeshDevice& mesh) {
    using model::BufferType;
    for (const auto& [type, region] : {std::pair{BufferType::DRAM, Region::dram},
                                       std::pair{BufferType::L1_SMALL, Region::l1_small},
                                       std::pair{BufferType::TRACE, Region::trace}}) {
        const std::uint64_t truth = mesh.allocator().get_statistics(type).total_allocated_bytes *
                                    mesh.allocator().get_num_banks(type);
        for (const model::Device* chip : mesh.get_devices()) {
            for (const ledger::DeviceUse& device : view.devices) {
                if (device.device != chip->id()) continue;
                EXPECT_EQ(device.regions[static_cast<std::size_t>(region)].live.value, truth);
            }
        }
    }
}

void expect_the_truth(const ledger::ProcessView& view, const RandomUser& user) {
    EXPECT_EQ(holdings(view), user.holdings());
    EXPECT_EQ(view.held_count, view.held.size());
    EXPECT_EQ(view.events.produced, view.events.received + view.events.lost);
    EXPECT_EQ(view.health.verified_differing, 0u);
    if (user.mesh() != nullptr) expect_what_the_allocator_counts(view, *user.mesh());
}

// The rare and the close-by are looked at step by step, long histories now and then.
constexpr int kLookedAtOneByOne = 400;
constexpr int kBetweenLooks = 37;
constexpr int kStepsPerHistory = 20'000;

TEST(History, TheLedgerIsWhatTheProgramHoldsAfterEveryPrefix) {
    const std::pair<const char*, const char*> kinds[] = {
        {"n150", "0.66.0"}, {"t3k", "0.81.1"}, {"p150", "0.75.0"}, {"n300", "0.66.0"}};
    std::uint64_t events = 0, refusals = 0, looks = 0;
    for (std::uint32_t seed = 1; events < events_wanted() && !HasFailure(); ++seed) {
        SCOPED_TRACE(seed);
        const auto& [machine, release] = kinds[seed % std::size(kinds)];
        Watched watched(machine, release);
        RandomUser user(watched.context, seed);
        for (int i = 0; i < kStepsPerHistory && !HasFailure(); ++i) {
            SCOPED_TRACE(i);
            user.step();
            watched.receive();
            if (i >= kLookedAtOneByOne && i % kBetweenLooks != 0) continue;
            expect_the_truth(watched.view(), user);
            ++looks;
        }
        user.close();
        watched.receive();
        const ledger::ProcessView last = watched.view();
        expect_the_truth(last, user);
        EXPECT_EQ(last.events.lost, 0u);
        EXPECT_GT(last.health.verified, 0u);
        events += last.events.produced;
        refusals += user.refusals();
    }
    std::printf("%llu events, %llu refusals, %llu looks\n", static_cast<unsigned long long>(events),
                static_cast<unsigned long long>(refusals), static_cast<unsigned long long>(looks));
}

TEST(History, WhatIsLostOfTheStoryIsLostOfNothingElse) {
    for (std::uint32_t seed = 1; seed <= 4 && !HasFailure(); ++seed) {
        SCOPED_TRACE(seed);
        Watched watched("n150", "0.81.1");
        RandomUser user(watched.context, seed);
        std::uint64_t lost = 0;
        for (int look = 0; look < 6; ++look) {
            for (int i = 0; i < 30'000; ++i) user.step();  // more than a ring keeps
            watched.receive();
            watched.view();  // what is on its way counts as lost when it misses two looks
            watched.receive();
            const ledger::ProcessView view = watched.view();
            expect_the_truth(view, user);
            lost = view.events.lost;
        }
        EXPECT_GT(lost, 0u);
    }
}

}  // namespace
}  // namespace plimsoll::proof
