#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/ids.hpp"

namespace plimsoll::ledger {

// Counts iterations as the program names them: each time the same mark comes again. The first name
// leads; another one takes over when it repeats and the first does not, or comes again and again
// while the leader is silent. Whichever thread a mark comes from, it counts.
class MarkClock {
  public:
    void mark(TextId name) {
        if (now_ == 0 || name == leader_) {
            lead(name);
            return;
        }
        const auto its = std::find_if(others_.begin(), others_.end(),
                                      [name](const Other& one) { return one.name == name; });
        Other& other = its != others_.end() ? *its : others_[oldest_++ % others_.size()];
        if (its == others_.end()) other = {name, 0};
        if (++other.since_leader >= (now_ == 1 ? 2 : kTakesOver)) lead(name);
    }

    [[nodiscard]] std::uint32_t now() const { return now_; }
    [[nodiscard]] TextId leader() const { return leader_; }

  private:
    static constexpr std::uint32_t kTakesOver = 8;

    struct Other {
        TextId name;
        std::uint32_t since_leader = 0;
    };

    void lead(TextId name) {
        leader_ = name;
        ++now_;
        for (Other& other : others_) other.since_leader = 0;
    }

    TextId leader_;
    std::uint32_t now_ = 0;
    std::array<Other, 8> others_{};
    std::size_t oldest_ = 0;
};

}  // namespace plimsoll::ledger
