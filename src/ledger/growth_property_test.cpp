#include <gtest/gtest.h>

#include <cstdio>
#include <deque>
#include <optional>

#include "ledger/simulated_loop.hpp"

// Programs of varying shape, with and without leaks: none of the ones without is suspected, and
// every leak of at least one allocation in two iterations is found within twelve.
namespace plimsoll::ledger {
namespace {

constexpr int kCleanRuns = 2000;
constexpr int kLeakyRuns = 1000;
constexpr int kWithin = 12;

// Sites, by what they do.
enum : std::uint32_t { kInput = 1, kLeak = 2, kOwn = 100, kLayer = 1000, kWeight = 5000 };

// A line that keeps what it makes for a while, in one of the ways that programs have.
struct Holder {
    enum class Way { cache, pool, queue, recent, teeth, program, larger } way = Way::cache;
    std::uint32_t site = 0;
    std::uint64_t limit = 1;
    std::uint64_t first = 0;  // iteration it begins with
    std::deque<std::uint64_t> held;
    std::vector<bool> known;
};

class Program {
  public:
    Program(std::uint32_t seed, std::uint64_t iterations) : loop(seed), iterations_(iterations) {
        layers_ = 1 + loop.below(12);
        lines_ = 1 + loop.below(6);
        late_frees_ = loop.once_in(2);
        computes_input_ = loop.once_in(3);
        unnamed_ = loop.once_in(5);
        for (std::uint64_t i = loop.below(5); i > 0; --i) add_holder();
        load();
    }

    void iterate(std::uint64_t number) {
        const std::uint64_t input =
            loop.make(kInput, computes_input_ ? Work::computes : Work::moves, 4096);
        std::vector<std::uint64_t> passing{input};
        const std::uint64_t layers = loop.once_in(20) ? 1 + loop.below(layers_) : layers_;
        for (std::uint64_t layer = 0; layer < layers; ++layer) forward(number, passing);
        for (Holder& holder : holders_) {
            if (number >= holder.first) hold(holder, number);
        }
        loop.free(passing);
    }

    // What a leak on a line of the loop itself leaves behind.
    void keep_one_of_layer() { keep_ = true; }

    SimulatedLoop loop;

  private:
    void add_holder() {
        Holder holder;
        holder.way = static_cast<Holder::Way>(loop.below(7));
        holder.site = kOwn + static_cast<std::uint32_t>(holders_.size());
        holder.first = loop.once_in(3) ? loop.below(iterations_ / 4) : 0;
        const bool slow = holder.way == Holder::Way::pool || holder.way == Holder::Way::program;
        holder.limit = 1 + loop.below(slow ? iterations_ / 10 : iterations_ / 4);
        holder.known.resize(holder.limit);
        holders_.push_back(holder);
    }

    // Weights: kept, with or without a temporary for each.
    void load() {
        const bool converts = loop.once_in(2);
        const Work work = loop.once_in(4) ? Work::computes : Work::moves;
        const std::uint64_t lines = 1 + loop.below(6);
        for (std::uint64_t layer = 0; layer < layers_ * 3; ++layer) {
            for (std::uint64_t line = 0; line < lines; ++line) {
                const auto site = kWeight + static_cast<std::uint32_t>(line);
                std::optional<std::uint64_t> raw;
                if (converts) raw = loop.make(site + 100, Work::moves);
                loop.make(site, work, 1U << (10 + loop.below(8)));
                if (raw) loop.free(*raw);
            }
        }
    }

    void forward(std::uint64_t number, std::vector<std::uint64_t>& passing) {
        for (std::uint64_t line = 0; line < lines_; ++line) {
            const auto site = kLayer + static_cast<std::uint32_t>(line);
            if (number == 0)
                loop.make(site, Work::computes, 4096, Owner::program, Kind::circular_buffer);
            const std::uint64_t made =
                loop.make(site, unnamed_ ? Work::unknown : Work::computes, 1024 << loop.below(4));
            if (keep_) {
                keep_ = false;
                continue;
            }
            if (late_frees_ && loop.once_in(3)) {
                passing.push_back(made);
            } else {
                loop.free(made);
            }
        }
    }

