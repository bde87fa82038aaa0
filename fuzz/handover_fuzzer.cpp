#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <string>

#include "segment/layout.hpp"
#include "server/watch_list.hpp"

// A descriptor that somebody hands over as a segment: what kind of file it is, how long, how it is
// sealed, and what its first page holds are the input's. Whatever is adopted is looked at, and may
// change while it is.
using namespace plimsoll;

namespace {

struct Input {
    const std::uint8_t* at;
    std::size_t left;

    std::uint8_t byte() {
        if (left == 0) return 0;
        --left;
        return *at++;
    }
};

UniqueFd memory_file(Input& input) {
    UniqueFd fd(static_cast<int>(::syscall(SYS_memfd_create, "fuzz", MFD_ALLOW_SEALING)));
    constexpr auto kWhole = segment::Geometry::of(64, 16).total;
    const std::uint8_t form = input.byte();
    const std::size_t size = (form & 1) != 0 ? kWhole : std::size_t{input.byte()} << (form >> 3);
    if (::ftruncate(fd.get(), static_cast<off_t>(size)) != 0) return fd;
    if ((form & 2) != 0) {
        segment::Header header{};
        header.magic = segment::kMagic;
        header.layout_version = segment::kLayoutVersion;
        header.header_bytes = sizeof header;
        header.total_bytes = kWhole;
        header.live_capacity = 64;
        header.ring_capacity = 16;
        header.sets_used = 1;
        (void)!::pwrite(fd.get(), &header, sizeof header, 0);
    }
    const std::uint8_t seals = input.byte();
    const off_t where = input.byte() * 8;
    (void)!::pwrite(fd.get(), input.at, std::min<std::size_t>(input.left, 4096), where);
    ::fcntl(fd.get(), F_ADD_SEALS, seals & 0x1f);
    return fd;
}

UniqueFd any_file(Input& input) {
    int ends[2] = {-1, -1};
    switch (input.byte() % 8) {
        case 0:
            if (::pipe(ends) == 0) ::close(ends[1]);
            return UniqueFd(ends[0]);
        case 1:
            return UniqueFd(::eventfd(0, EFD_CLOEXEC));
        case 2:
            return UniqueFd(::open("/dev/zero", O_RDONLY | O_CLOEXEC));
        case 3:
            return UniqueFd(::open("/proc/self", O_RDONLY | O_CLOEXEC));
        default:
            return memory_file(input);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input{data, size};
    server::Limits limits;
    limits.history = 2;
    server::WatchList list(limits);
    collect::Arrival arrival;
    arrival.segment = any_file(input);
    const UniqueFd kept(::fcntl(arrival.segment.get(), F_DUPFD_CLOEXEC, 0));
    arrival.pid = input.byte() % 2 == 0 ? ::getpid() : 0;
    if (arrival.pid != 0) {
        arrival.process.reset(static_cast<int>(::syscall(SYS_pidfd_open, arrival.pid, 0)));
    }
    if (list.adopt(std::move(arrival)) != server::WatchList::Adopted::yes) return 0;
    (void)list.figures();
    // Its writer goes on, and may try to take the ground away.
    (void)!::ftruncate(kept.get(), input.byte());
    (void)!::pwrite(kept.get(), input.at, std::min<std::size_t>(input.left, 4096), 0);
    list.drain();
    (void)list.figures();
    for (server::Watched& watched : list.running()) (void)watched.process.view();
    list.retire_ended();
    return 0;
}
