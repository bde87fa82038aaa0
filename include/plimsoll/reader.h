/* The reader: what this process holds on its devices, read by itself.
 *
 * A process that Plimsoll watches keeps its books in memory that any reader may look at; this one
 * looks from inside, so that a program, a test or a tool can ask while it runs. Nothing is written,
 * nothing is stopped, and nothing of the runtime is called. Link with libplimsoll-reader.
 *
 * Books:    they begin when the runtime opens its first device with Plimsoll's agent in the process
 *           (or with plimsoll_attach() of client.h). Before that plimsoll_reader_open() fails.
 * Threads:  one reader is used by one thread at a time; several readers do not know of each other.
 * Memory:   a string is the reader's, and good until the next call with that reader.
 * Failure:  nothing throws, aborts or prints. A function that did not do its work leaves what it
 *           was given alone, and says so in its status: PLIMSOLL_DETACHED in a process that was
 *           forked from the one which opened the reader (open another one), PLIMSOLL_NO_MEMORY,
 *           and what stands beside it.
 * Cost:     what happened since the last call is read at the next one. Of each thread the last
 *           16384 events are kept; who calls less often learns of peaks "at least".
 */
#ifndef PLIMSOLL_READER_H
#define PLIMSOLL_READER_H

#include <plimsoll/client.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct plimsoll_reader plimsoll_reader;

/* DETACHED: there is nothing to read, and `why` is set to one sentence without a full stop, which
 * stays valid for ever. `why` may be null. The caller closes the reader. */
PLIMSOLL_API plimsoll_status plimsoll_reader_open(plimsoll_reader** reader,
                                                  const char** why) PLIMSOLL_NOEXCEPT;
/* Null is allowed. */
PLIMSOLL_API void plimsoll_reader_close(plimsoll_reader* reader) PLIMSOLL_NOEXCEPT;

/* The highest id that an allocation has by now: those that are made later have higher ones. */
PLIMSOLL_API plimsoll_status plimsoll_reader_position(plimsoll_reader* reader,
                                                      uint64_t* id) PLIMSOLL_NOEXCEPT;

/* The chips that were ever opened, ascending. At most `room` are written; `count` is how many there
 * are. */
PLIMSOLL_API plimsoll_status plimsoll_reader_devices(plimsoll_reader* reader, int32_t* devices,
                                                     size_t room, size_t* count) PLIMSOLL_NOEXCEPT;

/* Occupied bytes of one region of one device, as the runtime's allocator counts them: in L1 without
 * circular and dataflow buffers, which lie outside of what it gives. */
typedef struct plimsoll_level {
    uint32_t size;         /* sizeof(plimsoll_level) */
    uint8_t live_coverage; /* plimsoll_coverage, here and below */
    uint8_t peak_coverage;
    uint8_t capacity_coverage; /* PLIMSOLL_UNKNOWN: the runtime's allocator could not be asked */
    uint8_t reserved;
    uint64_t live;
    uint64_t peak; /* since plimsoll_reader_restart_peaks(), else ever */
    uint64_t capacity;
} plimsoll_level;

/* INVALID_ARGUMENT: this chip was never opened, or there is no such region. */
PLIMSOLL_API plimsoll_status plimsoll_reader_level(plimsoll_reader* reader, int32_t device,
                                                   plimsoll_region region,
                                                   plimsoll_level* level) PLIMSOLL_NOEXCEPT;

/* From here on the peaks that this reader tells are those of the time since, on all devices. */
PLIMSOLL_API plimsoll_status plimsoll_reader_restart_peaks(plimsoll_reader* reader)
    PLIMSOLL_NOEXCEPT;

/* The live allocations that were made after the one with the id `after`, all of them, as JSON:
 *   {"schema": 1, "position": 12, "live": [...], "live_count": 3, "outlived": [], "unlisted": 0}
 * Rows are those of a report, with `frames` beside `call_sites`: file, line (null: unknown) and
 * function of each, innermost first. `outlived`: those that hold no memory any more, because their
 * device was closed, while somebody still has their objects. `unlisted`: how many are live without
 * being in any list, because the table of them was full. */
PLIMSOLL_API plimsoll_status plimsoll_reader_live(plimsoll_reader* reader, uint64_t after,
                                                  const char** json) PLIMSOLL_NOEXCEPT;

/* The report of this process as it is now, with its findings: JSON, schema 1. */
PLIMSOLL_API plimsoll_status plimsoll_reader_report(plimsoll_reader* reader,
                                                    const char** json) PLIMSOLL_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif
