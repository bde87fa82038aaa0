#include "tests/proof/planted_truth.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "findings/judge.hpp"
#include "ledger/merge.hpp"
#include "tests/proof/planted_process.hpp"

namespace plimsoll::proof {
namespace {

using Addresses = std::set<std::uint64_t>;

constexpr std::pair<const char*, Code> kOfAllocations[] = {
    {"buffer-outlives-device", Code::outlives_device},
    {"program-cache-holds", Code::cache_holds},
    {"left-at-exit", Code::left_at_exit},
    {"runtime-forgot-circular-buffers", Code::forgotten},
    {"freed-after-device-close", Code::freed_late},
    {"unattributed", Code::unattributed}};

// What must be told of something, what may be, and how much of it no row can tell.
struct Truth {
    std::map<std::uint64_t, const Entry*> sure;  // by address
    Addresses possible;
    std::uint64_t unlisted = 0;
};

template <class Deserves>
Truth truth(const Diary& diary, Deserves deserves) {
    Truth truth;
    for (std::uint32_t page = 0; page < Diary::kThreads; ++page) {
        for (std::uint32_t i = 0; i < diary.pages[page].used; ++i) {
            const Entry& entry = diary.pages[page].entries[i];
            const std::uint64_t address = Diary::address_of(page, i);
            if (entry.state == Entry::moving) {
                truth.possible.insert(address);
            } else if (deserves(entry)) {
                if (entry.unlisted != 0) ++truth.unlisted;
                if (entry.unlisted == 0) truth.sure[address] = &entry;
            }
        }
    }
    return truth;
}

bool deserves(const Entry& entry, Code code, End end) {
    const bool ends_here = entry.state == Entry::held;
    if (code == Code::left_at_exit && ends_here && end != End::exit) return false;
    return Codes(entry.codes).has(code);
}

bool dies_holding(const Entry& entry) { return entry.state == Entry::held && entry.reserved == 0; }

template <class Rows>
Addresses addresses(const Rows& rows) {
    Addresses all;
    for (const auto& row : rows) all.insert(row.address);
    return all;
}

void expect_between(const Truth& truth, const Addresses& told) {
    Addresses invented = told;
    for (const auto& [address, entry] : truth.sure) {
        EXPECT_EQ(told.count(address), 1u)
            << "missed: " << address << ", state " << entry->state << ", codes " << entry->codes;
        invented.erase(address);
    }
    for (const std::uint64_t possible : truth.possible) invented.erase(possible);
    EXPECT_EQ(invented, Addresses{});
}

const findings::Finding* find(const std::vector<findings::Finding>& findings, const char* code) {
    const auto found = std::find_if(findings.begin(), findings.end(),
                                    [code](const auto& one) { return one.code == code; });
    return found == findings.end() ? nullptr : &*found;
}

// Of what is counted and not listed no owner is known.
bool needs_a_row(Code code) { return code == Code::unattributed || code == Code::cache_holds; }

void expect_code(const std::vector<findings::Finding>& findings, const char* name,
                 const Truth& truth, std::uint64_t more_unlisted) {
    SCOPED_TRACE(name);
    const findings::Finding* finding = find(findings, name);
    if (finding == nullptr) {
        EXPECT_TRUE(truth.sure.empty() && truth.unlisted == 0);
        return;
    }
    ASSERT_LE(finding->count, findings::kMaxRows);  // all are listed
    expect_between(truth, addresses(finding->allocations));
    const std::uint64_t least = truth.sure.size() + truth.unlisted;
    EXPECT_GE(finding->count, least);
    EXPECT_LE(finding->count, least + more_unlisted + truth.possible.size());
}

// When something grows is told by turns of loops: of one thread, for several that are not in step
// may look like anything.
void expect_growth(const std::vector<findings::Finding>& findings, const Diary& diary,
                   const Trial& trial, End end) {
    if (trial.threads > 1) return;
    bool found = false;
    for (const findings::Finding& finding : findings) {
        if (finding.code != "grows-per-iteration") continue;
        EXPECT_NE(finding.title.find("planted.py:1000"), std::string::npos) << finding.title;
        found = true;
    }
    constexpr std::uint32_t kEnough = 12, kTooFew = 4;
    // Not told: what stopped growing; and anything while an event is missing, as the one that was
    // being written when the process was killed.
    const bool must_be_seen = !trial.loses_events() && !trial.overflows() && end != End::killed &&
                              diary.turns < PlantingUser::kMostTurns;
    EXPECT_TRUE(found || !must_be_seen || diary.turns < kEnough) << diary.turns << " turns";
    EXPECT_TRUE(!found || diary.turns > kTooFew) << diary.turns << " turns";
}

void expect_refusals(const std::vector<findings::Finding>& findings, const char* code,
                     const Diary& diary, Diary::Refusals Diary::Page::*planted) {
    const auto told = std::count_if(findings.begin(), findings.end(),
                                    [code](const auto& finding) { return finding.code == code; });
    std::int64_t begun = 0, returned = 0;
    for (const Diary::Page& page : diary.pages) {
        begun += (page.*planted).begun;
        returned += (page.*planted).returned;
    }
    EXPECT_GE(told, returned) << code;
    EXPECT_LE(told, begun) << code;
}

void expect_held(const ledger::ProcessView& view, const Diary& diary) {
    const Truth held = truth(diary, [](const Entry& one) { return one.state == Entry::held; });
    expect_between(held, addresses(view.held));
    EXPECT_GE(view.held_count, held.sure.size() + held.unlisted);
    EXPECT_LE(view.held_count, held.sure.size() + held.unlisted + held.possible.size());
}

// May be more than a finding lists.
void expect_death(const std::vector<findings::Finding>& findings, const Diary& diary, End end) {
    const findings::Finding* died = find(findings, "process-died-holding");
    const Truth held = truth(diary, dies_holding);
    const Truth reserved = truth(
        diary, [](const Entry& one) { return one.state == Entry::held && one.reserved != 0; });
    if (died == nullptr) {
        EXPECT_TRUE(end != End::killed || held.sure.empty());
        return;
    }
    EXPECT_EQ(end, End::killed);
    const std::uint64_t least = held.sure.size() + held.unlisted;
    EXPECT_GE(died->count, least);
    EXPECT_LE(died->count, least + held.possible.size() + reserved.unlisted);
    for (const std::uint64_t address : addresses(died->allocations)) {
        EXPECT_TRUE(held.sure.contains(address) || held.possible.contains(address)) << address;
    }
}

void expect_nothing_else(const std::vector<findings::Finding>& findings) {
    std::set<std::string> known = {"out-of-memory", "circular-buffer-clash", "grows-per-iteration",
                                   "process-died-holding", "ledger-differs-from-allocator"};
    for (const auto& [name, code] : kOfAllocations) known.insert(name);
    for (const findings::Finding& finding : findings) EXPECT_EQ(known.count(finding.code), 1u);
}

}  // namespace

void expect_the_planted(std::vector<ledger::ProcessView> views, const Diary& diary,
                        const Trial& trial, End end) {
    ASSERT_EQ(views.size(), 1u);
    const ledger::Snapshot snapshot = ledger::merge(std::move(views));
    const ledger::ProcessView& view = snapshot.processes.front();
    const std::vector<findings::Finding> findings = findings::judge(snapshot, {});
    expect_held(view, diary);
    for (const auto& [name, code] : kOfAllocations) {
        const Code of = code;
        Truth planted = truth(diary, [&](const Entry& one) { return deserves(one, of, end); });
        const std::uint64_t unlisted = needs_a_row(of) ? 0 : planted.unlisted;
        // What is left at exit beside others may be theirs, as far as is known.
        planted.unlisted = of == Code::left_at_exit ? 0 : unlisted;
        expect_code(findings, name, planted, unlisted - planted.unlisted);
    }
    expect_death(findings, diary, end);
    expect_refusals(findings, "out-of-memory", diary, &Diary::Page::out_of_memory);
    expect_refusals(findings, "circular-buffer-clash", diary, &Diary::Page::clashes);
    const bool differs = find(findings, "ledger-differs-from-allocator") != nullptr;
    EXPECT_TRUE(differs || diary.differences == 0);
    EXPECT_TRUE(!differs || diary.differences_begun > 0);
    expect_growth(findings, diary, trial, end);
    expect_nothing_else(findings);
    EXPECT_EQ(view.events.produced, view.events.received + view.events.lost);
    EXPECT_TRUE(view.events.lost == 0 || trial.loses_events());
    EXPECT_TRUE(snapshot.totals.active_allocations == 0 || end == End::running);
}

}  // namespace plimsoll::proof
