#pragma once

#include <plimsoll/client.h>

#include <cstddef>
#include <cstdint>

namespace plimsoll::ttmetal {

// The functions that are being called on this thread, innermost first, without the agent's own: up
// to the interpreter of Python where there is one, as its frames say more than its functions.
//
// Failure: empty where nothing can be unwound.
// Limits:  48 functions, among the innermost 96; no heap, no symbol is looked up
struct NativeStack {
    static constexpr std::size_t kMost = 48;

    std::uintptr_t interpreter;  // an address in its module; 0: look at all
    std::size_t seen = 0;
    std::size_t count = 0;
    std::uintptr_t at[kMost];  // within the call

    void read();
    [[nodiscard]] std::uint64_t hash() const;
};

// Writes them down as frames of a call site, at most two: the runtime's functions between the
// program and the memory ("<inside>"), and the program's own ("<native>"). Each is a list of
// addresses in files, a line per file: "/path/lib.so+0x12+0x34". Returns how many.
inline constexpr std::size_t kMostStackFrames = 2;
std::size_t intern_stack(plimsoll_client* client, const NativeStack& stack, plimsoll_frame* to);

// Why nothing can be unwound, for a person; null: it can.
const char* why_no_native_stack();

}  // namespace plimsoll::ttmetal
