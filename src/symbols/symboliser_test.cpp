#include "symbols/symboliser.hpp"

#include <dlfcn.h>
#include <gtest/gtest.h>
#include <link.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace plimsoll::symbols {
namespace {

namespace fs = std::filesystem;

std::string place(const std::string& path, std::uint64_t address) {
    std::ostringstream text;
    text << path << "+0x" << std::hex << address;
    return text.str();
}

ledger::Frame named(const std::string& file) {
    Symboliser symboliser;
    symboliser.learn({file});
    ledger::Frame frame{file, "", 0};
    symboliser.name(frame);
    return frame;
}

// Where twice() is in the file that was loaded from there, and the line of what it does first.
struct Planted {
    std::uint64_t address = 0;
    std::uint32_t line = 0;

    explicit Planted(const char* path) {
        void* library = ::dlopen(path, RTLD_NOW | RTLD_LOCAL);
        link_map* map = nullptr;
        if (library == nullptr || ::dlinfo(library, RTLD_DI_LINKMAP, &map) != 0) return;
        const auto at =
            reinterpret_cast<std::uintptr_t>(::dlsym(library, "_ZN7planted5twiceIiEET_S1_"));
        address = at - map->l_addr;
        line = static_cast<std::uint32_t>(
            *static_cast<const int*>(::dlsym(library, "line_of_the_sum")));
    }
};

// A folder of one test.
class Folder {
  public:
    Folder() {
        std::string made = (fs::temp_directory_path() / "symbols-XXXXXX").string();
        path_ = ::mkdtemp(made.data());
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() { fs::remove_all(path_); }

    [[nodiscard]] std::string path(const char* name) const { return (path_ / name).string(); }
    [[nodiscard]] std::string file(const std::string& content) const {
        std::ofstream(path_ / "file", std::ios::binary) << content;
        return path("file");
    }

  private:
    fs::path path_;
};

std::string content_of(const char* path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST(Symboliser, FindsFunctionAndLineWhereACompilerToldThem) {
    const Planted planted(LIBRARY_OF_LINES);
    ASSERT_NE(planted.address, 0u);
    const ledger::Frame frame = named(place(LIBRARY_OF_LINES, planted.address));

    EXPECT_EQ(frame.function, "planted::twice<int>");
    EXPECT_EQ(fs::path(frame.file).filename(), "test_library.cpp");
    EXPECT_EQ(frame.line, planted.line);
}

TEST(Symboliser, FindsTheFunctionWhereOnlySymbolsTellIt) {
    const Planted planted(LIBRARY_OF_NAMES);
    ASSERT_NE(planted.address, 0u);
    const ledger::Frame frame = named(place(LIBRARY_OF_NAMES, planted.address + 1));

    EXPECT_EQ(frame, (ledger::Frame{LIBRARY_OF_NAMES, "planted::twice<int>", 0}));
}

TEST(Symboliser, LeavesAPlaceThatNothingNames) {
    for (const std::uint64_t address :
         {std::uint64_t{0x1100}, std::uint64_t{0}, ~std::uint64_t{0}}) {
        const std::string at = place(LIBRARY_OF_NOTHING, address);
        EXPECT_EQ(named(at), (ledger::Frame{at, "", 0}));
    }
}

TEST(Symboliser, LeavesWhatIsNoPlaceInAFile) {
    for (const ledger::Frame& frame :
         {ledger::Frame{"model.py", "forward", 12}, ledger::Frame{"/a.so", "", 0},
          ledger::Frame{"a.so+0x12", "", 0}, ledger::Frame{"/a.so+0x", "", 0},
          ledger::Frame{"", "", 0}, ledger::Frame{"/a.so+0x11112222333344445", "", 0}}) {
        ledger::Frame after = frame;
        Symboliser symboliser;
        symboliser.learn({frame.file});
        symboliser.name(after);
        EXPECT_EQ(after, frame);
    }
}

TEST(Symboliser, LeavesFilesThatAreNotThereOrNoFiles) {
    const Folder folder;
    ASSERT_EQ(::mkfifo(folder.path("pipe").c_str(), 0600), 0);
    for (const std::string& path : {folder.path("missing"), folder.path("pipe"), folder.path(""),
                                    std::string("/dev/zero"), std::string("/proc/self/mem")}) {
        EXPECT_EQ(named(path + "+0x12").file, path + "+0x12");
    }
}

// Each a piece of a real one, or a real one with a byte of it changed: whatever is found, it ends.
TEST(Symboliser, SurvivesFilesThatAreDamaged) {
    const Folder folder;
    const std::string whole = content_of(LIBRARY_OF_LINES);
    const Planted planted(LIBRARY_OF_LINES);
    ASSERT_FALSE(whole.empty());
    for (std::size_t i = 0; i < 400; ++i) {
        const std::size_t at = i * 2654435761u % whole.size();
        std::string bad = i % 4 == 0 ? whole.substr(0, at) : whole;
        if (i % 4 != 0) bad[i < 64 ? i : at] = static_cast<char>(i * 37);
        (void)named(place(folder.file(bad), planted.address));
    }
    EXPECT_EQ(named(folder.file("no such thing") + "+0x12").function, "");
    EXPECT_EQ(named(folder.file("") + "+0x12").function, "");
}

}  // namespace
}  // namespace plimsoll::symbols
