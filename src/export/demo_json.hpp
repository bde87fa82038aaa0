#pragma once

#include <span>
#include <string>
#include <vector>

#include "findings/report.hpp"
#include "model/defects.hpp"

namespace plimsoll::exporting {

// One run of a program on the model.
struct DemoPart {
    std::string name;
    const findings::Report* report;  // borrowed
};

// Whole reports, schema 1, each under its name.
std::string demo_json(const std::vector<DemoPart>& parts);

// What the model can do wrong, and what Plimsoll must say of it.
std::string defects_json(std::span<const model::KnownDefect> defects);

}  // namespace plimsoll::exporting
