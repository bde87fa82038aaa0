#pragma once

#include <cstdint>
#include <vector>

namespace plimsoll::ledger {

// Numbers by key, in one array that is looked through from the key's place on: one cache line for
// most look-ups. For what every event asks; elsewhere the standard containers do.
//
// Trust: keys are whatever a segment says, so their places depend on where this object lies, which
// no segment's writer knows. Threads: none.
class FlatIndex {
  public:
    static constexpr std::uint32_t kNone = 0xffffffff;  // no number

    // kNone: it is not there.
    [[nodiscard]] std::uint32_t find(std::uint64_t key) const {
        if (entries_.empty()) return kNone;
        return entries_[place_of(key)].number;
    }
    // False: it is there already, and keeps its number.
    bool insert(std::uint64_t key, std::uint32_t number) {
        if ((size_ + 1) * 3 > entries_.size() * 2) grow();
        Entry& entry = entries_[place_of(key)];
        if (entry.number != kNone) return false;
        entry = Entry(key, number);
        ++size_;
        return true;
    }
    // Returns its number, or kNone.
    std::uint32_t erase(std::uint64_t key) {
        if (entries_.empty()) return kNone;
        std::size_t hole = place_of(key);
        const std::uint32_t number = entries_[hole].number;
        if (number == kNone) return kNone;
        --size_;
        // Those behind it that would not be found any more move up.
        for (std::size_t next = after(hole); entries_[next].number != kNone; next = after(next)) {
            const std::size_t home = home_of(entries_[next].key());
            if (((next - home) & mask()) < ((next - hole) & mask())) continue;
            entries_[hole] = entries_[next];
            hole = next;
        }
        entries_[hole].number = kNone;
        return number;
    }
    void clear() { *this = {}; }

    [[nodiscard]] std::size_t size() const { return size_; }
    // Has the key's place brought near, for a look-up that comes soon. (GCC leaves out calls of
    // what only fetches, so none of these may be a call.)
    [[gnu::always_inline]] void fetch_ahead(std::uint64_t key) const {
        if (!entries_.empty()) __builtin_prefetch(&entries_[home_of(key)]);
    }

  private:
    // 12 bytes: there are as many as live allocations, and more.
    struct Entry {
        std::uint32_t low = 0;
        std::uint32_t high = 0;
        std::uint32_t number = kNone;

        Entry() = default;
        Entry(std::uint64_t key, std::uint32_t its)
            : low(static_cast<std::uint32_t>(key)),
              high(static_cast<std::uint32_t>(key >> 32)),
              number(its) {}
        [[nodiscard]] std::uint64_t key() const { return std::uint64_t{high} << 32 | low; }
    };
    static constexpr std::size_t kLeast = 16;

    [[nodiscard]] std::size_t mask() const { return entries_.size() - 1; }
    [[nodiscard]] std::size_t after(std::size_t place) const { return (place + 1) & mask(); }
    // The upper half of a product is a good mixture of all bits of the key.
    [[nodiscard]] std::size_t home_of(std::uint64_t key) const {
        const std::uint64_t mixed = (key ^ (key >> 32)) * factor_;
        return static_cast<std::size_t>(mixed >> 32) & mask();
    }
    // Where the key is, or where it would be.
    [[nodiscard]] std::size_t place_of(std::uint64_t key) const {
        std::size_t place = home_of(key);
        while (entries_[place].number != kNone && entries_[place].key() != key)
            place = after(place);
        return place;
    }
    void grow() {
        const std::vector<Entry> before = std::move(entries_);
        entries_ = std::vector<Entry>(before.empty() ? kLeast : before.size() * 2);
        for (const Entry& entry : before) {
            if (entry.number != kNone) entries_[place_of(entry.key())] = entry;
        }
    }
    static std::uint64_t any_factor(const void* here) {
        std::uint64_t mixed = reinterpret_cast<std::uintptr_t>(here) * 0x9e3779b97f4a7c15;
        mixed = (mixed ^ (mixed >> 29)) * 0xbf58476d1ce4e5b9;
        return (mixed ^ (mixed >> 32)) | 1;
    }

    std::vector<Entry> entries_;  // as many as a power of two, a third of them empty
    std::size_t size_ = 0;
    std::uint64_t factor_ = any_factor(this);
};

}  // namespace plimsoll::ledger
