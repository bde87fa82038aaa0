#include "http/address.hpp"

#include <arpa/inet.h>

#include <charconv>
#include <string_view>

namespace plimsoll::http {
namespace {

constexpr std::string_view kUnix = "unix:";

std::optional<std::uint16_t> read_port(std::string_view text) {
    std::uint16_t port = 0;
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, port);
    if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
    return port;
}

bool is_number(int family, const std::string& host) {
    in6_addr ignored{};  // large enough for both
    return ::inet_pton(family, host.c_str(), &ignored) == 1;
}

}  // namespace

bool Port::is_loopback() const { return host == "::1" || host.starts_with("127."); }

std::optional<Address> read_address(const std::string& text) {
    if (text.find('\0') != text.npos) return std::nullopt;
    if (text.starts_with(kUnix)) {
        SocketFile file{text.substr(kUnix.size())};
        if (file.path.empty()) return std::nullopt;
        return file;
    }
    const std::size_t colon = text.rfind(':');
    if (colon == text.npos) return std::nullopt;
    const std::optional<std::uint16_t> port = read_port(std::string_view(text).substr(colon + 1));
    if (!port) return std::nullopt;
    std::string host = text.substr(0, colon);
    if (host.empty()) host = "127.0.0.1";
    if (host.front() == '[' && host.back() == ']') {
        host = host.substr(1, host.size() - 2);
        if (!is_number(AF_INET6, host)) return std::nullopt;
    } else if (!is_number(AF_INET, host)) {
        return std::nullopt;
    }
    return Port{std::move(host), *port};
}

std::string text_of(const Address& address) {
    if (const auto* file = std::get_if<SocketFile>(&address)) {
        return std::string(kUnix) + file->path;
    }
    const Port& port = std::get<Port>(address);
    const bool is_ipv6 = port.host.find(':') != std::string::npos;
    return (is_ipv6 ? "[" + port.host + "]" : port.host) + ":" + std::to_string(port.number);
}

}  // namespace plimsoll::http
