#pragma once

#include <plimsoll/client.h>

namespace plimsoll::ttmetal {

// Says, kind by kind, how far the figures of this release reach: a seam it lacks makes a figure
// unknown, never zero.
void report_coverage(plimsoll_client* client);

}  // namespace plimsoll::ttmetal
