#pragma once

#include "server/server.hpp"

namespace plimsoll::server {

// Serves the page with documents that do not change, which `plimsoll serve` has made of a report.
// Returns the exit code.
int serve_documents(const Options& options);

}  // namespace plimsoll::server
