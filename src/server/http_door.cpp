#include "server/http_door.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "http/token.hpp"

namespace plimsoll::server {
namespace {

namespace fs = std::filesystem;

void fail(const std::string& what, const std::string& expected, const std::string& to_do) {
    // `plimsoll serve` becomes this program, and keeps its name.
    fmt::print(stderr, "{}: {}\n  expected: {}\n  to do: {}\n", program_invocation_short_name, what,
               expected, to_do);
}

void fail_with_token(const Error& error, const fs::path& file) {
    const bool is_known = error.number == EPERM || error.number == EINVAL;
    fail(fmt::format(
             "{} in '{}'{}", error.text, file.string(),
             is_known ? "" : fmt::format(": {}", std::strerror(static_cast<int>(error.number)))),
         fmt::format("a file of this user's that nobody else may read, whose first line is a token "
                     "of {} to {} letters and digits",
                     http::kShortestToken, http::kLongestToken),
         "take the file away, then another is made; or --http-token-file FILE");
}

}  // namespace

std::unique_ptr<http::Door> open_http(const Options& options, const fs::path& token_file) {
    const std::optional<http::Address> address = http::read_address(options.http.address);
    if (!address) {
        fail(fmt::format("'{}' is no address", options.http.address), http::kAddresses,
             "--http ADDRESS");
        return nullptr;
    }
    http::DoorOptions door{*address, {}, options.limits.group, options.http.names, {}};
    if (std::holds_alternative<http::Port>(*address)) {
        Result<std::string> token =
            token_file.empty() ? http::make_token() : http::read_or_make_token(token_file);
        if (!token) {
            fail_with_token(token.error(), token_file);
            return nullptr;
        }
        door.token = std::move(token).value();
    }
    Result<std::unique_ptr<http::Door>> opened = http::Door::open(std::move(door));
    if (!opened) {
        fail(fmt::format("{} at '{}': {}", opened.error().text, http::text_of(*address),
                         std::strerror(static_cast<int>(opened.error().number))),
             "an address of this machine that is free", "--http ADDRESS");
        return nullptr;
    }
    return std::move(opened).value();
}

std::string place_of_page(const http::Door& door, const fs::path& token_file) {
    const std::string place = http::text_of(door.place());
    if (std::holds_alternative<http::SocketFile>(door.place())) return place;
    const std::string url = fmt::format("http://{}/", place);
    if (token_file.empty() || ::isatty(STDOUT_FILENO) == 1)
        return fmt::format("{}#token={}", url, door.token());
    return fmt::format("{}, with the token in {}", url, token_file.string());
}

}  // namespace plimsoll::server
