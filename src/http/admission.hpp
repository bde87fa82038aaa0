#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::http {

// Who is let in: whoever shows the token, or comes by a Unix socket, where the kernel names the
// user; from a page that this server sent, or from no page at all.

// What a request says of where it comes from; empty: nothing.
struct Headers {
    std::string_view host;
    std::string_view origin;
    std::string_view fetch_site;  // Sec-Fetch-Site, which browsers set and pages cannot
    std::string_view authorization;
};

// Whether `host` can be meant for this server. An address can, and localhost; a name that DNS could
// give to any address only when it is in `names`: a page of that name, given our address
// afterwards, would read what we answer (DNS rebinding). Ports do not matter, they may be
// forwarded.
bool is_own_host(std::string_view host, const std::vector<std::string>& names);

// Whether a page of another place makes the browser ask. What a page of ours asks has its origin.
bool is_cross_site(const Headers& headers);

// Whether the token is shown: "Authorization: Bearer TOKEN".
bool shows_token(const Headers& headers, std::string_view token);

}  // namespace plimsoll::http
