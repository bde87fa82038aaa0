#pragma once

#include <filesystem>
#include <memory>

#include "http/door.hpp"
#include "server/server.hpp"

namespace plimsoll::server {

// Opens what --http asks for. By a port, the token is that of --http-token-file, else of a file
// beside `socket` that outlives the server, so that who knew it knows it still. Null: it cannot be,
// and standard error says why.
std::unique_ptr<http::Door> open_http(const Options& options, const std::filesystem::path& socket);

// Where the page is, and how to get its token: the token itself is told to a terminal alone, for
// what else standard output is kept by, others may read.
std::string place_of_page(const http::Door& door, const Options& options,
                          const std::filesystem::path& socket);

}  // namespace plimsoll::server
