#include "doctor/description.hpp"

#include <cxxabi.h>

#include <cstdlib>
#include <memory>
#include <sstream>

namespace plimsoll::doctor {
namespace {

// Class and function, without namespaces and arguments.
std::string readable_name(const std::string& symbol) {
    int failed = 0;
    const std::unique_ptr<char, decltype(&std::free)> demangled(
        abi::__cxa_demangle(symbol.c_str(), nullptr, nullptr, &failed), &std::free);
    if (failed != 0 || demangled == nullptr) return symbol;
    std::string name = demangled.get();
    name.resize(std::min(name.size(), name.find('(')));
    for (const std::string part : {"tt::tt_metal::", "detail::", "distributed::", "[abi:cxx11]"}) {
        for (auto at = name.find(part); at != std::string::npos; at = name.find(part)) {
            name.erase(at, part.size());
        }
    }
    return name;
}

}  // namespace

std::vector<std::string> fields_of(const std::string& line) {
    std::istringstream in(line);
    std::vector<std::string> fields;
    for (std::string field; std::getline(in, field, '\t');) fields.push_back(field);
    return fields;
}

Description parse_description(std::string_view lines) {
    Description found;
    std::istringstream in{std::string(lines)};
    for (std::string line; std::getline(in, line);) {
        std::vector<std::string> field = fields_of(line);
        if (field.empty()) continue;
        const std::string what = field[0];
        field.resize(4);  // an empty last field leaves no trace
        if (what == "call-sites") {
            found.call_sites = field[1] == "1";
            found.why_no_call_sites = field[2];
        } else if (what == "capability") {
            found.capabilities.push_back({field[2], field[1], field[3], {}});
        } else if (what == "function" && !found.capabilities.empty()) {
            found.capabilities.back().functions.push_back(
                {readable_name(field[3]), field[3], field[1] == "seam", field[2] == "1"});
        } else if (what == "coverage") {
            found.coverage.push_back({field[1], field[2], field[3]});
        }
    }
    return found;
}

}  // namespace plimsoll::doctor
