#include "cli/model_run.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <cstring>
#include <stdexcept>

#include "cli/scratch_folder.hpp"
#include "cli/watch.hpp"
#include "findings/judge.hpp"

namespace plimsoll::cli {
namespace {

template <class Value>
Value value_or_throw(Result<Value> result) {
    if (result) return std::move(result).value();
    throw std::runtime_error(fmt::format("{}: {}", result.error().text,
                                         std::strerror(static_cast<int>(result.error().number))));
}

model::Session session_of(const ModelProgram& program) {
    return {*machines::find(program.machine), *model::find_release(program.release),
            program.defects};
}

int run_here(const ModelProgram& program, const std::string& socket) {
    // Some are made to crash, and nobody wants to see why.
    constexpr rlimit kNone{};
    ::setrlimit(RLIMIT_CORE, &kNone);
    model::Session session = session_of(program);
    if (!session.observe({socket.c_str(), program.verify})) return 1;
    program.steps(session);
    session.end();
    return 0;
}

findings::Report report_of(const ModelProgram& program, collect::Collector& collector, pid_t child,
                           int status) {
    findings::Report report = report_of_end(collector, child, status);
    report.command = program.command;
    report.package = std::string("ttnn ") + program.release;
    report.machine = std::string("model:") + program.machine;
    if (!report.attached) report.not_attached_why = "the kernel gave no shared memory";
    report.findings = findings::judge(report.snapshot, report.package);
    return report;
}

}  // namespace

findings::Report watch_model(const ModelProgram& program) {
    const std::optional<ScratchFolder> scratch = ScratchFolder::make();
    if (!scratch) throw std::runtime_error(ScratchFolder::problem());
    const std::string socket = (scratch->path() / "socket").string();
    collect::Collector collector(value_or_throw(collect::Listener::listen(socket)));
    const SignalWatch signals;
    Child child = value_or_throw(Child::fork([&] { return run_here(program, socket); }, signals));
    const int status = watch(child, signals, &collector);
    return report_of(program, collector, child.pid(), status);
}

void show_to(model::IGraphProcessor& tracker, const ModelProgram& program) {
    model::Session session = session_of(program);
    session.context().tracker().push_processor(&tracker);
    program.steps(session);
    session.end();
}

}  // namespace plimsoll::cli
