#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace plimsoll::metrics {

struct Sample {
    std::vector<std::pair<std::string, std::string>> labels;  // name, value
    std::uint64_t value = 0;  // whole numbers only: 64 bits of them are exact, a double's are not
};

// One metric and its samples. A family without a sample is not shown: unknown is absent, never 0.
struct Family {
    enum class Type : std::uint8_t { gauge, counter, info };

    std::string name;  // base unit at its end; without the suffix of its type (_total, _info)
    Type type = Type::gauge;
    std::string help;       // our own words: no line break, quote or backslash in them
    std::string unit = {};  // what the name ends with; empty: none
    std::vector<Sample> samples = {};
};

}  // namespace plimsoll::metrics
