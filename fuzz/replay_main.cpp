#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

// Runs a fuzz target as an ordinary test, with any compiler: every file of a corpus, and each of
// them with many small, always equal changes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes contents(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void change(Bytes& bytes, std::mt19937& random) {
    constexpr std::uint8_t kInteresting[] = {0, 1, 0x7f, 0x80, 0xff};
    const std::size_t changes = 1 + random() % 8;
    for (std::size_t i = 0; i < changes && !bytes.empty(); ++i) {
        std::uint8_t& byte = bytes[random() % bytes.size()];
        byte = random() % 2 == 0 ? static_cast<std::uint8_t>(random())
                                 : kInteresting[random() % std::size(kInteresting)];
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fprintf(stderr, "usage: %s CORPUS CHANGES_PER_FILE\n", argv[0]);
        return 2;
    }
    const int changes = std::atoi(argv[2]);
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(argv[1])) {
        const Bytes original = contents(entry.path());
        LLVMFuzzerTestOneInput(original.data(), original.size());
        std::mt19937 random(12345);
        for (int i = 0; i < changes; ++i) {
            Bytes changed = original;
            change(changed, random);
            LLVMFuzzerTestOneInput(changed.data(), changed.size());
        }
        ++files;
    }
    std::printf("%d files, %d changed inputs each\n", files, changes);
    return files == 0 ? 1 : 0;  // an empty corpus tests nothing
}
