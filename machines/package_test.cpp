#include "machines/package.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "machines/test_folder.hpp"

namespace plimsoll::machines {
namespace {

using testing::HasSubstr;

// A shell script plays the Python: the tests need none.
class PackageSearch : public testing::Test {
  protected:
    Outcome<Package> find(const std::string& script) {
        python = folder.program("bin/python3", "#!/bin/sh\n" + script + "\n");
        return find_package(std::vector<std::string>{python.string(), "model.py"});
    }

    const TestFolder folder;
    TestEnvironment environment;
    std::filesystem::path python;
};

TEST_F(PackageSearch, FindsFolderAndVersionBesideWhateverElsePythonPrints) {
    const auto package = folder.package();
    const auto found = find("echo warning >&2; printf 'plimsoll-package\\t" + package.string() +
                            "\\t0.81.1\\n'; echo more");
    ASSERT_TRUE(found) << text(found.problem());
    EXPECT_EQ(found.value().folder, package);
    EXPECT_EQ(found.value().version, "0.81.1");
    EXPECT_EQ(found.value().interpreter, python);
}

TEST_F(PackageSearch, NamesThePythonThatHasNoPackage) {
    const auto found = find("exit 0");
    ASSERT_FALSE(found);
    EXPECT_THAT(text(found.problem()), HasSubstr("no ttnn package in " + python.string()));
}

TEST_F(PackageSearch, SaysWhyAPythonDoesNotRun) {
    const auto shim = find("echo 'pyenv: python3: command not found'; echo; echo hint; exit 127");
    ASSERT_FALSE(shim);
    EXPECT_THAT(shim.problem().what, HasSubstr("pyenv: python3: command not found"));
    const auto broken = find("echo 'Traceback (most recent call last):'; echo 'Error: x'; exit 1");
    ASSERT_FALSE(broken);
    EXPECT_THAT(broken.problem().what, HasSubstr("Error: x"));
}

TEST_F(PackageSearch, RefusesAPackageThatIsNoWheel) {
    folder.file("checkout/ttnn/__init__.py", "");
    const auto found = find("printf 'plimsoll-package\\t" +
                            (folder.path() / "checkout/ttnn").string() + "\\tunknown\\n'");
    ASSERT_FALSE(found);
    EXPECT_THAT(found.problem().what, HasSubstr("no folder tt_metal"));
}

TEST_F(PackageSearch, TriesTheNextPythonWhenTheCommandNamesNone) {
    const auto package = folder.package();
    folder.program("bin/python3", "#!/bin/sh\nexit 1\n");
    folder.program("bin/python",
                   "#!/bin/sh\nprintf 'plimsoll-package\\t" + package.string() + "\\t1.0\\n'\n");
    environment.set("PATH", (folder.path() / "bin").string());
    environment.unset("VIRTUAL_ENV");
    const auto found = find_package(std::vector<std::string>{"./model"});
    ASSERT_TRUE(found) << text(found.problem());
    EXPECT_EQ(found.value().interpreter, folder.path() / "bin/python");
}

TEST_F(PackageSearch, SaysSoWhenThereIsNoPythonAtAll) {
    environment.set("PATH", folder.path().string());
    environment.unset("VIRTUAL_ENV");
    const auto found = find_package(std::vector<std::string>{"./model"});
    ASSERT_FALSE(found);
    EXPECT_THAT(found.problem().what, HasSubstr("no Python found for the command './model'"));
}

}  // namespace
}  // namespace plimsoll::machines
