#pragma once

#include <string>

#include "findings/report.hpp"
#include "model/believing_tracker.hpp"
#include "view/page.hpp"

namespace plimsoll::cli {

// The program the project began with, told on the model: what a tracker that believes the runtime
// shows of it, what Plimsoll does, the same on a runtime that forgets nothing, and many times over.
struct DemoStory {
    static constexpr int kMeshes = 500;  // of the last part

    model::BelievingTracker tracker;
    findings::Report watched;
    model::BelievingTracker mended_tracker;
    findings::Report mended;
    model::BelievingTracker many_tracker;
    findings::Report many;
};

// Runs all of it, which takes about a second. Throws as watch_model() does.
DemoStory tell_demo_story();

// As a person reads it.
std::string text(const DemoStory& story, view::Style style);

// What the tracker shows, in the form that its users know.
void print_tracker(view::Page& page, const model::BelievingTracker& tracker);

}  // namespace plimsoll::cli
