#pragma once

#include <filesystem>
#include <memory>

#include "http/door.hpp"
#include "server/server.hpp"

namespace plimsoll::server {

// Opens what --http asks for. By a port, the token is that of `token_file`, which is made if it is
// not there and outlives the server: who knew it knows it still. Without a file it is one of this
// run. Null: it cannot be, and standard error says why.
std::unique_ptr<http::Door> open_http(const Options& options,
                                      const std::filesystem::path& token_file);

// Where the page is, and how to get its token. A token that outlives the server is told to a
// terminal alone: what else standard output is kept by, others may read.
std::string place_of_page(const http::Door& door, const std::filesystem::path& token_file);

}  // namespace plimsoll::server
