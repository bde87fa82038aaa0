#define LTTNG_UST_TRACEPOINT_CREATE_PROBES
#define LTTNG_UST_TRACEPOINT_DEFINE
#include "bench/micro/tracepoint.h"

#include "bench/micro/trace.h"

void plimsoll_bench_trace(int what, uint64_t address) {
    lttng_ust_tracepoint(plimsoll_bench, buffer, what, address, 384, 32, 12);
}

int plimsoll_bench_is_traced(void) {
    return lttng_ust_tracepoint_enabled(plimsoll_bench, buffer) ? 1 : 0;
}
