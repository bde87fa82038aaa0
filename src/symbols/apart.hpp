#pragma once

#include <functional>
#include <string>
#include <vector>

#include "ledger/places.hpp"

namespace plimsoll::symbols {

using NameOne = std::function<ledger::Frame(const std::string&)>;

// What `name_one` makes of each, in a process of its own: when that meets a file which makes it
// fault, or takes more than ten seconds or four gigabytes, what it named before stays named and the
// answer ends there. `places` has no text that contains a zero.
//
// Threads: forks, so not beside other threads that hold locks.
std::vector<ledger::Frame> named_apart(const std::vector<std::string>& places,
                                       const NameOne& name_one);

}  // namespace plimsoll::symbols
