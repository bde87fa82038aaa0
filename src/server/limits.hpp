#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <optional>

namespace plimsoll::server {

// How much of the server anybody may use. Who asks for more is refused, and nobody else is harmed.
struct Limits {
    std::optional<gid_t> group;  // whose members are told of all users' processes
    std::size_t connections = 256;
    std::size_t connections_per_user = 64;
    std::size_t processes = 4096;
    std::size_t processes_per_user = 2048;
    std::size_t history = 256;  // last words of processes that have ended
    std::size_t marks = 256;    // the oldest are forgotten
    std::size_t request_bytes = 64 << 10;
    std::size_t answer_bytes = 16 << 20;
    std::size_t queued_bytes_per_user = 64 << 20;  // answers that were not fetched yet
    std::size_t rows = 20000;                      // allocations in one answer
    std::size_t page_rows = 200000;                // on the page
    std::size_t page_bytes = 16 << 20;             // of the documents it draws
};

}  // namespace plimsoll::server
