#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::doctor {

// A function of the runtime, as a person reads it and as the linker does.
struct Function {
    std::string name, symbol;
    bool is_seam = false;  // the agent stands in front of it; else it asks it
    bool found = false;
};

struct Capability {
    std::string what;
    std::string state;  // there, lost, not-needed
    std::string text;   // what is lost without it, or why it is not needed
    std::vector<Function> functions;
};

struct KindCoverage {
    std::string kind, state, why;
};

// What the agent says of the runtime in its process (agents/ttmetal/describe.hpp).
struct Description {
    bool call_sites = false;
    std::string why_no_call_sites;
    std::vector<Capability> capabilities;
    std::vector<KindCoverage> coverage;
};

// Lines that are not of this kind are passed over: they are another reader's.
Description parse_description(std::string_view lines);

// The fields of a line, which tabs separate.
std::vector<std::string> fields_of(const std::string& line);

}  // namespace plimsoll::doctor
