// The story a finished process left in its segment, one line per event:
//
//   story FILE     FILE is a copy of the segment
//
// What is over is told in the words in which it was made: circular buffers of programs that lie
// over each other have the same.
#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <map>

#include "base/kind.hpp"
#include "base/region.hpp"
#include "base/unique_fd.hpp"
#include "collect/decoder.hpp"

namespace {

using namespace plimsoll;

std::string devices_of(const ledger::Tables& tables, DeviceSetId set) {
    std::vector<std::int32_t> chips;
    for (const std::uint32_t entry : tables.sets.at(set.value).devices) {
        chips.push_back(tables.devices.at(entry).device);
    }
    return fmt::format("{}", fmt::join(chips, ","));
}

std::string cores_of(const ledger::Tables& tables, CoreSetId cores) {
    const auto ranges = tables.cores.find(cores);
    if (ranges == tables.cores.end()) return "all";
    std::string text;
    for (const ledger::CoreRange& range : ranges->second) {
        text += fmt::format("{}{}-{}..{}-{}", text.empty() ? "" : ",", range.x0, range.y0, range.x1,
                            range.y1);
    }
    return text;
}

std::string described(const ledger::Tables& tables, const ledger::Allocation& a) {
    return fmt::format("{} {} on {} at {} bytes {} per bank {} banks {} cores {}", name(a.kind),
                       name(a.region), devices_of(tables, a.set), a.address, a.bytes,
                       a.bytes_per_bank, a.banks, cores_of(tables, a.cores));
}

void tell(const ledger::Tables& tables, std::span<const ledger::Event> events) {
    std::map<std::uint64_t, std::string> made;
    for (const ledger::Event& event : events) {
        std::string& what = made[event.allocation.id.value];
        switch (event.type) {
            case ledger::Event::Type::allocate:
                what = described(tables, event.allocation);
                fmt::print("allocate {}\n", what);
                break;
            case ledger::Event::Type::free:
                fmt::print("free {}\n", what);
                break;
            case ledger::Event::Type::suspend:
                fmt::print("suspend {}\n", what);
                break;
            default:
                break;
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    const UniqueFd file(::open(argv[1], O_RDONLY | O_CLOEXEC));
    struct stat facts {};
    if (!file || ::fstat(file.get(), &facts) != 0) return 2;
    const auto bytes = static_cast<std::size_t>(facts.st_size);
    void* memory = ::mmap(nullptr, bytes, PROT_READ, MAP_PRIVATE, file.get(), 0);
    if (memory == MAP_FAILED) return 2;
    auto reader = segment::Reader::open(segment::Mapping(static_cast<std::byte*>(memory), bytes));
    if (!reader) {
        fmt::print(stderr, "story: '{}' is not the copy of a segment\n", argv[1]);
        return 2;
    }
    collect::Decoder decoder(reader.value());
    const auto events = decoder.events(std::size_t{1} << 22);
    tell(decoder.tables(), events);
    return decoder.lost() == 0 ? 0 : 3;
}
