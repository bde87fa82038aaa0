#include "doctor/diagnose.hpp"

#include <gtest/gtest.h>

#include <string_view>

namespace plimsoll::doctor {
namespace {

// A mock machine on which everything works.
Facts good() {
    Facts facts;
    facts.package = {"/venv/bin/python", "/venv/ttnn", "0.81.1"};
    facts.machine = machines::find("n150");
    Findings found;
    found.python = "3.10.13";
    found.imported = found.has_agent = found.ran = true;
    found.opened = 1;
    found.seen.call_sites = true;
    found.seen.capabilities = {
        {"buffers", "there", "buffers are not seen", {{"f", "f", true, true}}},
        {"dataflow buffers", "not-needed", "this release has none", {{"g", "g", true, false}}}};
    facts.found = found;
    return facts;
}

Check check(const Facts& facts, std::string_view what) {
    for (const Check& one : diagnose(facts).checks) {
        if (one.what == what) return one;
    }
    return {"none", State::ok, "no such check"};
}

// The only check that is not ok.
std::string trouble(const Facts& facts) {
    std::string found;
    for (const Check& one : diagnose(facts).checks) {
        if (one.state == State::ok) continue;
        EXPECT_FALSE(one.to_do.empty()) << one.what;
        found += std::string(one.what) + ": " + one.detail;
    }
    return found;
}

TEST(Diagnose, AMachineOnWhichAllWorksIsReady) {
    const Diagnosis diagnosis = diagnose(good());
    EXPECT_TRUE(diagnosis.ready());
    EXPECT_EQ(check(good(), "seams").detail, "all there that this release needs: 1 functions");
    EXPECT_EQ(check(good(), "machine").detail,
              "mock n150, one Wormhole chip: opened, and an op ran on it");
}

TEST(Diagnose, WithoutAPackageNothingElseIsLookedAt) {
    Facts facts = good();
    facts.no_package = machines::Problem{"no ttnn package in /bin/python3", "one", "install it"};
    facts.found.reset();
    EXPECT_FALSE(diagnose(facts).ready());
    EXPECT_EQ(check(facts, "ttnn").to_do, "install it");
    for (const char* what : {"python", "seams", "call sites", "compiler", "machine"}) {
        EXPECT_EQ(check(facts, what).state, State::missing) << what;
        EXPECT_EQ(check(facts, what).detail, "not looked at") << what;
    }
}

TEST(Diagnose, APartOfTheInstallationThatIsMissing) {
    Facts facts = good();
    facts.agent_problem = "the library is not there";
    EXPECT_EQ(trouble(facts), "agent: the library is not there");
}

TEST(Diagnose, AnAgentThatTheCallerTurnedOff) {
    Facts facts = good();
    facts.agent_is_off = true;
    EXPECT_EQ(trouble(facts), "agent: PLIMSOLL_AGENT=off keeps it out");
}

TEST(Diagnose, ACommandThatNothingIsPreloadedInto) {
    Facts facts = good();
    facts.command = {"sudo", "python"};
    facts.no_preload = "it is set-uid";
    EXPECT_EQ(trouble(facts), "command: sudo: it is set-uid, so the agent does not reach it");
}

TEST(Diagnose, AFunctionThatIsMissingCostsWhatItIsFor) {
    Facts facts = good();
    facts.found->seen.capabilities[0].state = "lost";
    facts.found->seen.capabilities[0].functions[0].found = false;
    EXPECT_EQ(trouble(facts), "seams: 0 of 1 functions are there: buffers are not seen");
}

TEST(Diagnose, APythonWhoseFramesAreUnknown) {
    Facts facts = good();
    facts.found->seen.call_sites = false;
    facts.found->seen.why_no_call_sites = "unknown frames";
    EXPECT_EQ(trouble(facts), "call sites: unknown frames");
}

TEST(Diagnose, APackageThatCannotBeImported) {
    Facts facts = good();
    facts.found = Findings{};
    facts.found->python = "3.10.13";
    facts.found->complaint = "libmpi.so.40: cannot open";
    EXPECT_EQ(check(facts, "ttnn").detail,
              "0.81.1 in /venv/ttnn cannot be imported: libmpi.so.40: cannot open");
}

TEST(Diagnose, APythonThatLosesThePreload) {
    Facts facts = good();
    facts.found->has_agent = false;
    EXPECT_EQ(trouble(facts), "python: /venv/bin/python runs without the agent");
}

TEST(Diagnose, AMachineThatDoesNotOpenOrDoesNotRun) {
    Facts facts = good();
    facts.found->opened = 0;
    facts.found->complaint = "no fabric";
    EXPECT_EQ(trouble(facts),
              "machine: mock n150, one Wormhole chip: it cannot be opened: no fabric");
    facts = good();
    facts.found->ran = false;
    facts.found->complaint = "no compiler";
    EXPECT_EQ(
        trouble(facts),
        "machine: mock n150, one Wormhole chip: 1 opened, but an op does not run: no compiler");
    facts = good();
    facts.found->attached = false;
    facts.found->complaint = "plimsoll: cannot attach: no memfd";
    EXPECT_EQ(trouble(facts),
              "machine: mock n150, one Wormhole chip: plimsoll: cannot attach: no memfd");
}

TEST(Diagnose, HardwareNeedsDevicesAndACompiler) {
    Facts facts = good();
    facts.machine = nullptr;
    EXPECT_EQ(check(facts, "compiler").state, State::missing);
    facts.compiler = "/opt/sfpi/g++";
    EXPECT_EQ(trouble(facts), "machine: no device under /dev/tenstorrent");
    facts.hardware = {2, false, false};
    EXPECT_EQ(trouble(facts),
              "machine: 2 devices under /dev/tenstorrent, which you may not read and write");
    facts.hardware = {1, true, false};
    EXPECT_TRUE(diagnose(facts).ready());
    facts.hardware = {0, false, true};
    EXPECT_TRUE(diagnose(facts).ready());
}

}  // namespace
}  // namespace plimsoll::doctor