    void hold(Holder& holder, std::uint64_t number) {
        using Way = Holder::Way;
        const std::uint64_t entry =
            holder.way == Way::cache ? number % holder.limit : loop.below(holder.limit);
        const auto make = [&] { holder.held.push_back(loop.make(holder.site, Work::computes)); };
        const auto drop = [&] {
            loop.free(holder.held.front());
            holder.held.pop_front();
        };
        switch (holder.way) {
            case Way::cache:  // filled in order
            case Way::pool:   // filled as it comes
                if (!holder.known[entry]) make();
                holder.known[entry] = true;
                break;
            case Way::program:  // a program for each new shape
                if (holder.known[entry]) break;
                holder.known[entry] = true;
                for (int i = 0; i < 3; ++i) {
                    loop.make(holder.site, Work::computes, 4096, Owner::program,
                              Kind::circular_buffer);
                }
                break;
            case Way::queue:  // as deep as it happens to be
                while (holder.held.size() > entry) drop();
                while (holder.held.size() < entry) make();
                break;
            case Way::recent:  // the last ones
                make();
                if (holder.held.size() > holder.limit) drop();
                break;
            case Way::teeth:  // gathered, then given back
                make();
                if (holder.held.size() < holder.limit) break;
                while (!holder.held.empty()) drop();
                break;
            case Way::larger:  // one, of another size each time
                if (!holder.held.empty()) drop();
                holder.held.push_back(
                    loop.make(holder.site, Work::computes, 2048 * (1 + loop.below(64))));
                break;
        }
    }

    std::uint64_t iterations_, layers_ = 1, lines_ = 1;
    bool late_frees_ = false, computes_input_ = false, unnamed_ = false, keep_ = false;
    std::vector<Holder> holders_;
};

TEST(GrowthProperty, NothingIsSuspectedInCleanPrograms) {
    std::uint64_t looks = 0;
    for (std::uint32_t seed = 1; seed <= kCleanRuns; ++seed) {
        const std::uint64_t iterations = 24 + std::mt19937(seed)() % 200;
        Program program(seed, iterations);
        for (std::uint64_t i = 0; i < iterations; ++i) {
            program.iterate(i);
            // What fills up may look like growth as long as it does.
            if (i + 1 < iterations && (i < iterations / 2 + iterations / 4 || i % 7 != 0)) continue;
            ++looks;
            for (const Growth& growth : program.loop.growths()) {
                ADD_FAILURE() << "seed " << seed << ", iteration " << i << " of " << iterations
                              << ": site " << growth.site.value << " by " << growth.allocations
                              << " in " << growth.iterations;
            }
        }
    }
    std::printf("%d clean runs, %llu looks\n", kCleanRuns, static_cast<unsigned long long>(looks));
}

// A leak of one allocation per iteration or per two, on a line of its own or of the loop.
TEST(GrowthProperty, LeaksAreFoundWithinTwelveIterations) {
    std::array<int, 64> found_after{};
    for (std::uint32_t seed = 1; seed <= kLeakyRuns; ++seed) {
        std::mt19937 random(seed);
        const std::uint64_t clean = random() % 3 == 0 ? 50 + random() % 1000 : random() % 3;
        const std::uint64_t iterations = clean + 40;
        const bool own_line = random() % 2 == 0;
        const std::uint64_t every = 1 + random() % 2;
        const bool unsteady = random() % 3 == 0;
        Program program(seed, 24 + iterations);
        std::uint64_t found = 0;
        std::uint64_t when = 0;
        for (std::uint64_t i = 0; i < iterations; ++i) {
            if (i >= clean && (i - clean) % every == 0)
                when = i + (unsteady ? random() % every : 0);
            const bool leaks = i >= clean && i == when;
            if (leaks && !own_line) program.keep_one_of_layer();
            program.iterate(i);
            if (leaks && own_line) program.loop.make(kLeak, Work::moves, 64);
            if (found == 0 && i >= clean + 5) {
                for (const Growth& growth : program.loop.growths()) {
                    const bool it =
                        own_line ? growth.site.value == kLeak
                                 : growth.site.value >= kLayer && growth.site.value < kWeight;
                    if (it) found = i - clean + 1;
                }
            }
        }
        ++found_after[found];
        EXPECT_TRUE(found > 0 && found <= kWithin)
            << "seed " << seed << ": found after " << found << ", every " << every << ", own line "
            << own_line << ", unsteady " << unsteady << ", clean before " << clean;
    }
    for (std::size_t i = 0; i < found_after.size(); ++i) {
        if (found_after[i] > 0) std::printf("found after %zu: %d\n", i, found_after[i]);
    }
}

}  // namespace
}  // namespace plimsoll::ledger
