#include "http/admission.hpp"

#include <arpa/inet.h>

#include <algorithm>

#include "http/token.hpp"

namespace plimsoll::http {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_same_word(std::string_view left, std::string_view right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](char l, char r) { return lower(l) == lower(r); });
}

bool is_number(int family, std::string_view host) {
    in6_addr ignored{};  // large enough for both
    return ::inet_pton(family, std::string(host).c_str(), &ignored) == 1;
}

bool is_port(std::string_view text) {
    return text.size() <= 5 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Without ":PORT"; empty when what follows the name is no port.
std::string_view name_of(std::string_view host) {
    const std::size_t end = host.starts_with('[') ? host.find(']') : host.find(':');
    if (end == host.npos) return host.starts_with('[') ? std::string_view() : host;
    const std::size_t size = host.starts_with('[') ? end + 1 : end;
    const std::string_view rest = host.substr(size);
    if (!rest.empty() && (!rest.starts_with(':') || !is_port(rest.substr(1)))) return {};
    return host.substr(0, size);
}

}  // namespace

bool is_own_host(std::string_view host, const std::vector<std::string>& names) {
    if (host.find('\0') != host.npos) return false;
    const std::string_view name = name_of(host);
    if (name.starts_with('[')) return is_number(AF_INET6, name.substr(1, name.size() - 2));
    if (is_same_word(name, "localhost") || is_number(AF_INET, name)) return true;
    return std::any_of(names.begin(), names.end(), [name](const std::string& own) {
        return !own.empty() && is_same_word(name, own);
    });
}

bool is_cross_site(const Headers& headers) {
    if (!headers.fetch_site.empty() && headers.fetch_site != "same-origin" &&
        headers.fetch_site != "none") {
        return true;
    }
    if (headers.origin.empty()) return false;
    constexpr std::string_view kSchemes[] = {"http://", "https://"};
    return std::none_of(std::begin(kSchemes), std::end(kSchemes), [&](std::string_view scheme) {
        return headers.origin.starts_with(scheme) &&
               is_same_word(headers.origin.substr(scheme.size()), headers.host);
    });
}

bool shows_token(const Headers& headers, std::string_view token) {
    constexpr std::string_view kScheme = "Bearer ";
    const std::string_view shown = headers.authorization;
    return !token.empty() && shown.size() > kScheme.size() &&
           is_same_word(shown.substr(0, kScheme.size()), kScheme) &&
           is_same_token(token, shown.substr(kScheme.size()));
}

}  // namespace plimsoll::http
