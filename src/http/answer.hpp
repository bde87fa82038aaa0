#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "collect/asker.hpp"
#include "http/streams.hpp"

namespace plimsoll::http {

// What a browser may do with what is no page.
inline constexpr const char* kNothing = "default-src 'none'; frame-ancestors 'none'";

// What is sent back. `body` may be shared by all who ask for the same.
struct Answer {
    int status = 200;
    const char* content_type = "text/plain; charset=utf-8";
    std::shared_ptr<const std::string> body;
    std::string content_policy = kNothing;
};

inline Answer plain(int status, std::string text) {
    return {status, "text/plain; charset=utf-8", std::make_shared<const std::string>(text + "\n")};
}

// Who may ask: anyone who reaches the address is told nothing that a stranger may not know.
enum class Access { anyone, asker };

// What is asked, and by whom. Borrowed until it is answered.
struct Request : collect::Asker {
    std::string_view accept;   // the header; empty: none
    std::string_view scraper;  // of what stands behind a '?', this alone: scraper=NAME
};

// One path, which is asked by GET or HEAD.
struct Route {
    std::string path;
    Access access = Access::asker;
    // Called at once, in the thread that serves, and not for long. May throw: then it is a 500.
    std::function<Answer(const Request&)> answer;
    // Instead: whoever asks stays and is told of each change.
    Revision revision = nullptr;
};

}  // namespace plimsoll::http
