#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "metrics/scene.hpp"
#include "server/limits.hpp"

namespace plimsoll::server {

inline constexpr int kOwnFailure = 125;  // the exit code, as plimsoll's

// Where HTTP is spoken; see src/http.
struct HttpOptions {
    std::string address;               // empty: nowhere
    std::vector<std::string> names;    // of this machine, beside addresses and localhost
    std::filesystem::path token_file;  // empty: beside the socket
};

struct Options {
    std::filesystem::path socket;  // empty: the usual place
    bool quiet = false;
    // Instead of watching: serves the page of the documents in this file, whose descriptor it is.
    int documents = -1;
    HttpOptions http;
    metrics::Detail metrics;
    Limits limits;
};

// Watches until it is asked to end (SIGTERM, SIGINT, SIGHUP). Returns the exit code.
int serve(const Options& options);

}  // namespace plimsoll::server
