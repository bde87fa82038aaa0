#pragma once

#include <cstddef>
#include <cstdint>

#include "segment/layout.hpp"

namespace plimsoll::client {

// Whether a caller's struct can be understood: it is at least as long as ours, and what a newer
// caller knows beyond that is zero. An absurd size is refused before anything is read by it.
template <class T>
bool understood(const T* given) {
    if (given == nullptr) return false;
    if (__builtin_expect(given->size == sizeof(T), 1)) return true;
    if (given->size < sizeof(T) || given->size > segment::kPage) return false;
    const auto* bytes = reinterpret_cast<const unsigned char*>(given);
    for (std::size_t at = sizeof(T); at < given->size; ++at) {
        if (bytes[at] != 0) return false;
    }
    return true;
}

}  // namespace plimsoll::client
