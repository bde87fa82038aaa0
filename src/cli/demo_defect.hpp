#pragma once

#include <string>

#include "findings/report.hpp"
#include "machines/problem.hpp"
#include "model/defects.hpp"
#include "view/page.hpp"

namespace plimsoll::cli {

// One defect of the model: its program with the defect and without.
struct DefectStory {
    const model::KnownDefect* defect;
    findings::Report with;
    findings::Report without;
};

// Throws as watch_model() does.
DefectStory tell_defect_story(const model::KnownDefect& defect);

// As a person reads it.
std::string text(const DefectStory& story, view::Style style);

// All there are.
std::string defect_table(std::span<const model::KnownDefect> defects, view::Style style);

// What to tell whoever named another one: with the name that is nearest to it.
machines::Problem unknown_defect(const std::string& name);

}  // namespace plimsoll::cli
