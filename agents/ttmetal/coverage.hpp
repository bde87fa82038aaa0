#pragma once

#include <plimsoll/client.h>

#include <cstdint>

namespace plimsoll::ttmetal {

// How far what is told of a kind, or of a detail, reaches in this process: a seam that the release
// lacks makes a figure unknown, never zero.
struct SubjectCoverage {
    plimsoll_coverage state;
    const char* why;  // empty: there is nothing to say
};
SubjectCoverage coverage_of(std::uint32_t subject);

// Tells the client, subject by subject.
void report_coverage(plimsoll_client* client);

}  // namespace plimsoll::ttmetal
