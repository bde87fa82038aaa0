#include <map>
#include <utility>

#include "findings/codes.hpp"
#include "metrics/families.hpp"
#include "metrics/labels.hpp"

namespace plimsoll::metrics {
namespace {

using Type = Family::Type;

Family counter(const char* name, const char* help, std::uint64_t value) {
    return {name, Type::counter, help, "", {{{}, value}}};
}

// Codes that were never found count, too, or nobody could see the first one come.
Family by_code(const char* name, Type type, const char* help, const CountByCode& counts) {
    Family family{name, type, help};
    for (const std::string_view code : findings::kCodes) {
        const auto at = counts.find(std::string(code));
        family.samples.push_back(
            {{{"code", std::string(code)}}, at == counts.end() ? 0 : at->second});
    }
    return family;
}

void add_by_kind(std::vector<Family>& to, const Doings& doings) {
    Family allocations{"plimsoll_allocations", Type::counter, "Allocations that were made."};
    Family frees{"plimsoll_frees", Type::counter, "Allocations that are over."};
    for (std::size_t i = 0; i < kKindCount; ++i) {
        if (doings.allocations[i] == 0) continue;
        const Labels kind = {{"kind", name(static_cast<Kind>(i))}};
        allocations.samples.push_back({kind, doings.allocations[i]});
        frees.samples.push_back({kind, doings.frees[i]});
    }
    to.push_back(std::move(allocations));
    to.push_back(std::move(frees));
}

void add_coverage(std::vector<Family>& to, const Scene& scene) {
    std::map<std::pair<Subject, Coverage>, std::uint64_t> counts;
    for (const Process& process : scene.running) {
        for (const ledger::SubjectCoverage& one : process.figures.coverage) {
            ++counts[{one.subject, one.coverage}];
        }
    }
    Family family{"plimsoll_coverage_processes", Type::gauge,
                  "Processes of which so much is seen of a kind of memory, or of a detail."};
    for (const auto& [of, count] : counts) {
        family.samples.push_back({{{"what", name(of.first)}, {"state", name(of.second)}}, count});
    }
    to.push_back(std::move(family));
}

}  // namespace

void add_doings(std::vector<Family>& to, const Scene& scene) {
    Doings all = scene.ended.doings;
    for (const Process& process : scene.running) all.add(process.figures, process.lost_events);
    add_by_kind(to, all);
    to.push_back(counter("plimsoll_refused_allocations", "Allocations that the runtime refused.",
                         all.refused));
    to.push_back(counter("plimsoll_events", "Events that processes have written.", all.events));
    to.push_back(counter("plimsoll_lost_events",
                         "Events that were overwritten before they were read: history is missing, "
                         "what is live is exact all the same.",
                         all.lost_events));
    to.push_back(
        {"plimsoll_ended_processes",
         Type::counter,
         "Processes that have ended, and whether something was still allocated.",
         "",
         {{{{"end", "empty"}}, scene.ended.empty}, {{{"end", "holding"}}, scene.ended.holding}}});
    to.push_back(by_code("plimsoll_findings", Type::gauge, "Findings in processes that run.",
                         scene.findings));
    to.push_back(by_code("plimsoll_ended_findings", Type::counter,
                         "Findings in processes when they ended.", scene.ended.findings));
    add_coverage(to, scene);
}

}  // namespace plimsoll::metrics
