#include "agents/ttmetal/coverage.hpp"

#include <stdlib.h>
#include <string.h>

#include "agents/ttmetal/call_site.hpp"
#include "agents/ttmetal/runtime.hpp"
#include "agents/ttmetal/seam_names.hpp"

namespace plimsoll::ttmetal {
namespace {

constexpr SubjectCoverage kNotReported = {PLIMSOLL_UNKNOWN, "this release does not report them"};

bool has(const char* name) { return find_in_runtime(name) != nullptr; }

bool has_buffers() { return has(PLIMSOLL_TRACK_ALLOCATE) && has(PLIMSOLL_TRACK_DEALLOCATE); }

bool has_circular_buffers() {
    return has(PLIMSOLL_TRACK_ALLOCATE_CB) && has(PLIMSOLL_ALLOCATE_CIRCULAR_BUFFERS) &&
           has(PLIMSOLL_PROGRAM_DESTROYED);
}

SubjectCoverage dataflow_buffers() {
    if (!has(PLIMSOLL_VALIDATE_DATAFLOW_BUFFERS)) return {PLIMSOLL_EXACT, "this release has none"};
    if (!has(PLIMSOLL_ADD_DATAFLOW_BUFFER) || !runtime::program_dataflow_buffers) {
        return {PLIMSOLL_UNKNOWN, "this release does not show them"};
    }
    return {PLIMSOLL_EXACT,
            "read from the program after it is laid out; the runtime itself reports none"};
}

// The runtime reports those of a program that has local ones too, and from 0.70.1 on only.
SubjectCoverage global_circular_buffers() {
    if (!has_circular_buffers() || !runtime::deallocate_circular_buffers) return kNotReported;
    return {PLIMSOLL_AT_LEAST, "a program that has no other circular buffers reports none"};
}

SubjectCoverage semaphores() {
    const bool seen = has(PLIMSOLL_SETUP_SEMAPHORE) || has(PLIMSOLL_SETUP_SEMAPHORE_AT) ||
                      has(PLIMSOLL_SETUP_SEMAPHORE_IMPL);
    if (!seen || !has_buffers()) return {PLIMSOLL_UNKNOWN, "global ones count as buffer"};
    return {PLIMSOLL_AT_LEAST,
            "global ones; a program's lie in memory that is reserved for kernels"};
}

SubjectCoverage runs() {
    if (!has(PLIMSOLL_TRACK_PROGRAM) || !has(PLIMSOLL_COMPILE_WORKLOAD) ||
        !has(PLIMSOLL_LOAD_BINARIES)) {
        return {PLIMSOLL_UNKNOWN, "this release does not show them"};
    }
    if (getenv("TT_METAL_SLOW_DISPATCH_MODE") != nullptr) {
        return {PLIMSOLL_UNKNOWN, "slow dispatch does not show them"};
    }
    return {PLIMSOLL_EXACT, ""};
}

SubjectCoverage call_sites() {
    const char* why_not = why_no_call_sites();
    if (why_not != nullptr) return {PLIMSOLL_UNKNOWN, why_not};
    const char* why_not_all = why_not_all_frames();
    if (why_not_all != nullptr) return {PLIMSOLL_AT_LEAST, why_not_all};
    return {PLIMSOLL_EXACT, ""};
}

SubjectCoverage ops() {
    const char* why_not = why_no_ops();
    if (why_not != nullptr) return {PLIMSOLL_UNKNOWN, why_not};
    return {PLIMSOLL_AT_LEAST,
            "of what the program calls of ttnn by name; not of methods of a tensor"};
}

}  // namespace

SubjectCoverage coverage_of(std::uint32_t subject) {
    switch (subject) {
        case PLIMSOLL_BUFFER:
            return has_buffers() ? SubjectCoverage{PLIMSOLL_EXACT, ""} : kNotReported;
        case PLIMSOLL_CIRCULAR_BUFFER:
            return has_circular_buffers() ? SubjectCoverage{PLIMSOLL_EXACT, ""} : kNotReported;
        case PLIMSOLL_GLOBAL_CIRCULAR_BUFFER:
            return global_circular_buffers();
        case PLIMSOLL_DATAFLOW_BUFFER:
            return dataflow_buffers();
        case PLIMSOLL_TRACE:
            if (!has_buffers()) return kNotReported;
            return {PLIMSOLL_EXACT,
                    "buffers of the trace region; a trace kept in DRAM counts as buffer"};
        case PLIMSOLL_SEMAPHORE:
            return semaphores();
        case PLIMSOLL_KERNEL_BINARY:
            return {PLIMSOLL_UNKNOWN,
                    "those in DRAM count as buffer; the rest lies in memory that is reserved for "
                    "kernels"};
        case PLIMSOLL_RESERVATION:
            return {
                PLIMSOLL_UNKNOWN,
                "memory that the runtime sets aside before its allocator begins, and scratchpads "
                "of programs, are not reported"};
        case PLIMSOLL_RUN:
            return runs();
        case PLIMSOLL_CALL_SITE:
            return call_sites();
        case PLIMSOLL_OP:
            return ops();
        default:
            break;
    }
    return {PLIMSOLL_UNKNOWN, ""};
}

void report_coverage(plimsoll_client* client) {
    for (std::uint32_t subject = PLIMSOLL_BUFFER; subject < PLIMSOLL_SUBJECT_COUNT; ++subject) {
        const SubjectCoverage found = coverage_of(subject);
        plimsoll_cover(client, subject, found.state,
                       plimsoll_intern(client, found.why, strlen(found.why)));
    }
}

}  // namespace plimsoll::ttmetal
