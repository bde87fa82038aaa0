#pragma once

#include <plimsoll/client.h>

namespace plimsoll::ttmetal {

// How far the figures of one kind reach in this release: a seam it lacks makes a figure unknown,
// never zero.
struct KindCoverage {
    plimsoll_coverage state;
    const char* why;  // empty: there is nothing to say
};
KindCoverage coverage_of(plimsoll_kind kind);

// Tells the client, kind by kind.
void report_coverage(plimsoll_client* client);

}  // namespace plimsoll::ttmetal
