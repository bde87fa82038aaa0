#include "agents/ttmetal/buffer_layout.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace plimsoll::ttmetal {
namespace {

using Bytes = std::vector<unsigned char>;

// The five functions, each followed by what comes next in the library.
struct Functions {
    Bytes address, num_pages, is_dram, num_cores, device;

    [[nodiscard]] BufferCode code() const {
        const auto start = [](const Bytes& bytes) {
            return bytes.empty() ? nullptr : bytes.data();
        };
        return {start(address), start(num_pages), start(is_dram), start(num_cores), start(device)};
    }
    std::array<Bytes*, 5> all() { return {&address, &num_pages, &is_dram, &num_cores, &device}; }
};

// Of ttnn 0.66.0.
Functions in_buffer() {
    return {
        {0x80, 0x7f, 0x48, 0x00, 0x74, 0x04, 0x8b, 0x47, 0x50, 0xc3, 0x50, 0x48},
        {0x48, 0x8b, 0x4f, 0x58, 0x48, 0x85, 0xc9, 0x74, 0x16, 0x48, 0x8b,
         0x47, 0x18, 0x48, 0x89, 0xc2, 0x48, 0x09, 0xca, 0x48, 0xc1, 0xea,
         0x20, 0x74, 0x09, 0x31, 0xd2, 0x48, 0xf7, 0xf1, 0xc3},
        {0xf7, 0x47, 0x20, 0xfb, 0xff, 0xff, 0xff, 0x0f, 0x94, 0xc0, 0xc3},
        {0x53, 0x8b, 0x47, 0x24, 0x83, 0xc0, 0xfe, 0x83, 0xf8, 0x02, 0x77, 0x3a},
        {},
    };
}

// Of ttnn 0.81.1.
Functions behind_pointer() {
    return {
        {0x48, 0x8b, 0x47, 0x10, 0x80, 0x78, 0x38, 0x00, 0x74, 0x04, 0x8b, 0x40, 0x40, 0xc3},
        {0x48, 0x8b, 0x47, 0x10, 0x48, 0x8b, 0x48, 0x48, 0x48, 0x85, 0xc9, 0x74,
         0x16, 0x48, 0x8b, 0x40, 0x08, 0x48, 0x89, 0xc2, 0x48, 0x09, 0xca, 0x48,
         0xc1, 0xea, 0x20, 0x74, 0x09, 0x31, 0xd2, 0x48, 0xf7, 0xf1, 0xc3},
        {0x48, 0x8b, 0x47, 0x10, 0xf7, 0x40, 0x10, 0xfb, 0xff, 0xff, 0xff, 0x0f, 0x94, 0xc0, 0xc3},
        {0x53, 0x48, 0x8b, 0x7f, 0x10, 0x8b, 0x47, 0x14, 0x83, 0xc0, 0xfe, 0x83, 0xf8, 0x03, 0x77},
        {0x48, 0x8b, 0x47, 0x10, 0x48, 0x8b, 0x00, 0xc3},
    };
}

TEST(BufferLayout, IsReadOffCodeThatReadsTheBuffer) {
    BufferLayout layout{};
    ASSERT_TRUE(read_layout(in_buffer().code(), &layout));
    EXPECT_FALSE(layout.is_indirect);
    EXPECT_EQ(layout.address, 0x50);
    EXPECT_EQ(layout.bytes, 0x18);
    EXPECT_EQ(layout.bytes_of_page, 0x58);
    EXPECT_EQ(layout.type, 0x20);
    EXPECT_EQ(layout.device, 16);
    EXPECT_EQ(layout.arrangement, 0x24);
    EXPECT_EQ(layout.other_shardings, 2);
}

TEST(BufferLayout, IsReadOffCodeThatFollowsAPointer) {
    BufferLayout layout{};
    ASSERT_TRUE(read_layout(behind_pointer().code(), &layout));
    EXPECT_TRUE(layout.is_indirect);
    EXPECT_EQ(layout.fields, 0x10);
    EXPECT_EQ(layout.address, 0x40);
    EXPECT_EQ(layout.bytes, 0x08);
    EXPECT_EQ(layout.bytes_of_page, 0x48);
    EXPECT_EQ(layout.type, 0x10);
    EXPECT_EQ(layout.device, 0);
    EXPECT_EQ(layout.arrangement, 0x14);
    EXPECT_EQ(layout.other_shardings, 3);
}

// Offsets may be others, but one that stands twice must be the same.
TEST(BufferLayout, IsUnknownWithAnyOtherByte) {
    for (const Functions& known : {in_buffer(), behind_pointer()}) {
        int offsets = 0;
        for (std::size_t function = 0; function < 5; ++function) {
            Functions functions = known;
            Bytes& bytes = *functions.all()[function];
            for (unsigned char& byte : bytes) {
                const unsigned char before = byte;
                byte ^= 0x04;
                BufferLayout layout{};
                if (read_layout(functions.code(), &layout)) ++offsets;
                byte = before;
            }
        }
        // Those that stand once, and what follows the functions in in_buffer().
        EXPECT_EQ(offsets, known.device.empty() ? 7 + 3 : 7);
    }
}

TEST(BufferLayout, IsUnknownWhereAnOffsetIsNegative) {
    Functions functions = in_buffer();
    functions.address[8] = 0x80;
    BufferLayout layout{};
    EXPECT_FALSE(read_layout(functions.code(), &layout));
}

TEST(BufferLayout, IsUnknownWithoutOneOfTheFunctions) {
    for (const Functions& known : {in_buffer(), behind_pointer()}) {
        for (std::size_t function = 0; function < 5; ++function) {
            Functions functions = known;
            if (functions.all()[function]->empty()) continue;
            functions.all()[function]->clear();
            BufferLayout layout{};
            EXPECT_FALSE(read_layout(functions.code(), &layout)) << function;
        }
    }
}

TEST(BufferLayout, IsUnknownWhereOneFunctionIsOfAnotherKind) {
    Functions mixed = in_buffer();
    mixed.is_dram = behind_pointer().is_dram;
    BufferLayout layout{};
    EXPECT_FALSE(read_layout(mixed.code(), &layout));
    mixed = in_buffer();
    mixed.device = behind_pointer().device;
    EXPECT_FALSE(read_layout(mixed.code(), &layout));
}

}  // namespace
}  // namespace plimsoll::ttmetal
