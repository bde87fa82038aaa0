/* The client: how a runtime tells Plimsoll who holds its device memory.
 *
 * A client owns one segment of shared memory in which it keeps the exact set of live allocations,
 * counters, and a story of events. Whoever may read the process reads the segment; nobody writes
 * it but the client. See docs/decisions/ for the reasons.
 *
 * Threads:  every function may be called from any thread at any time, also during exit. The paths
 *           of plimsoll_allocate() and plimsoll_free() take no lock and wait for no other thread.
 * Memory:   bounded by the capacities given at attach; nothing is allocated afterwards.
 * Failure:  nothing throws, aborts or prints. A function that cannot do its work says so in its
 *           status; the caller may always ignore it and go on.
 * Fork:     a child that reports gets a segment of its own that knows the devices, meshes and
 *           programs of its parent, and none of its allocations: those stay the parent's.
 * ABI:      only the functions below are exported. Structs begin with their size; a larger one of
 *           a newer caller is accepted when what this library does not know is zero.
 */
#ifndef PLIMSOLL_CLIENT_H
#define PLIMSOLL_CLIENT_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define PLIMSOLL_NOEXCEPT noexcept
extern "C" {
#else
#define PLIMSOLL_NOEXCEPT
#endif

#define PLIMSOLL_API __attribute__((visibility("default")))

/* Major: incompatible. Minor: functions or fields added. */
#define PLIMSOLL_ABI_MAJOR 1
#define PLIMSOLL_ABI_MINOR 1

typedef enum plimsoll_status {
    PLIMSOLL_OK = 0,
    PLIMSOLL_INVALID_ARGUMENT = 1, /* a null pointer, an unknown handle, a value out of range */
    PLIMSOLL_NO_MEMORY = 2,        /* the kernel refused the shared memory; errno says why */
    PLIMSOLL_TABLE_FULL = 3,       /* a table is full; counted in the segment's health */
    PLIMSOLL_UNLISTED = 4,         /* the live table is full: counted, but not listed */
    PLIMSOLL_DETACHED = 5          /* the client has turned itself off */
} plimsoll_status;

typedef enum plimsoll_region {
    PLIMSOLL_DRAM = 0,
    PLIMSOLL_L1 = 1,
    PLIMSOLL_L1_SMALL = 2,
    PLIMSOLL_TRACE_REGION = 3,
    PLIMSOLL_SYSTEM = 4 /* host memory that the runtime manages for its devices */
} plimsoll_region;
#define PLIMSOLL_REGION_COUNT 5

typedef enum plimsoll_kind {
    PLIMSOLL_UNKNOWN_KIND = 0,
    PLIMSOLL_BUFFER = 1,
    PLIMSOLL_CIRCULAR_BUFFER = 2,
    PLIMSOLL_DATAFLOW_BUFFER = 3,
    PLIMSOLL_GLOBAL_CIRCULAR_BUFFER = 4, /* an alias of a buffer: it occupies nothing itself */
    PLIMSOLL_SEMAPHORE = 5,
    PLIMSOLL_TRACE = 6,
    PLIMSOLL_KERNEL_BINARY = 7,
    PLIMSOLL_RESERVATION = 8
} plimsoll_kind;
#define PLIMSOLL_KIND_COUNT 9

/* Who an allocation belongs to, and with it how long it may live. */
typedef enum plimsoll_owner {
    PLIMSOLL_UNKNOWN_OWNER = 0, /* shown as unattributed */
    PLIMSOLL_USER = 1,          /* until freed, at the latest until its device closes */
    PLIMSOLL_PROGRAM = 2,       /* until its program is destroyed */
    PLIMSOLL_RUNTIME = 3        /* until its device closes */
} plimsoll_owner;
#define PLIMSOLL_OWNER_COUNT 4

/* What is told of an allocation beyond its size and place; beside the kinds in plimsoll_cover(). */
typedef enum plimsoll_detail {
    PLIMSOLL_CALL_SITE = PLIMSOLL_KIND_COUNT,
    PLIMSOLL_OP,
    PLIMSOLL_RUN /* which programs run, from ABI 1.1 on: see plimsoll_program_run() */
} plimsoll_detail;
#define PLIMSOLL_SUBJECT_COUNT (PLIMSOLL_KIND_COUNT + 3)

typedef enum plimsoll_coverage {
    PLIMSOLL_EXACT = 0,
    PLIMSOLL_AT_LEAST = 1,
    PLIMSOLL_UNKNOWN = 2
} plimsoll_coverage;

typedef struct plimsoll_client plimsoll_client;

/* Handles; 0 is never a valid one. They stay valid in a forked child. */
typedef uint64_t plimsoll_id;       /* an allocation, for this process's whole life */
typedef uint32_t plimsoll_devices;  /* the set of devices one allocator serves: a chip or a mesh */
typedef uint32_t plimsoll_program;  /* a program that owns allocations */
typedef uint32_t plimsoll_text;     /* an interned byte string */
typedef uint32_t plimsoll_location; /* an interned call site */

/* ---- attaching ------------------------------------------------------------------------------ */

typedef struct plimsoll_options {
    uint32_t size;           /* sizeof(plimsoll_options) */
    uint32_t live_capacity;  /* live allocations that can be listed; 0: the default (1 Mi) */
    uint32_t ring_capacity;  /* events kept per thread, a power of two; 0: the default (16 Ki) */
    uint32_t reserved;       /* 0 */
    const char* runtime;     /* name of the runtime, such as "tt-metalium"; may be null */
    const char* package;     /* package and version, such as "ttnn 0.81.1"; may be null */
    const char* machine;     /* such as "mock:t3k"; null when unknown */
    const char* socket_path; /* collector to hand the segment to; null: nobody, readers find it */
} plimsoll_options;

/* Creates the segment and offers it to the collector, without waiting for it.
 * Errors: INVALID_ARGUMENT; NO_MEMORY when memfd_create, ftruncate or mmap is refused. */
PLIMSOLL_API plimsoll_status plimsoll_attach(const plimsoll_options* options,
                                             plimsoll_client** client) PLIMSOLL_NOEXCEPT;

/* Marks the segment as ended and unmaps it. No call with this client may be running or follow. */
PLIMSOLL_API void plimsoll_detach(plimsoll_client* client) PLIMSOLL_NOEXCEPT;

/* Says that the process is ending in an orderly way (exit handlers run). */
PLIMSOLL_API void plimsoll_exiting(plimsoll_client* client) PLIMSOLL_NOEXCEPT;

/* ---- interning (not for the hot path) ------------------------------------------------------- */

/* The same bytes give the same handle. 0 when the table is full or `length` exceeds 4096. */
PLIMSOLL_API plimsoll_text plimsoll_intern(plimsoll_client* client, const char* bytes,
                                           size_t length) PLIMSOLL_NOEXCEPT;

/* Inclusive corners, in the runtime's logical core coordinates. */
typedef struct plimsoll_core_range {
    uint16_t x0, y0, x1, y1;
} plimsoll_core_range;

/* A set of cores, interned; at most 512 ranges. 0 as for plimsoll_intern(). */
PLIMSOLL_API plimsoll_text plimsoll_intern_cores(plimsoll_client* client,
                                                 const plimsoll_core_range* ranges,
                                                 size_t count) PLIMSOLL_NOEXCEPT;

typedef struct plimsoll_frame {
    plimsoll_text file;
    plimsoll_text function;
    uint32_t line;
} plimsoll_frame;

/* A call site: its innermost frames, innermost first; those after the fourth are left out. `op` is
 * the runtime's function that was called there, such as "ttnn.add"; 0 when unknown. */
PLIMSOLL_API plimsoll_location plimsoll_intern_call_site(plimsoll_client* client, plimsoll_text op,
                                                         const plimsoll_frame* frames,
                                                         size_t count) PLIMSOLL_NOEXCEPT;

/* ---- devices -------------------------------------------------------------------------------- */

/* One region as the runtime's own allocator sees it on one device. banks 0: unknown. */
typedef struct plimsoll_region_info {
    uint32_t banks;
    uint32_t base;           /* offset of its first byte inside each bank; 0: unknown */
    uint64_t bytes_per_bank; /* that can be allocated */
} plimsoll_region_info;

typedef struct plimsoll_device_info {
    uint32_t size;
    int32_t device;     /* chip id, as the runtime numbers it */
    plimsoll_text arch; /* such as "wormhole_b0"; 0 when unknown */
    uint32_t reserved;
    plimsoll_region_info regions[PLIMSOLL_REGION_COUNT];
} plimsoll_device_info;

/* A chip was opened, or opened again. `devices` becomes the set of this one chip.
 * Opening one that is open already only completes what is known about it.
 * Errors: TABLE_FULL beyond 256 chips or 255 sets. */
PLIMSOLL_API plimsoll_status plimsoll_device_open(plimsoll_client* client,
                                                  const plimsoll_device_info* info,
                                                  plimsoll_devices* devices) PLIMSOLL_NOEXCEPT;

typedef struct plimsoll_mesh_info {
    uint32_t size;
    int32_t mesh;           /* mesh id, as the runtime numbers it */
    const int32_t* devices; /* chip ids; chips not yet opened are opened */
    uint32_t device_count;  /* 1 to 256 */
    uint32_t reserved;
    plimsoll_region_info regions[PLIMSOLL_REGION_COUNT]; /* on each of the chips */
} plimsoll_mesh_info;

/* A mesh was opened: chips that one allocator serves together. Errors: as plimsoll_device_open. */
PLIMSOLL_API plimsoll_status plimsoll_mesh_open(plimsoll_client* client,
                                                const plimsoll_mesh_info* info,
                                                plimsoll_devices* devices) PLIMSOLL_NOEXCEPT;

typedef enum plimsoll_close_manner {
    PLIMSOLL_CLOSED = 0,        /* by the program */
    PLIMSOLL_CLOSED_AT_EXIT = 1 /* by the end of the process: the program never closed it */
} plimsoll_close_manner;

/* The set is closed, and what is still allocated on it holds no memory any more. The runtime's own
 * is over. A program's waits for the end of its program; the user's outlived its device (or was
 * left at exit) unless plimsoll_object_gone() says that the device itself had kept it. Closing a
 * chip does the same on every mesh that contains it. Idempotent.
 * Cost: one pass over the live table. */
PLIMSOLL_API plimsoll_status plimsoll_close(plimsoll_client* client, plimsoll_devices devices,
                                            plimsoll_close_manner manner) PLIMSOLL_NOEXCEPT;

/* ---- programs ------------------------------------------------------------------------------- */

typedef struct plimsoll_program_info {
    uint32_t size;
    plimsoll_text label;        /* what a person calls it, such as its compute kernel's name */
    uint64_t runtime_id;        /* the runtime's own number for it */
    plimsoll_location location; /* where it was made; 0 when unknown */
    uint32_t reserved;
} plimsoll_program_info;

/* A program that is about to own allocations. Errors: TABLE_FULL beyond 65535 at once. */
PLIMSOLL_API plimsoll_status plimsoll_program_create(plimsoll_client* client,
                                                     const plimsoll_program_info* info,
                                                     plimsoll_program* program) PLIMSOLL_NOEXCEPT;

/* The program is dispatched, with what was allocated for it before. On each core that memory is
 * resident from now on: until another program runs there, and no longer than it is allocated.
 * A caller that tells all runs says so with plimsoll_cover(PLIMSOLL_RUN) before it allocates;
 * without, all that a program has allocated counts as resident as long as it is there.
 * Not to be called for what is refused in the end. From ABI 1.1 on.
 * Cost: a comparison when no other program has run since, and nothing was allocated for this one;
 * otherwise an event. */
PLIMSOLL_API plimsoll_status plimsoll_program_run(plimsoll_client* client,
                                                  plimsoll_program program) PLIMSOLL_NOEXCEPT;

/* The runtime laid the program's memory on `devices` out anew: its allocations of `kind` there
 * are over. Calls that concern one program must not run at the same time. */
PLIMSOLL_API plimsoll_status
plimsoll_program_laid_out_anew(plimsoll_client* client, plimsoll_program program,
                               plimsoll_kind kind, plimsoll_devices devices) PLIMSOLL_NOEXCEPT;

/* The runtime reported that all memory of the program is free (which ends nothing by itself). */
PLIMSOLL_API plimsoll_status
plimsoll_program_report_free(plimsoll_client* client, plimsoll_program program) PLIMSOLL_NOEXCEPT;

/* The program is destroyed, and with it all it owns is over, reported or not. */
PLIMSOLL_API plimsoll_status plimsoll_program_destroy(plimsoll_client* client,
                                                      plimsoll_program program) PLIMSOLL_NOEXCEPT;

/* ---- allocations ---------------------------------------------------------------------------- */

typedef struct plimsoll_allocation {
    uint32_t size;
    uint8_t kind;               /* plimsoll_kind */
    uint8_t region;             /* plimsoll_region */
    uint8_t owner;              /* plimsoll_owner */
    uint8_t reported;           /* 1: the runtime itself reported this allocation */
    plimsoll_devices devices;   /* 0: unknown, the allocation is unattributed */
    plimsoll_program program;   /* 0: none */
    plimsoll_text cores;        /* plimsoll_intern_cores(); 0: every bank of the region */
    plimsoll_location location; /* 0: unknown */
    uint32_t banks;             /* banks (in L1: cores) it occupies on one device */
    uint32_t reserved;
    uint64_t address;        /* offset inside each bank */
    uint64_t bytes;          /* requested, on one device */
    uint64_t bytes_per_bank; /* occupied, as the allocator rounds it */
} plimsoll_allocation;

/* An allocation was made. OK: listed and counted. UNLISTED: only counted, `id` is good for
 * plimsoll_free() all the same. Errors: INVALID_ARGUMENT, DETACHED (then `id` is 0). */
PLIMSOLL_API plimsoll_status plimsoll_allocate(plimsoll_client* client,
                                               const plimsoll_allocation* allocation,
                                               plimsoll_id* id) PLIMSOLL_NOEXCEPT;

/* The runtime reported this free, whether or not it is over. */
PLIMSOLL_API plimsoll_status plimsoll_report_free(plimsoll_client* client,
                                                  plimsoll_id id) PLIMSOLL_NOEXCEPT;

/* The allocation is over, and the runtime has said so.
 * Errors: INVALID_ARGUMENT when it is over already: counted, harmless. */
PLIMSOLL_API plimsoll_status plimsoll_free(plimsoll_client* client,
                                           plimsoll_id id) PLIMSOLL_NOEXCEPT;

/* Whose reference kept an allocation beyond the close of its device. */
typedef enum plimsoll_holder {
    PLIMSOLL_HELD_BY_USER = 0,  /* the user's program */
    PLIMSOLL_HELD_BY_DEVICE = 1 /* the device's own object: its program cache */
} plimsoll_holder;

/* The runtime destroyed its object for an allocation whose device had closed, without ever
 * reporting a free, and with it the allocation is over. Without this call it counts as held by the
 * user, and so does a trace in any case. Nothing is changed while the device is open: then the
 * memory is still taken.
 * Errors: INVALID_ARGUMENT when it is over already or belongs to a program. */
PLIMSOLL_API plimsoll_status plimsoll_object_gone(plimsoll_client* client, plimsoll_id id,
                                                  plimsoll_holder holder) PLIMSOLL_NOEXCEPT;

/* How many allocations wait for plimsoll_object_gone(): 0 unless a device closed with some left. */
PLIMSOLL_API uint64_t plimsoll_waiting(plimsoll_client* client) PLIMSOLL_NOEXCEPT;

/* Bytes occupied now on one device of the set, buffers of all kinds but those that belong to
 * programs (circular and dataflow buffers share their space and are no allocator's). */
PLIMSOLL_API uint64_t plimsoll_occupied(plimsoll_client* client, plimsoll_devices devices,
                                        plimsoll_region region) PLIMSOLL_NOEXCEPT;

/* ---- refusals ------------------------------------------------------------------------------- */

typedef enum plimsoll_refusal_reason {
    PLIMSOLL_OUT_OF_MEMORY = 0, /* the allocator has no room for a buffer */
    PLIMSOLL_CLASH = 1,         /* a program's buffers would lie over an allocated one */
    PLIMSOLL_BEYOND_MEMORY = 2  /* a program's buffers would end beyond the memory itself */
} plimsoll_refusal_reason;
#define PLIMSOLL_REFUSAL_REASON_COUNT 3

#define PLIMSOLL_NOT_KNOWN UINT64_MAX /* for the 64-bit figures of a refusal */

/* What was asked for and not given, and what the runtime says about it. */
typedef struct plimsoll_refusal {
    uint32_t size;
    uint8_t reason;             /* plimsoll_refusal_reason */
    uint8_t kind;               /* plimsoll_kind of what was asked for */
    uint8_t region;             /* plimsoll_region */
    uint8_t reserved;           /* 0 */
    plimsoll_devices devices;   /* 0: unknown */
    plimsoll_location location; /* 0: unknown */
    plimsoll_program program;   /* whose buffers they are; 0: none, or unknown */
    plimsoll_text cores;        /* where they clash; 0: unknown */
    uint32_t banks;             /* it was to be spread over; 0: unknown */
    uint32_t reserved_word;     /* 0 */
    uint64_t bytes;             /* requested, on one device */
    uint64_t bytes_per_bank;    /* as the allocator would round it */
    /* The allocator's own figures, per bank. Beyond memory: where each core's ends. */
    uint64_t bank_bytes;
    uint64_t allocated;
    uint64_t free;
    uint64_t largest_free; /* in one piece */
    /* Of a program: its number in the runtime's words, the lowest buffer it would reach, and the
     * end of its own. */
    uint64_t program_runtime_id;
    uint64_t lowest_address;
    uint64_t region_end;
} plimsoll_refusal;

/* The runtime refused an allocation. Nothing that is allocated changes. One that is the same in all
 * but its program's number as an earlier one, of the same place, is counted with that one.
 * OK: listed and counted. UNLISTED: only counted, the table of refusals is full.
 * Errors: INVALID_ARGUMENT, DETACHED.
 * Cost: one pass over the refusals so far, at most 256. */
PLIMSOLL_API plimsoll_status plimsoll_refuse(plimsoll_client* client,
                                             const plimsoll_refusal* refusal) PLIMSOLL_NOEXCEPT;

/* ---- the story ------------------------------------------------------------------------------ */

/* A named stretch of the calling thread's work. Scopes nest. */
PLIMSOLL_API plimsoll_status plimsoll_scope_begin(plimsoll_client* client,
                                                  plimsoll_text name) PLIMSOLL_NOEXCEPT;
PLIMSOLL_API plimsoll_status plimsoll_scope_end(plimsoll_client* client) PLIMSOLL_NOEXCEPT;

/* A named moment. */
PLIMSOLL_API plimsoll_status plimsoll_mark(plimsoll_client* client,
                                           plimsoll_text name) PLIMSOLL_NOEXCEPT;

/* ---- how far the figures reach -------------------------------------------------------------- */

/* What is told of `subject`, a plimsoll_kind or a plimsoll_detail, reaches only so far, and why.
 * Without a call it is unknown. */
PLIMSOLL_API plimsoll_status plimsoll_cover(plimsoll_client* client, uint32_t subject,
                                            plimsoll_coverage coverage,
                                            plimsoll_text why) PLIMSOLL_NOEXCEPT;

/* The caller compared plimsoll_occupied() with the runtime's own allocator. */
PLIMSOLL_API plimsoll_status plimsoll_verified(plimsoll_client* client, plimsoll_devices devices,
                                               plimsoll_region region,
                                               int64_t difference_bytes) PLIMSOLL_NOEXCEPT;

/* The runtime freed something that was never seen allocated. */
PLIMSOLL_API void plimsoll_unmatched_free(plimsoll_client* client) PLIMSOLL_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif
