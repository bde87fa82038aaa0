#include "agents/ttmetal/coverage.hpp"

#include <string.h>

#include "agents/ttmetal/runtime.hpp"
#include "agents/ttmetal/seam_names.hpp"

namespace plimsoll::ttmetal {
namespace {

void cover(plimsoll_client* client, plimsoll_kind kind, plimsoll_coverage coverage,
           const char* why) {
    plimsoll_cover(client, kind, coverage, plimsoll_intern(client, why, strlen(why)));
}

bool has(const char* name) { return find_in_runtime(name) != nullptr; }

void cover_dataflow_buffers(plimsoll_client* client) {
    if (!has(PLIMSOLL_VALIDATE_DATAFLOW_BUFFERS)) {
        cover(client, PLIMSOLL_DATAFLOW_BUFFER, PLIMSOLL_EXACT, "this release has none");
    } else if (!has(PLIMSOLL_ADD_DATAFLOW_BUFFER) || !runtime::program_dataflow_buffers) {
        cover(client, PLIMSOLL_DATAFLOW_BUFFER, PLIMSOLL_UNKNOWN,
              "this release does not show them");
    } else {
        cover(client, PLIMSOLL_DATAFLOW_BUFFER, PLIMSOLL_EXACT,
              "read from the program after it is laid out; the runtime itself reports none");
    }
}

}  // namespace

void report_coverage(plimsoll_client* client) {
    const bool buffers = has(PLIMSOLL_TRACK_ALLOCATE) && has(PLIMSOLL_TRACK_DEALLOCATE);
    cover(client, PLIMSOLL_BUFFER, buffers ? PLIMSOLL_EXACT : PLIMSOLL_UNKNOWN,
          buffers ? "" : "this release does not report them");
    const bool circular = has(PLIMSOLL_TRACK_ALLOCATE_CB) &&
                          has(PLIMSOLL_ALLOCATE_CIRCULAR_BUFFERS) &&
                          has(PLIMSOLL_PROGRAM_DESTROYED);
    cover(client, PLIMSOLL_CIRCULAR_BUFFER, circular ? PLIMSOLL_EXACT : PLIMSOLL_UNKNOWN,
          circular ? "" : "this release does not report them");
    // The runtime reports those of a program that has local ones too, and from 0.70.1 on only.
    const bool global = circular && runtime::deallocate_circular_buffers;
    cover(client, PLIMSOLL_GLOBAL_CIRCULAR_BUFFER, global ? PLIMSOLL_AT_LEAST : PLIMSOLL_UNKNOWN,
          global ? "a program that has no other circular buffers reports none"
                 : "this release does not report them");
    cover_dataflow_buffers(client);
    cover(client, PLIMSOLL_TRACE, buffers ? PLIMSOLL_EXACT : PLIMSOLL_UNKNOWN,
          buffers ? "buffers of the trace region; a trace kept in DRAM counts as buffer" : "");
    cover(client, PLIMSOLL_SEMAPHORE, PLIMSOLL_UNKNOWN,
          "global ones count as buffer; a program's lie in memory that is reserved for kernels");
    cover(client, PLIMSOLL_KERNEL_BINARY, PLIMSOLL_UNKNOWN,
          "those in DRAM count as buffer; the rest lies in memory that is reserved for kernels");
    cover(client, PLIMSOLL_RESERVATION, PLIMSOLL_UNKNOWN,
          "memory that the runtime sets aside before its allocator begins is not reported");
}

}  // namespace plimsoll::ttmetal
