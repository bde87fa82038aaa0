/* The tracepoint of tracepoint.h, without its macros. */
#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

void plimsoll_bench_trace(int what, uint64_t address);
/* Whether a session records it now. */
int plimsoll_bench_is_traced(void);

#ifdef __cplusplus
}
#endif
