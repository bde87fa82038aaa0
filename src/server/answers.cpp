#include "server/answers.hpp"

#include <fmt/format.h>

#include "export/json.hpp"
#include "export/ps_json.hpp"
#include "export/server_json.hpp"
#include "findings/judge.hpp"
#include "ledger/merge.hpp"
#include "plimsoll/version.h"

namespace plimsoll::server {
namespace {

using protocol::Ask;
using protocol::Failure;

Failure too_large(const std::string& what) {
    return {Failure::Code::too_large,
            what + "; ask for less (pid, device, region, kind, owner), or for the segment", "null"};
}

bool concerns(const ledger::Selection& selection, pid_t pid) {
    return !selection.pid || *selection.pid == pid;
}

}  // namespace

Answers::Body Answers::snapshot(const Conversation& to, const protocol::Request& request) {
    std::vector<ledger::ProcessView> running;
    std::uint64_t rows = 0;
    for (Watched& watched : list_->running()) {
        if (!to.may_see(watched.process.user())) continue;
        if (!concerns(request.selection, watched.process.pid())) continue;
        if (request.allocations) rows += watched.process.live_count();
        if (rows > limits_.rows) return too_large(fmt::format("more than {} rows", limits_.rows));
        running.push_back(
            ledger::select(request.allocations ? watched.process.view() : watched.process.figures(),
                           request.selection));
    }
    std::vector<ledger::ProcessView> ended;
    for (const LastWord& word : list_->last_words()) {
        if (to.may_see(word.user) && concerns(request.selection, word.process.identity.pid)) {
            ended.push_back(word.process);
        }
    }
    return exporting::snapshot_json(
        running, request.allocations ? exporting::With::allocations : exporting::With::figures,
        ended);
}

Answers::Body Answers::of_one(Watched& watched, const protocol::Request& request) {
    if (request.ask == Ask::segment)
        return exporting::observed_json_text(watched.process.figures());
    if (watched.process.live_count() > limits_.rows) {
        return too_large(fmt::format("it holds more than {} allocations", limits_.rows));
    }
    const ledger::ProcessView process = watched.process.view();
    findings::Report report;
    report.attached = true;
    report.package = process.identity.package;
    report.machine = process.identity.machine;
    report.snapshot = ledger::merge({process});
    report.findings = findings::judge(report.snapshot, report.package);
    return request.ask == Ask::leaks ? exporting::leaks_json(process, report.findings)
                                     : exporting::to_json(report);
}

Answers::Body Answers::mark(const Conversation& to, const protocol::Request& request) {
    protocol::Mark mark{*request.name, 0, {}};
    for (const Watched& watched : list_->running()) {
        if (!to.may_see(watched.process.user())) continue;
        if (!concerns(request.selection, watched.process.pid())) continue;
        mark.last_ids[watched.process.pid()] = watched.process.last_id();
    }
    marks_.set(to.user(), mark.name, mark.last_ids, Marks::Clock::now());
    return protocol::mark_body(mark);
}

Answers::Body Answers::body(const Conversation& to, const protocol::Request& request) {
    switch (request.ask) {
        case Ask::hello:
            return protocol::hello_body(PLIMSOLL_VERSION);
        case Ask::snapshot:
        case Ask::watch:
            return snapshot(to, request);
        case Ask::mark:
            return mark(to, request);
        case Ask::marks:
            return protocol::marks_body(marks_.of(to.user(), Marks::Clock::now()));
        case Ask::leaks:
        case Ask::dump:
        case Ask::segment:
            break;
    }
    Watched* watched = list_->find(*request.selection.pid);
    if (watched == nullptr || !to.may_see(watched->process.user())) {
        return Failure{Failure::Code::not_found,
                       fmt::format("process {} is not watched, or not yours to look into",
                                   *request.selection.pid),
                       "null"};
    }
    return of_one(*watched, request);
}

bool Answers::answer(Conversation& to, const protocol::Request& request) {
    Body made = body(to, request);
    if (const auto* text = std::get_if<std::string>(&made);
        text != nullptr && text->size() > limits_.answer_bytes) {
        made = too_large(fmt::format("the answer has {} bytes", text->size()));
    }
    if (auto* failure = std::get_if<Failure>(&made)) {
        failure->id = request.id;
        to.say(protocol::write_failure(*failure));
        return false;
    }
    std::vector<int> descriptors;
    if (request.ask == Ask::segment) {
        const Watched& watched = *list_->find(*request.selection.pid);
        descriptors = {watched.segment.get()};
        if (watched.process.process_fd() >= 0) descriptors.push_back(watched.process.process_fd());
    }
    to.say(protocol::write_answer(request.id, protocol::name(request.ask),
                                  std::get<std::string>(made)),
           descriptors);
    return request.ask == Ask::watch;
}

}  // namespace plimsoll::server
