#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace plimsoll::http {

// A port at an address of this machine.
struct Port {
    std::string host;          // 127.0.0.1 or ::1, as a number
    std::uint16_t number = 0;  // 0: any that is free

    // Whether only users of this machine reach it.
    [[nodiscard]] bool is_loopback() const;
};

// A Unix socket, which other users of this machine may reach as far as the file's mode lets them.
struct SocketFile {
    std::string path;
};

using Address = std::variant<Port, SocketFile>;

// What is expected, for a message to whoever wrote something else.
inline constexpr const char* kAddresses =
    "127.0.0.1:9464, [::1]:9464, :9464 (which is 127.0.0.1:9464) or unix:/path/of/socket";

// Nothing: it is none of these. A name is never looked up: what is listened at depends on no DNS.
std::optional<Address> read_address(const std::string& text);

// As a person or a browser writes it: "127.0.0.1:9464", "[::1]:9464", "unix:/path".
std::string text_of(const Address& address);

}  // namespace plimsoll::http
