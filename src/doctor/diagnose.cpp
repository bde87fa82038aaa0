#include "doctor/diagnose.hpp"

#include "doctor/checks.hpp"

namespace plimsoll::doctor {

Diagnosis diagnose(const Facts& facts) {
    Diagnosis diagnosis;
    diagnosis.command = facts.command;
    diagnosis.checks = {check_agent(facts),    check_command(facts), check_package(facts),
                        check_python(facts),   check_seams(facts),   check_call_sites(facts),
                        check_compiler(facts), check_machine(facts)};
    if (facts.found) diagnosis.seen = facts.found->seen;
    return diagnosis;
}

}  // namespace plimsoll::doctor
