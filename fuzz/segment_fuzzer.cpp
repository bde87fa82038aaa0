#include <sys/mman.h>

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "collect/decoder.hpp"
#include "findings/judge.hpp"
#include "ledger/merge.hpp"
#include "ledger/process_ledger.hpp"

// The reader's whole way from foreign shared memory to findings, fed with hostile bytes.
//
// A segment is mostly untouched pages, so an input is not its image but a list of patches to an
// otherwise valid empty one: u32 offset, u8 length, the bytes. The first half of the patches is
// there when the segment is opened, the second half is written while it is being read.
namespace {

using namespace plimsoll;

constexpr std::uint32_t kLiveSlots = 64;
constexpr std::uint32_t kRingEvents = 16;
constexpr segment::Geometry kGeometry = segment::Geometry::of(kLiveSlots, kRingEvents);

struct Patches {
    const std::uint8_t* at;
    std::size_t left;

    void apply(std::byte* to, std::size_t until) {
        while (left > until && left >= 5) {
            std::uint32_t offset = 0;
            std::memcpy(&offset, at, sizeof offset);
            std::size_t length = at[4];
            at += 5;
            left -= 5;
            if (length > left) length = left;
            offset %= static_cast<std::uint32_t>(kGeometry.total);
            if (length > kGeometry.total - offset) length = kGeometry.total - offset;
            std::memcpy(to + offset, at, length);
            at += length;
            left -= length;
        }
    }
};

void write_valid_header(std::byte* start) {
    auto& header = *reinterpret_cast<segment::Header*>(start);
    header.layout_version = segment::kLayoutVersion;
    header.header_bytes = sizeof header;
    header.total_bytes = kGeometry.total;
    header.live_capacity = kLiveSlots;
    header.ring_capacity = kRingEvents;
    header.sets_used = 1;
    header.rings_used = 4;
    header.magic = segment::kMagic;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    void* memory = ::mmap(nullptr, kGeometry.total, PROT_READ | PROT_WRITE,
                          MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) return 0;
    auto* start = static_cast<std::byte*>(memory);
    write_valid_header(start);
    Patches patches{data, size};
    patches.apply(start, size / 2);

    Result<segment::Reader> reader =
        segment::Reader::open(segment::Mapping(start, kGeometry.total));
    if (!reader) return 0;
    collect::Decoder decoder(reader.value());
    ledger::ProcessLedger ledger;
    ledger.apply(decoder.tables(), decoder.events(kRingEvents * segment::kMaxRings));
    patches.apply(start, 0);
    ledger.apply(decoder.tables(), decoder.events(kRingEvents * segment::kMaxRings));
    ledger::Look look = decoder.look(0);
    look.call_sites = decoder.call_sites(ledger.pictures().call_sites());
    ledger.catch_up(decoder.tables(), look);
    std::vector<ledger::ProcessView> views;
    for (const auto state : {ledger::ProcessState::running, ledger::ProcessState::killed}) {
        views.push_back(ledger.view(decoder.tables(), look, state));
        views.back().growths = ledger.growths(decoder.tables());
        decoder.name(views.back());
    }
    (void)findings::judge(ledger::merge(std::move(views)), "");
    return 0;
}
