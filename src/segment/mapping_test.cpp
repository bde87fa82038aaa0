#include "segment/mapping.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

namespace plimsoll::segment {
namespace {

constexpr std::size_t kSmall = 4 * kPage;

UniqueFd memory(off_t bytes, int seals) {
    UniqueFd fd(::memfd_create("test", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    EXPECT_EQ(::ftruncate(fd.get(), bytes), 0);
    if (seals != 0) {
        EXPECT_EQ(::fcntl(fd.get(), F_ADD_SEALS, seals), 0);
    }
    return fd;
}

TEST(SegmentMapping, NewSegmentIsZeroedAndWritable) {
    Result<NewSegment> made = create(kSmall);
    ASSERT_TRUE(made);
    EXPECT_EQ(made.value().mapping.bytes(), kSmall);
    std::byte* start = made.value().mapping.start();
    EXPECT_EQ(start[kSmall - 1], std::byte{0});
    start[kSmall - 1] = std::byte{7};
}

TEST(SegmentMapping, NobodyCanResizeASegmentOrChangeItsSeals) {
    Result<NewSegment> made = create(kSmall);
    ASSERT_TRUE(made);
    const int fd = made.value().fd.get();
    EXPECT_EQ(::ftruncate(fd, kPage), -1);
    EXPECT_EQ(errno, EPERM);
    EXPECT_EQ(::ftruncate(fd, 8 * kPage), -1);
    EXPECT_EQ(errno, EPERM);
    EXPECT_EQ(::fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE), -1);
    const int seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL;
    EXPECT_EQ(::fcntl(fd, F_GET_SEALS) & seals, seals);
}

TEST(SegmentMapping, NobodyMapsASegmentForWritingAgain) {
    Result<NewSegment> made = create(kSmall);
    ASSERT_TRUE(made);
    EXPECT_EQ(::mmap(nullptr, kSmall, PROT_READ | PROT_WRITE, MAP_SHARED, made.value().fd.get(), 0),
              MAP_FAILED);
}

TEST(SegmentMapping, DescriptorIsNotInheritedByOtherPrograms) {
    Result<NewSegment> made = create(kSmall);
    ASSERT_TRUE(made);
    EXPECT_EQ(::fcntl(made.value().fd.get(), F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
}

TEST(SegmentMapping, ReaderSeesWhatTheWriterWritesLater) {
    Result<NewSegment> made = create(kSmall);
    ASSERT_TRUE(made);
    const Result<Mapping> reader = open(made.value().fd.get());
    ASSERT_TRUE(reader);
    made.value().mapping.start()[100] = std::byte{42};
    EXPECT_EQ(reader.value().start()[100], std::byte{42});
}

TEST(SegmentMappingDeathTest, ReaderCannotWrite) {
    Result<NewSegment> made = create(kSmall);
    ASSERT_TRUE(made);
    const Result<Mapping> reader = open(made.value().fd.get());
    ASSERT_TRUE(reader);
    std::byte* start = reader.value().start();
    EXPECT_DEATH(*static_cast<volatile std::byte*>(start) = std::byte{1}, "");
}

TEST(SegmentMapping, ReaderRefusesMemoryWhoseWriterCouldCutItShort) {
    for (const int seals : {0, F_SEAL_GROW, F_SEAL_SHRINK}) {
        const UniqueFd fd = memory(kSmall, seals);
        const Result<Mapping> opened = open(fd.get());
        ASSERT_FALSE(opened);
        EXPECT_EQ(opened.error().number, seals);
    }
}

TEST(SegmentMapping, ReaderRefusesSizesThatNoSegmentHas) {
    const auto largest = static_cast<off_t>(Geometry::of(kMaxLiveSlots, kMaxRingEvents).total);
    for (const off_t bytes : {off_t{0}, static_cast<off_t>(kPage) - 1, largest + 1}) {
        const UniqueFd fd = memory(bytes, F_SEAL_SHRINK | F_SEAL_GROW);
        const Result<Mapping> opened = open(fd.get());
        ASSERT_FALSE(opened);
        EXPECT_EQ(opened.error().number, bytes);
    }
    const UniqueFd fd = memory(largest, F_SEAL_SHRINK | F_SEAL_GROW);
    EXPECT_TRUE(open(fd.get()));
}

TEST(SegmentMapping, ReaderRefusesWhatIsNoMemoryAtAll) {
    const UniqueFd null_device(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    EXPECT_FALSE(open(null_device.get()));
    const Result<Mapping> closed = open(-1);
    ASSERT_FALSE(closed);
    EXPECT_EQ(closed.error().number, EBADF);
}

TEST(SegmentMapping, LimitOfFileSizesIsAnErrorAndNoSignal) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        const rlimit limit{kPage, kPage};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        const Result<NewSegment> made = create(kSmall);
        ::_exit(!made && made.error().number == EFBIG ? 0 : 1);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
}

TEST(SegmentMapping, MovedFromMappingHoldsNothing) {
    Result<NewSegment> made = create(kSmall);
    ASSERT_TRUE(made);
    const Mapping taken = std::move(made.value().mapping);
    EXPECT_EQ(made.value().mapping.start(), nullptr);
    EXPECT_NE(taken.start(), nullptr);
    EXPECT_EQ(taken.bytes(), kSmall);
}

}  // namespace
}  // namespace plimsoll::segment
