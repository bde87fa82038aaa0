#pragma once

#include <cstdint>

#include "metrics/scene.hpp"

namespace plimsoll::server {

std::uint64_t seconds_since_1970();

// Of the process that calls; what the kernel does not tell stays 0.
metrics::ServerHealth own_health(std::uint64_t start_time_s);

}  // namespace plimsoll::server
