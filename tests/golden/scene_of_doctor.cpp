#include "tests/golden/scene_of_doctor.hpp"

#include "doctor/diagnose.hpp"

namespace plimsoll::golden {

doctor::Diagnosis unknown_release_without_hardware() {
    doctor::Findings found;
    found.python = "3.11.4";
    found.imported = found.has_agent = true;
    found.seen.why_no_call_sites = "lines are known of Python 3.10 and 3.12 only";
    found.seen.capabilities = {{"circular buffers",
                                "lost",
                                "circular buffers are not seen",
                                {{"ProgramImpl::allocate_circular_buffers", "_Z1a", true, false},
                                 {"GraphTracker::track_allocate_cb", "_Z1b", true, true}}},
                               {"dataflow buffers",
                                "not-needed",
                                "this release has no dataflow buffers",
                                {{"ProgramImpl::dataflow_buffers", "_Z1c", false, false}}}};
    found.seen.coverage = {{"buffer", "exact", ""},
                           {"circular_buffer", "unknown", "this release does not report them"}};
    doctor::Facts facts;
    facts.command = {"/venv/bin/python", "model.py"};
    facts.package = {"/venv/bin/python", "/venv/lib/python3.11/site-packages/ttnn", "0.99.0"};
    facts.compiler = "/opt/tenstorrent/sfpi/compiler/bin/riscv-tt-elf-g++";
    facts.found = found;
    return doctor::diagnose(facts);
}

}  // namespace plimsoll::golden
