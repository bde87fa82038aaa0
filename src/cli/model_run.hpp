#pragma once

#include <functional>
#include <string>
#include <vector>

#include "findings/report.hpp"
#include "model/session.hpp"

namespace plimsoll::cli {

// A program for the model: on which machine and release, and with which defects.
struct ModelProgram {
    std::vector<std::string> command;  // as the report shows it
    const char* machine;
    const char* release;
    model::Defects defects;
    std::function<void(model::Session&)> steps;
    bool verify = false;
};

// Runs it in a process of its own, which attaches like any other, and watches that one as
// `plimsoll run` does. The report has no times.
// Throws std::runtime_error with what a person should read when that cannot be done.
findings::Report watch_model(const ModelProgram& program);

// Runs it here with nobody watching but `tracker`.
void show_to(model::IGraphProcessor& tracker, const ModelProgram& program);

}  // namespace plimsoll::cli
