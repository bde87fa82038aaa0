#pragma once

#include "doctor/diagnose.hpp"

// One judgement each; diagnose() makes them all.
namespace plimsoll::doctor {

Check check_agent(const Facts& facts);
Check check_command(const Facts& facts);
Check check_package(const Facts& facts);
Check check_python(const Facts& facts);
Check check_seams(const Facts& facts);
Check check_call_sites(const Facts& facts);
Check check_compiler(const Facts& facts);
Check check_machine(const Facts& facts);

}  // namespace plimsoll::doctor
