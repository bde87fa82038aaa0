#pragma once

#include <span>
#include <string>

#include "machines/machine.hpp"

namespace plimsoll::exporting {

// The mock machines as JSON, schema 1. Capacities are those of one chip.
std::string machines_json(std::span<const machines::Machine> machines);

}  // namespace plimsoll::exporting
