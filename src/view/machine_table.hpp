#pragma once

#include <span>
#include <string>

#include "machines/machine.hpp"

namespace plimsoll::view {

// The mock machines, a line each: what a program finds on them.
std::string machine_table(std::span<const machines::Machine> machines);

}  // namespace plimsoll::view
