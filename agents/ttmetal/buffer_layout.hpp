#pragma once

#include <cstddef>
#include <cstdint>

namespace plimsoll::ttmetal {

// Where releases before 0.80 keep a buffer's device, which no function of theirs tells. Not to be
// believed by itself: only where it is the address of an open device.
inline constexpr std::uint8_t kDeviceInBuffer = 16;

// Where a buffer of the runtime keeps what it says of itself, in bytes.
struct BufferLayout {
    // From 0.80 on a buffer holds a pointer to its fields, before that the fields.
    bool is_indirect;
    std::uint8_t fields;  // where that pointer is

    // From the fields, or else from the buffer.
    std::uint8_t address;        // 32 bits
    std::uint8_t bytes;          // 64
    std::uint8_t bytes_of_page;  // 64
    std::uint8_t type;           // 32
    std::uint8_t device;         // a pointer
    std::uint8_t arrangement;    // 32: how its pages are spread over banks

    // Sharded is the arrangement with the number 2 and this many that follow it.
    std::uint8_t other_shardings;
};

// The first bytes of the functions that say it; null where a release has no such function.
struct BufferCode {
    static constexpr std::size_t kBytes = 40;

    const unsigned char* address;
    const unsigned char* num_pages;
    const unsigned char* is_dram;
    const unsigned char* num_cores;
    const unsigned char* device;
};

// Reads the layout off the machine code: each of these functions is a read or two, so where the
// code is one that is known byte by byte, it proves what it reads. Of num_cores it is the
// beginning, which decides whether there are any. False: it is another one, and the functions are
// to be called. Threads: any.
bool read_layout(const BufferCode& code, BufferLayout* layout);

}  // namespace plimsoll::ttmetal
