#pragma once

#include "segment/layout.hpp"

namespace plimsoll::client {

// Who this process is: pid, start time, pid namespace, user, name. What cannot be read stays 0.
void write_identity(segment::Header& header);

}  // namespace plimsoll::client
