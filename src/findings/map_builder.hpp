#pragma once

#include <map>
#include <string>
#include <utility>

#include "findings/memory_map.hpp"

namespace plimsoll::findings {

// Somebody who holds something: alike ones share a letter.
struct Who {
    Kind kind = Kind::unknown;
    Owner owner = Owner::unknown;
    std::string place;  // "model.py:12 in forward"

    friend auto operator<=>(const Who&, const Who&) = default;
};

// Puts a map together. Numbers may come from any file: what cannot lie anywhere is left out.
class MapBuilder {
  public:
    explicit MapBuilder(Region region) { map_.region = region; }

    // Lanes are told apart by their key.
    void add(const std::string& key, const std::string& name, bool of_program, const Run& run,
             const Who& who);
    void leave_out(std::uint64_t pieces) { map_.left_out += pieces; }

    // Lanes in their order, holders with their letters. Programs that are alike share a lane, and
    // those beyond kMaxLanes the last one.
    [[nodiscard]] MemoryMap finish(std::optional<Extent> bank) &&;

    static constexpr std::size_t kMaxLanes = 8;

  private:
    struct Held {
        std::uint64_t count = 0;
        std::uint64_t bytes = 0;
        std::uint64_t begin = UINT64_MAX;
    };

    void join_lanes();
    void name_holders();

    MemoryMap map_;
    std::map<std::string, std::size_t> lanes_;
    std::map<Who, std::size_t> numbers_;
    std::vector<Held> held_;
};

}  // namespace plimsoll::findings
