/* One event of LTTng-UST, in the words of its own macros. */
#undef LTTNG_UST_TRACEPOINT_PROVIDER
#define LTTNG_UST_TRACEPOINT_PROVIDER plimsoll_bench

#undef LTTNG_UST_TRACEPOINT_INCLUDE
#define LTTNG_UST_TRACEPOINT_INCLUDE "bench/micro/tracepoint.h"

#if !defined(PLIMSOLL_BENCH_TRACEPOINT_H) || defined(LTTNG_UST_TRACEPOINT_HEADER_MULTI_READ)
#define PLIMSOLL_BENCH_TRACEPOINT_H

#include <lttng/tracepoint.h>
#include <stdint.h>

LTTNG_UST_TRACEPOINT_EVENT(
    plimsoll_bench, buffer,
    LTTNG_UST_TP_ARGS(int, what, uint64_t, address, uint64_t, bytes, uint64_t, bytes_per_bank,
                      uint32_t, banks),
    LTTNG_UST_TP_FIELDS(lttng_ust_field_integer(int, what, what) lttng_ust_field_integer_hex(
        uint64_t, address, address) lttng_ust_field_integer(uint64_t, bytes, bytes)
                            lttng_ust_field_integer(uint64_t, bytes_per_bank, bytes_per_bank)
                                lttng_ust_field_integer(uint32_t, banks, banks)))

#endif

#include <lttng/tracepoint-event.h>
