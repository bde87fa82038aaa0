#include "machines/interpreter.hpp"

#include <gtest/gtest.h>

#include "machines/test_folder.hpp"

namespace plimsoll::machines {
namespace {

namespace fs = std::filesystem;

// PATH holds python3, env and what a test adds; a second Python is outside of it.
class Interpreter : public testing::Test {
  protected:
    void SetUp() override {
        environment.set("PATH", (folder.path() / "bin").string());
        environment.unset("VIRTUAL_ENV");
    }
    InterpreterChoice choose(std::vector<std::string> command) const {
        return choose_interpreter(command);
    }
    void expect_certain(std::vector<std::string> command, const fs::path& python) const {
        const InterpreterChoice choice = choose(std::move(command));
        EXPECT_TRUE(choice.certain);
        ASSERT_EQ(choice.candidates.size(), 1u);
        EXPECT_EQ(choice.candidates.front(), python);
    }

    const TestFolder folder;
    TestEnvironment environment;
    const fs::path python3 = folder.program("bin/python3", "");
    const fs::path env = folder.program("bin/env", "");
    const fs::path other = folder.program("venv/bin/python3.10", "");
};

TEST_F(Interpreter, IsTheCommandItselfWhenThatIsAPython) {
    expect_certain({"python3", "model.py"}, python3);
    expect_certain({other.string(), "-m", "pytest"}, other);
}

TEST_F(Interpreter, IsNotAProgramThatOnlyBeginsLikeOne) {
    folder.program("bin/python3-config", "");
    EXPECT_FALSE(choose({"python3-config"}).certain);
}

TEST_F(Interpreter, KeepsTheLinkOfAVirtualEnvironment) {
    const fs::path link = folder.path() / "venv/bin/python";
    fs::create_symlink(other, link);
    expect_certain({link.string(), "model.py"}, link);
}

TEST_F(Interpreter, StandsInTheFirstLineOfAScript) {
    folder.program("bin/pytest", "#!" + other.string() + "\nimport sys\n");
    expect_certain({"pytest", "tests"}, other);
}

TEST_F(Interpreter, StandsBehindEnvInTheFirstLineOfAScript) {
    folder.program("bin/run", "#!" + env.string() + " python3\n");
    expect_certain({"run"}, python3);
    folder.program("bin/run-with-options", "#! " + env.string() + " -S python3 -u\n");
    expect_certain({"run-with-options"}, python3);
}

TEST_F(Interpreter, StandsInTheSecondLineWhenItsPathIsTooLongForTheFirst) {
    folder.program("bin/pytest",
                   "#!/bin/sh\n'''exec' \"" + other.string() + "\" \"$0\" \"$@\"\n' '''\n");
    expect_certain({"pytest"}, other);
}

TEST_F(Interpreter, StandsBehindEnvAndItsOptionsAndAssignments) {
    expect_certain({"env", "-i", "-u", "HOME", "A=b", "python3", "model.py"}, python3);
}

TEST_F(Interpreter, StandsBehindAnyOtherProgram) {
    folder.program("bin/timeout",
                   "\x7f"
                   "ELF");
    expect_certain({"timeout", "60", "python3", "model.py"}, python3);
}

TEST_F(Interpreter, IsUncertainForOtherPrograms) {
    folder.program("bin/model",
                   "\x7f"
                   "ELF");
    environment.set("VIRTUAL_ENV", (folder.path() / "venv").string());
    const fs::path active = folder.program("venv/bin/python", "");

    const InterpreterChoice choice = choose({"model"});

    EXPECT_FALSE(choice.certain);
    EXPECT_EQ(choice.candidates, (std::vector<fs::path>{active, python3}));
}

TEST_F(Interpreter, EndsForScriptsThatNameEachOther) {
    folder.program("bin/a", "#!" + (folder.path() / "bin/b").string() + "\n");
    folder.program("bin/b", "#!" + (folder.path() / "bin/a").string() + "\n");
    EXPECT_FALSE(choose({"a"}).certain);
    EXPECT_FALSE(choose({"env"}).certain);
    EXPECT_FALSE(choose({}).certain);
}

}  // namespace
}  // namespace plimsoll::machines
