#include "cli/demo_story.hpp"

#include <fmt/format.h>

#include <map>

#include "cli/model_run.hpp"
#include "findings/words.hpp"
#include "model/programs.hpp"
#include "view/statistics.hpp"
#include "view/text_report.hpp"

namespace plimsoll::cli {
namespace {

constexpr std::size_t kIndent = 3;

ModelProgram mesh_test(model::Defects defects) {
    return {{"plimsoll", "demo"}, "t3k", "0.66.0", defects, model::programs::mesh_test};
}

// The release as it is, but for what the mesh does with its cache: that shows in other releases.
constexpr model::Defects kForgetful =
    model::Defect::program_forgets_circular_buffers | model::Defect::mesh_reports_once;

ModelProgram many_mesh_tests() {
    ModelProgram program = mesh_test(kForgetful);
    program.steps = [](model::Session& session) {
        for (int i = 0; i < DemoStory::kMeshes; ++i) model::programs::mesh_test(session);
    };
    return program;
}

void heading(view::Page& page, std::string_view text) {
    page.line(fmt::format("──── {}", text), view::Look::strong);
    page.blank();
}

void say(view::Page& page, std::string_view text) {
    page.paragraph(std::string(kIndent, ' ') + std::string(text), kIndent);
}

std::string quoted(const std::string& report) { return report + "\n"; }

void tell_problem(view::Page& page, const DemoStory& story) {
    heading(page, "1  A mesh is closed, and three buffers are left");
    say(page,
        "A program opens eight Wormhole chips as a 2x4 mesh, runs one operation, which has three "
        "circular buffers of 4096 B on each core, and closes the mesh. A tracker that believes the "
        "runtime then shows:");
    page.blank();
    print_tracker(page, story.tracker);
    page.blank();
    say(page,
        "12 KB leaked? Why three, and why on device 0 alone? Nothing that the program could free "
        "is left, and the tracker cannot say who holds them: it knows an address.");
    page.blank();
}

}  // namespace

DemoStory tell_demo_story() {
    DemoStory story;
    const ModelProgram forgetful = mesh_test(kForgetful);
    const ModelProgram mended = mesh_test({});
    const ModelProgram many = many_mesh_tests();
    show_to(story.tracker, forgetful);
    story.watched = watch_model(forgetful);
    show_to(story.mended_tracker, mended);
    story.mended = watch_model(mended);
    show_to(story.many_tracker, many);
    story.many = watch_model(many);
    return story;
}

void print_tracker(view::Page& page, const model::BelievingTracker& tracker) {
    struct Sums {
        std::uint64_t buffers = 0, dram = 0, l1 = 0;
    };
    std::map<int, Sums> devices;
    for (const auto& [key, entry] : tracker.entries()) {
        Sums& sums = devices[key.first];
        ++sums.buffers;
        (model::is_dram(entry.type) ? sums.dram : sums.l1) += entry.size;
    }
    const auto kib = [](std::uint64_t bytes) {
        return fmt::format("{} bytes ({} KB)", bytes, bytes / 1024);
    };
    page.line("   📊 Current Statistics:");
    for (const auto& [device, sums] : devices) {
        page.line(fmt::format("     Device {}:", device));
        page.line(fmt::format("       Buffers: {}", sums.buffers));
        page.line("       DRAM: " + kib(sums.dram));
        page.line("       L1: " + kib(sums.l1));
    }
    page.line(fmt::format("     Active allocations: {}", tracker.active_allocations()));
}

std::string text(const DemoStory& story, view::Style style) {
    view::Page problem(style), answer(style), mended(style), many(style), on(style);
    tell_problem(problem, story);
    heading(answer, "2  The same program, watched by Plimsoll");
    heading(mended, "3  The same program on a runtime that forgets nothing");
    mended.line(fmt::format("   The tracker shows {} active allocations. Plimsoll:",
                            story.mended_tracker.active_allocations()));
    mended.blank();
    heading(many, fmt::format("4  {} meshes, opened and closed in one process of the forgetful one",
                              DemoStory::kMeshes));
    many.line(fmt::format("   The tracker shows {} active allocations. Plimsoll:",
                          story.many_tracker.active_allocations()));
    many.blank();
    for (const ledger::KindUse& use : story.many.snapshot.kinds) {
        many.line(fmt::format("   {}: {} allocated, {} freed, {} of them reported",
                              findings::plural(findings::noun(use.kind)), use.allocations,
                              use.frees, use.reported_frees));
    }
    many.blank();
    on.blank();
    on.line("What else can go wrong:   plimsoll demo --list", view::Look::faint);
    on.line("Your own program:         plimsoll run -- python model.py", view::Look::faint);
    return std::move(problem).text() + std::move(answer).text() +
           quoted(view::text_report(story.watched, style)) + std::move(mended).text() +
           quoted(view::text_report(story.mended, style)) + std::move(many).text() +
           view::statistics(story.many.snapshot) + std::move(on).text();
}

}  // namespace plimsoll::cli
