#pragma once

namespace plimsoll::ttmetal {

// A device is about to close: from now on a buffer may outlive its device, and then its destructor
// is all that tells of its end. Until then no destructor of a buffer is looked at.
void watch_for_survivors();

}  // namespace plimsoll::ttmetal
