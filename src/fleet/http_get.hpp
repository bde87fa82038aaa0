#pragma once

#include <string>
#include <variant>

namespace plimsoll::fleet {

struct Fetched {
    long status = 0;  // of HTTP
    std::string body;
};

// Why nothing came, in words: "the name cannot be resolved".
struct NotFetched {
    std::string why;
};

// Fetches by http or https with libcurl, the system's: it knows which certificates the system
// trusts. It is loaded when it is needed, so that no other command has to wait for its thirty
// libraries, and the wheel need not bring them.
//
// Limits: kMostBytes, 5 s to connect, 30 s in all; redirections are not followed.
// Threads: blocks the one that calls.
inline constexpr std::size_t kMostBytes = 16 << 20;
std::variant<Fetched, NotFetched> http_get(const std::string& url, const std::string& token);

}  // namespace plimsoll::fleet
