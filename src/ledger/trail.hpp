#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace plimsoll::ledger {

// How one group of allocations went on: a step begins with a birth, and knows the least that was
// live from then until the next step began.
struct Step {
    std::uint64_t at = 0;           // which allocation of the process its first birth was, from 1
    std::uint64_t least_bytes = 0;  // live
    std::uint32_t least = 0;        // live
    std::uint32_t mark = 0;         // how many marks had come
    std::uint32_t births = 0;
};

// The steps of a group in bounded memory: the last kEach births have a step each, those before
// share one by twos, those before by fours, and so on (an exponential histogram). So what is k
// births ago is known to k / kEach births, and a long history costs a few hundred steps.
//
// Cost: amortised constant for each birth. Threads: none.
class Trail {
  public:
    void begin(std::uint64_t at, std::uint32_t mark, std::uint32_t live, std::uint64_t bytes);
    // Less is live than before, or as much.
    void fall(std::uint32_t live, std::uint64_t bytes);

    [[nodiscard]] const std::vector<Step>& steps() const { return steps_; }  // oldest first

    // How many births there had been when allocation `at` of the process was made, with it; of
    // those that share a step, in proportion.
    [[nodiscard]] double births_until(std::uint64_t at) const;

  private:
    static constexpr std::size_t kEach = 32;
    static constexpr std::size_t kAtOnce = 32;  // more of them, before any are merged
    static constexpr std::size_t kLevels = 24;

    static void merge(Step& into, const Step& from);
    void compact();

    std::vector<Step> steps_;
    std::array<std::size_t, kLevels> of_level_{};  // steps with 2^level births
    std::uint64_t births_ = 0;
    std::uint64_t forgotten_ = 0;  // births older than the oldest step
};

}  // namespace plimsoll::ledger
