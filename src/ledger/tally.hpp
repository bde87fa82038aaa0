#pragma once

#include <compare>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "ledger/flat_index.hpp"

namespace plimsoll::ledger {

// How many allocations one portion has, and their bytes.
struct Share {
    std::uint64_t count = 0;
    std::uint64_t bytes = 0;
    friend auto operator<=>(const Share&, const Share&) = default;
};
using Shares = std::unordered_map<std::uint32_t, Share>;  // by number of the portion

void add_shares(Shares& sum, const Shares& more);

// The portions that a sum is made of, and those it was made of at the moment that each of several
// watches had marked. A moment costs nothing to mark: what changes after it is kept as it was. So a
// level that rises with every step costs no more than one that does not.
//
// Memory: an entry for each portion that ever changed, and for each watch that it changed under.
class Tally {
  public:
    // Adds, wrapping: what is taken away is added as its complement.
    void change(std::uint32_t portion, std::uint64_t count, std::uint64_t bytes);

    // From here on at_mark() says what is now.
    void mark(std::size_t watch);
    // The watch does not ask any more.
    void forget(std::size_t watch);

    // Without those that are empty.
    [[nodiscard]] Shares now() const;
    [[nodiscard]] Shares at_mark(std::size_t watch) const;

  private:
    struct Portion {
        std::uint32_t number = 0;
        Share share;
    };
    // As it was when `mark` was set.
    struct Before {
        std::uint64_t mark = 0;
        Share share;
    };
    struct Moment {
        std::uint64_t mark = 0;      // how often it was marked; 0: not at all, or forgotten
        std::vector<Before> before;  // by place; of other marks than this one: not changed since
    };

    FlatIndex places_;  // by portion
    std::vector<Portion> portions_;
    std::vector<Moment> moments_;
    std::uint64_t marks_ = 0;
};

}  // namespace plimsoll::ledger
