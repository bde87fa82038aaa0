#include "segment/mapping.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <cerrno>

namespace plimsoll::segment {
namespace {

// Linux 6.3 asks for an explicit choice and logs a warning without one; older kernels refuse it.
#ifndef MFD_NOEXEC_SEAL
constexpr unsigned MFD_NOEXEC_SEAL = 0x0008U;
#endif
#ifndef F_SEAL_FUTURE_WRITE
constexpr int F_SEAL_FUTURE_WRITE = 0x0010;
#endif

constexpr std::size_t kLargest = Geometry::of(kMaxLiveSlots, kMaxRingEvents).total;
constexpr int kNeededSeals = F_SEAL_SHRINK | F_SEAL_GROW;

}  // namespace

Mapping& Mapping::operator=(Mapping&& other) noexcept {
    std::swap(start_, other.start_);
    std::swap(bytes_, other.bytes_);
    return *this;
}

Mapping::~Mapping() {
    if (start_ != nullptr) ::munmap(start_, bytes_);
}

Result<NewSegment> create(std::size_t bytes) {
    const unsigned flags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
    UniqueFd fd(::memfd_create("plimsoll", flags | MFD_NOEXEC_SEAL));
    if (!fd && errno == EINVAL) fd.reset(::memfd_create("plimsoll", flags));
    if (!fd) return Error{"memfd_create was refused", errno};
    // Beyond this limit the kernel does not only refuse, it ends the process with SIGXFSZ.
    rlimit limit{};
    if (::getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur < bytes) {
        return Error{"the shared memory is larger than a file may be", EFBIG};
    }
    if (::ftruncate(fd.get(), static_cast<off_t>(bytes)) != 0) {
        return Error{"the shared memory could not be sized", errno};
    }
    void* start =
        ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, fd.get(), 0);
    if (start == MAP_FAILED) return Error{"the shared memory could not be mapped", errno};
    Mapping mapping(static_cast<std::byte*>(start), bytes);
    // After the mapping: it forbids later writable ones, not this.
    (void)::fcntl(fd.get(), F_ADD_SEALS, F_SEAL_FUTURE_WRITE);
    if (::fcntl(fd.get(), F_ADD_SEALS, kNeededSeals | F_SEAL_SEAL) != 0) {
        return Error{"the shared memory could not be sealed", errno};
    }
    return NewSegment{std::move(fd), std::move(mapping)};
}

Result<Mapping> open(int fd) {
    const int seals = ::fcntl(fd, F_GET_SEALS);
    if (seals < 0 || (seals & kNeededSeals) != kNeededSeals) {
        return Error{"not a sealed segment", seals < 0 ? errno : seals};
    }
    struct stat status {};
    if (::fstat(fd, &status) != 0) return Error{"the segment cannot be looked at", errno};
    const auto bytes = static_cast<std::size_t>(status.st_size);
    if (status.st_size < static_cast<off_t>(kPage) || bytes > kLargest) {
        return Error{"not the size of a segment", status.st_size};
    }
    void* start = ::mmap(nullptr, bytes, PROT_READ, MAP_SHARED | MAP_NORESERVE, fd, 0);
    if (start == MAP_FAILED) return Error{"the segment could not be mapped", errno};
    return Mapping(static_cast<std::byte*>(start), bytes);
}

}  // namespace plimsoll::segment
