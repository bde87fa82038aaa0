#pragma once

#include <string>

#include "machines/machine.hpp"

namespace plimsoll::machines {

// The machine as the runtime reads it: the text of a cluster descriptor (YAML). The same machine
// gives the same text.
//
// Every release takes this one text. Releases with UMD before 0.9 look for the type of a board
// under `chip_to_boardtype` only, later ones under `boards` only; without it each chip costs a
// warning about its harvested rows.
std::string cluster_descriptor(const Machine& machine);

}  // namespace plimsoll::machines
