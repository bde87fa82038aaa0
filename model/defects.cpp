#include "model/defects.hpp"

#include "model/programs.hpp"

namespace plimsoll::model {
namespace {

constexpr const char* kNoteOfFrees = "a note counts frees of what was never seen allocated";

constexpr std::array<KnownDefect, 24> kDefects = {{
    {.name = "program-forgets-circular-buffers",
     .what =
         "a program ends and its circular buffers are never reported freed; the mesh reported them "
         "once, and its number is taken for chip 0",
     .upstream = "releases to 0.69.0",
     .switches = Defect::program_forgets_circular_buffers | Defect::mesh_reports_once,
     .program = programs::mesh_test,
     .findings = {"runtime-forgot-circular-buffers"},
     .machine = "t3k",
     .release = "0.66.0"},
    {.name = "mesh-reports-once",
     .what = "circular buffers on eight chips are reported once, through the mesh",
     .upstream = "releases to 0.69.0",
     .switches = Defect::mesh_reports_once,
     .program = programs::mesh_test,
     .seen = "they count on all eight chips all the same",
     .machine = "t3k",
     .release = "0.66.0"},
    {.name = "free-after-device-close",
     .what = "the chips are closed first, then the programs that ran on them are destroyed",
     .upstream = "#45646",
     .switches = Defect::free_after_device_close,
     .program = programs::mesh_test,
     .findings = {"freed-after-device-close"},
     .machine = "t3k"},
    {.name = "cache-not-cleared-at-close",
     .what = "the program cache outlives the close of its mesh and dies with the mesh's object",
     .upstream = "#21806",
     .switches = Defect::cache_not_cleared_at_close,
     .program = programs::mesh_test,
     .findings = {"freed-after-device-close"},
     .machine = "t3k"},
    {.name = "config-tensor-per-shape",
     .what = "each new shape leaves a table in L1_SMALL with its cached program",
     .upstream = "#33316, #22017, #21246, #23192",
     .switches = Defect::config_tensor_per_shape | Defect::cache_not_cleared_at_close,
     .program = programs::convolutions,
     .findings = {"program-cache-holds", "grows-per-iteration"}},
    {.name = "semaphore-per-shape",
     .what = "each new shape leaves eight global semaphores at the top of L1",
     .upstream = "#54876",
     .switches = Defect::semaphore_per_shape,
     .program = programs::all_reduces,
     .findings = {"buffer-outlives-device", "grows-per-iteration"}},
    {.name = "executable-pins-tensors",
     .what = "a cache of executables keeps the tensors that each computed once",
     .upstream = "tt-xla #1940",
     .switches = Defect::executable_pins_tensors,
     .program = programs::executables,
     .findings = {"buffer-outlives-device", "grows-per-iteration"}},
    {.name = "trace-buffer-not-released",
     .what = "a trace is released and its buffer stays",
     .upstream = "#22660, #39874",
     .switches = Defect::trace_buffer_not_released,
     .program = programs::trace,
     .findings = {"buffer-outlives-device"}},
    {.name = "capture-crashes",
     .what = "capturing a trace ends the process",
     .upstream = "mock devices of 0.75.0 to 0.81.1",
     .switches = Defect::capture_crashes,
     .program = programs::trace,
     .findings = {"process-died-holding"}},
    {.name = "fixture-forgets-close",
     .what = "a test's fixture neither frees its tensors nor closes its device",
     .upstream = "#32252",
     .switches = Defect::fixture_forgets_close,
     .program = programs::test_case,
     .findings = {"left-at-exit"}},
    {.name = "free-keeps-bank-memory",
     .what = "a free is reported and the allocator keeps the block",
     .upstream = "#54051",
     .switches = Defect::free_keeps_bank_memory,
     .program = programs::tensors,
     .findings = {"ledger-differs-from-allocator"}},
    {.name = "stray-device-pointer",
     .what = "allocations are reported through a pointer that is no device, and never freed",
     .upstream = "an earlier tracker that showed devices 14, 32 and 50 to 77",
     .switches = Defect::stray_device_pointer,
     .program = programs::tensors,
     .findings = {"left-at-exit", "unattributed"}},
    {.name = "double-report",
     .what = "each free of a buffer is reported twice",
     .upstream = "#14097",
     .switches = Defect::double_report,
     .program = programs::tensors,
     .seen = kNoteOfFrees},
    {.name = "free-without-allocate",
     .what = "frees are reported of views, whose allocation never was",
     .upstream = "#14097, #21315",
     .switches = Defect::free_without_allocate,
     .program = programs::tensors,
     .seen = kNoteOfFrees},
    {.name = "tensors-of-a-mesh-kept",
     .what =
         "a mesh is closed with tensors and the tables of cached programs on its chips: what was "
         "called a "
         "baseline of the system",
     .upstream = "an earlier tracker, 14753792 B per chip",
     .switches = Defect::references_kept | Defect::config_tensor_per_shape |
                 Defect::cache_not_cleared_at_close,
     .program = programs::mesh_of_tensors,
     .findings = {"buffer-outlives-device", "program-cache-holds"},
     .machine = "t3k"},
    {.name = "results-kept",
     .what = "a list keeps the result of each turn of a loop",
     .upstream = "programs of users",
     .switches = Defect::references_kept,
     .program = programs::inference_loop,
     .findings = {"buffer-outlives-device", "grows-per-iteration"}},
    {.name = "traces-kept",
     .what = "each turn of a loop captures a trace, and none is released",
     .upstream = "#22660, #27966",
     .switches = Defect::references_kept,
     .program = programs::trace_loop,
     .findings = {"buffer-outlives-device", "grows-per-iteration"}},
    {.name = "one-op-hoards",
     .what = "what one op made fills L1, and the op that is refused is another",
     .upstream = "tt-xla #2715, #3785",
     .switches = Defect::references_kept,
     .program = programs::going_on<programs::one_op_after_another>,
     .findings = {"out-of-memory"}},
    {.name = "every-second-kept",
     .what = "every second of many tensors is kept: there is room enough, and not in one piece",
     .upstream = "#32149",
     .switches = Defect::references_kept,
     .program = programs::going_on<programs::large_after_many>,
     .findings = {"out-of-memory"}},
    {.name = "markers-kept",
     .what =
         "semaphores of a few bytes stay between large tensors that go, and keep their room apart",
     .upstream = "#54788",
     .switches = Defect::references_kept,
     .program = programs::going_on<programs::large_between_markers>,
     .findings = {"out-of-memory"}},
    {.name = "tensors-in-the-way",
     .what = "tensors that are kept in L1 reach down to where a program's circular buffers end",
     .upstream = "#28835, tt-xla #5206",
     .switches = Defect::references_kept,
     .program = programs::going_on<programs::op_above_tensors>,
     .findings = {"circular-buffer-clash"}},
    {.name = "ranges-of-every-core",
     .what = "a shard is kept clear of what lies on cores that it has no part in, and is refused "
             "although "
             "its own are empty",
     .upstream = "#54479",
     .switches = Defect::ranges_of_every_core,
     .program = programs::going_on<programs::shard_beside_single_cores>,
     .findings = {"out-of-memory"}},
    {.name = "helper-asks-one-core",
     .what = "an op plans its circular buffers by what is free on the first core, and one of "
             "another core "
             "is "
             "in their way",
     .upstream = "#53538",
     .switches = Defect::helper_asks_one_core,
     .program = programs::going_on<programs::op_beside_single_core>,
     .findings = {"circular-buffer-clash"}},
    {.name = "profiler-allocates",
     .what = "the profiler has a buffer in DRAM that looks like one of the user's, as long as the "
             "chip is "
             "open",
     .upstream = "#22357",
     .switches = Defect::profiler_allocates,
     .program = programs::tensors,
     .seen = "it is a reservation of the runtime's own, in a row by itself"},
}};

}  // namespace

std::span<const KnownDefect> known_defects() { return kDefects; }

const KnownDefect* find_defect(std::string_view name) {
    for (const KnownDefect& defect : kDefects) {
        if (name == defect.name) return &defect;
    }
    return nullptr;
}

}  // namespace plimsoll::model
