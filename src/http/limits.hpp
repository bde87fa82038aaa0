#pragma once

#include <chrono>
#include <cstddef>

namespace plimsoll::http {

// How much anybody may take. Of too many connections those go first that wait longest without
// having asked; what is too slow is closed.
struct Limits {
    std::size_t connections = 128;
    std::size_t streams = 64;
    std::size_t streams_per_user = 32;
    std::size_t requests_per_second = 50;  // of one user, for what not everybody may know
    std::size_t request_bytes = 16 << 10;  // with its headers; as much again for those of an answer
    std::size_t answer_bytes = 32 << 20;
    std::chrono::milliseconds to_ask{10'000};    // for a whole request, and between two
    std::chrono::milliseconds to_fetch{60'000};  // for a whole answer
};

}  // namespace plimsoll::http
