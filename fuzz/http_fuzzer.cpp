#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "http/address.hpp"
#include "http/admission.hpp"

namespace {

using namespace plimsoll::http;

constexpr std::string_view kToken = "0123456789abcdef";

void expect(bool is_so) {
    if (!is_so) __builtin_trap();
}

// The next line of the input, without its end.
std::string_view take_line(std::string_view& text) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return line;
}

std::string lower(std::string_view text) {
    std::string lowered(text);
    for (char& c : lowered) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return lowered;
}

bool consists_of(std::string_view text, std::string_view characters) {
    return text.find_first_not_of(characters) == text.npos;
}

// Nothing that DNS could be asked for.
bool is_no_name(const std::string& host) {
    constexpr std::string_view kLocal = "localhost";
    if (host.starts_with(kLocal)) {
        return consists_of(std::string_view(host).substr(kLocal.size()), ":0123456789");
    }
    return consists_of(host, host.starts_with('[') ? "[]:.0123456789abcdef" : ":.0123456789");
}

}  // namespace

// What a stranger writes into a request, and an address that somebody asks to listen at: a line
// each.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view text(reinterpret_cast<const char*>(data), size);
    Headers headers;
    for (std::string_view* header :
         {&headers.host, &headers.origin, &headers.fetch_site, &headers.authorization}) {
        *header = take_line(text);
    }
    if (is_own_host(headers.host, {})) expect(is_no_name(lower(headers.host)));
    if (!is_cross_site(headers) && !headers.origin.empty()) {
        expect(lower(headers.origin).ends_with("://" + lower(headers.host)));
    }
    if (shows_token(headers, kToken)) {
        expect(headers.authorization.size() == 7 + kToken.size() &&
               headers.authorization.ends_with(kToken));
    }
    if (const auto address = read_address(std::string(text))) {
        const auto again = read_address(text_of(*address));
        expect(again && text_of(*again) == text_of(*address));
    }
    return 0;
}
