#include "upstream/sighting.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "upstream/test_statistics.hpp"

namespace plimsoll::upstream {
namespace {

class UpstreamSighting : public testing::Test {
  protected:
    UpstreamSighting() {
        std::string name = (std::filesystem::temp_directory_path() / "upstream-XXXXXX").string();
        folder = ::mkdtemp(name.data());
    }
    ~UpstreamSighting() override { std::filesystem::remove_all(folder); }

    void write(const std::string& name, const std::vector<std::byte>& bytes) const {
        std::ofstream(folder / name, std::ios::binary)
            .write(reinterpret_cast<const char*>(bytes.data()),
                   static_cast<std::streamsize>(bytes.size()));
    }

    std::filesystem::path folder;
};

TEST_F(UpstreamSighting, HasAllChipsInOrderAndWhoOfThemRuns) {
    TestFile one(3, 1);
    one.set_process(0, ::getpid(), "python", {1, 0, 0, 0, 0});
    one.set_process(1, 0x7fffffff, "python", {1, 0, 0, 0, 0});
    const pid_t ended = ::fork();
    if (ended == 0) ::_exit(0);
    siginfo_t how{};
    ::waitid(P_PID, static_cast<id_t>(ended), &how, WEXITED | WNOWAIT);  // a zombie from here on
    one.set_process(2, ended, "python", {1, 0, 0, 0, 0});
    write("tt_device_9_memory", one.bytes);
    write("tt_device_10_memory", TestFile(3, 0).bytes);
    write("something else", one.bytes);
    const Sighting sighting = look_at_statistics(folder);
    ASSERT_EQ(sighting.chips.size(), 2u);
    EXPECT_EQ(sighting.chips[0].device, 0);
    EXPECT_EQ(sighting.chips[1].device, 1);
    EXPECT_EQ(sighting.running, std::set<std::int32_t>{::getpid()});
    ::waitpid(ended, nullptr, 0);
    EXPECT_TRUE(sighting.notes.empty());
}

TEST_F(UpstreamSighting, NamesWhatItCannotRead) {
    write("tt_device_1_memory", TestFile(1, 0).bytes);
    std::vector<std::byte> long_one = TestFile(3, 0).bytes;
    long_one.resize(long_one.size() + 7);
    write("tt_device_2_memory", long_one);
    const Sighting sighting = look_at_statistics(folder);
    EXPECT_TRUE(sighting.chips.empty());
    ASSERT_EQ(sighting.notes.size(), 2u);
    std::string notes = sighting.notes[0] + sighting.notes[1];
    EXPECT_NE(notes.find("tt_device_1_memory is not read: an unknown version (1)"),
              std::string::npos);
    EXPECT_NE(notes.find("tt_device_2_memory is not read: no statistics of the runtime (8577)"),
              std::string::npos);
}

// Anybody may put something of that name there.
TEST_F(UpstreamSighting, WaitsForNoPipeAndFollowsNoLink) {
    ASSERT_EQ(::mkfifo((folder / "tt_device_1_memory").c_str(), 0600), 0);
    std::filesystem::create_symlink("/etc/passwd", folder / "tt_device_2_memory");
    std::filesystem::create_directory(folder / "tt_device_3_memory");
    const Sighting sighting = look_at_statistics(folder);
    EXPECT_TRUE(sighting.chips.empty());
    EXPECT_EQ(sighting.notes.size(), 2u);  // of the pipe and of the folder: the link was not opened
}

TEST_F(UpstreamSighting, OfAFolderThatIsNotThereIsEmpty) {
    EXPECT_TRUE(look_at_statistics(folder / "none").chips.empty());
}

}  // namespace
}  // namespace plimsoll::upstream
