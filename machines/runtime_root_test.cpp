#include "machines/runtime_root.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "machines/child_output.hpp"
#include "machines/parts.hpp"
#include "machines/test_folder.hpp"

namespace plimsoll::machines {
namespace {

namespace fs = std::filesystem;

class RuntimeRootTest : public testing::Test {
  protected:
    RuntimeRoot make() const {
        const auto made = make_runtime_root(package, stub, store, system_compiler);
        if (!made) ADD_FAILURE() << text(made.problem());
        return made ? made.value() : RuntimeRoot{};
    }
    std::size_t roots_in_store() const {
        std::size_t count = 0;
        for ([[maybe_unused]] const auto& entry : fs::directory_iterator(store / "roots")) ++count;
        return count;
    }

    const TestFolder folder;
    const Package package{"python3", folder.package(), "0.81.1"};
    const fs::path stub = folder.program("stub", "stub 1");
    const fs::path store = folder.path() / "store";
    const fs::path system_compiler = folder.path() / "opt/riscv-tt-elf-g++";
    const fs::path compiler = "runtime/sfpi/compiler/bin/riscv-tt-elf-g++";
};

TEST_F(RuntimeRootTest, LinksWhatThePackageHoldsAndAddsTheStub) {
    const fs::path root = make().folder;
    EXPECT_EQ(fs::read_symlink(root / "tt_metal"), package.folder / "tt_metal");
    EXPECT_EQ(fs::read_symlink(root / "runtime/hw"), package.folder / "runtime/hw");
    EXPECT_EQ(content_of(root / compiler), "stub 1");
    EXPECT_FALSE(fs::is_symlink(root / compiler));
    EXPECT_FALSE(fs::exists(root / "generated"));
    EXPECT_FALSE(fs::exists(root / "__pycache__"));
}

TEST_F(RuntimeRootTest, WritesNothingIntoThePackage) {
    const auto before = fs::last_write_time(package.folder / "runtime");
    make();
    EXPECT_EQ(fs::last_write_time(package.folder / "runtime"), before);
    EXPECT_FALSE(fs::exists(package.folder / "runtime/sfpi"));
}

TEST_F(RuntimeRootTest, StaysTheSameFromRunToRun) {
    const RuntimeRoot first = make();
    std::ofstream(first.folder / "marker") << "still here";
    const RuntimeRoot second = make();
    EXPECT_EQ(second.folder, first.folder);
    EXPECT_EQ(second.kernels, first.kernels);
    EXPECT_TRUE(fs::exists(second.folder / "marker"));
}

TEST_F(RuntimeRootTest, IsReplacedInPlaceWhenTheStubChanges) {
    const RuntimeRoot first = make();
    folder.program("stub", "stub 2");
    const RuntimeRoot second = make();
    EXPECT_EQ(second.folder, first.folder);
    EXPECT_NE(second.kernels, first.kernels);
    EXPECT_EQ(content_of(second.folder / compiler), "stub 2");
    EXPECT_EQ(roots_in_store(), 1u);
}

TEST_F(RuntimeRootTest, IsReplacedWhenThePackageGetsAnotherFile) {
    make();
    folder.file("ttnn/runtime/models/m.yaml", "");
    EXPECT_TRUE(fs::exists(make().folder / "runtime/models/m.yaml"));
}

TEST_F(RuntimeRootTest, IsRepairedWhenItWasLeftUnfinished) {
    const fs::path root = make().folder;
    fs::remove(root / ".plimsoll-root");
    fs::remove(root / "tt_metal");
    EXPECT_TRUE(fs::exists(make().folder / "tt_metal"));
}

TEST_F(RuntimeRootTest, UsesTheRealCompilerOfThePackage) {
    const fs::path stubbed_kernels = make().kernels;
    folder.program("ttnn/" + compiler.string(), "real");
    const RuntimeRoot root = make();
    EXPECT_EQ(content_of(root.folder / compiler), "real");
    EXPECT_TRUE(fs::is_symlink(root.folder / "runtime/sfpi"));
    EXPECT_NE(root.kernels, stubbed_kernels);
}

TEST_F(RuntimeRootTest, LeavesThePlaceFreeForTheRealCompilerOfTheSystem) {
    folder.program("opt/riscv-tt-elf-g++", "real");
    EXPECT_FALSE(fs::exists(make().folder / "runtime/sfpi"));
}

TEST_F(RuntimeRootTest, IsMadeOnceByManyAtTheSameTime) {
    std::vector<std::thread> runs;
    for (int i = 0; i < 8; ++i) runs.emplace_back([this] { make(); });
    for (std::thread& run : runs) run.join();
    EXPECT_EQ(roots_in_store(), 1u);
    EXPECT_EQ(content_of(make().folder / compiler), "stub 1");
}

TEST_F(RuntimeRootTest, IsAProblemWhereNothingCanBeWritten) {
    const fs::path in_the_way = folder.file("in-the-way", "");
    const auto made = make_runtime_root(package, stub, in_the_way, system_compiler);
    ASSERT_FALSE(made);
    EXPECT_NE(made.problem().expected.find(in_the_way.string()), std::string::npos);
}

TEST_F(RuntimeRootTest, HoldsACompilerThatKnowsItsReleaseAndWritesWhatItIsAsked) {
    const auto real_stub = find_stub_compiler();
    ASSERT_TRUE(real_stub) << text(real_stub.problem());
    const auto made = make_runtime_root(package, real_stub.value(), store, system_compiler);
    ASSERT_TRUE(made);
    const std::string gcc = made.value().folder / compiler;

    EXPECT_EQ(run({gcc, "--version"}).text,
              "riscv-tt-elf-g++ (tenstorrent/sfpi:7.8.9[12]) 15.1.0\n");

    const std::string object = folder.path() / "kernel.o";
    const ChildOutput compiled = run({gcc, "-O2", "-MMD", "-c", "-o", object, "kernel.cc"});
    EXPECT_EQ(compiled.status, 0) << compiled.text;
    EXPECT_TRUE(
        content_of(object).starts_with("\x7f"
                                       "ELF"));
    EXPECT_EQ(content_of(folder.path() / "kernel.d"), object + ": kernel.cc\n");

    EXPECT_EQ(run({gcc, "-c", "kernel.cc"}).status, 1);
    EXPECT_EQ(run({gcc, "-o", (folder.path() / "no/such/folder/kernel.o").string()}).status, 1);
}

}  // namespace
}  // namespace plimsoll::machines
