#include "agents/ttmetal/python_frames.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <random>
#include <set>
#include <vector>

namespace plimsoll::ttmetal {
namespace {

constexpr const PythonLayout& kLayout = kPythonLayouts[kLayout3_10];

// What is hashed of a code object, at the places where the interpreter has it.
struct Code {
    alignas(16) std::array<char, 176> bytes{};

    void put(std::size_t offset, std::uint64_t value) {
        std::memcpy(bytes.data() + offset, &value, sizeof value);
    }
};

// Some code objects one after the other, whose names lie close together as well.
std::vector<Code> close_together(std::uint64_t count) {
    constexpr std::uint64_t kHeap = 0x7f12'3456'7000;
    std::vector<Code> codes(count);
    for (std::uint64_t i = 0; i < count; ++i) {
        codes[i].put(kLayout.code_first_line, 10 + i / 2);
        codes[i].put(kLayout.code_file, kHeap + i % 2 * 16);
        codes[i].put(kLayout.code_function, kHeap + 0x1000 + i % 3 * 16);
        codes[i].put(kLayout.code_lines, kHeap + 0x2000 + i % 5 * 16);
    }
    return codes;
}

TEST(PythonPath, IsToldFromAnyOtherByItsHash) {
    constexpr std::size_t kDepth = 5;
    const std::vector<Code> codes = close_together(8);
    std::mt19937 random(1);
    std::set<std::array<std::uint32_t, 2 * kDepth>> paths;
    std::set<std::uint64_t> hashes;
    for (int i = 0; i < 50'000; ++i) {
        std::array<std::uint32_t, 2 * kDepth> path{};
        std::uint64_t hash = 1;
        for (std::size_t at = 0; at < kDepth; ++at) {
            path[2 * at] = static_cast<std::uint32_t>(random()) % 8;
            path[2 * at + 1] = static_cast<std::uint32_t>(random()) % 16;
            const PythonFrame frame{codes[path[2 * at]].bytes.data(),
                                    static_cast<std::int32_t>(path[2 * at + 1]), nullptr};
            hash = mix_frame<kLayout3_10>(hash, frame);
        }
        paths.insert(path);
        hashes.insert(mix(hash, kDepth));
    }
    EXPECT_EQ(hashes.size(), paths.size());
}

TEST(PythonPath, IsAnotherWhenACodeObjectTakesAnothersPlace) {
    Code code = close_together(1)[0];
    const PythonFrame frame{code.bytes.data(), 4, nullptr};
    std::set<std::uint64_t> hashes{mix_frame<kLayout3_10>(1, frame)};
    for (const std::size_t field :
         {kLayout.code_first_line, kLayout.code_file, kLayout.code_function, kLayout.code_lines}) {
        code = close_together(1)[0];
        code.put(field, 0x7f00'0000'1230);
        hashes.insert(mix_frame<kLayout3_10>(1, frame));
    }
    EXPECT_EQ(hashes.size(), 5u);
}

}  // namespace
}  // namespace plimsoll::ttmetal
