#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <string>

#include "base/unique_fd.hpp"
#include "client/watched.hpp"

namespace plimsoll::client {
namespace {

plimsoll_options small() {
    plimsoll_options options{};
    options.size = sizeof options;
    options.live_capacity = 16;
    options.ring_capacity = 16;
    return options;
}

plimsoll_status attach(const plimsoll_options& options) {
    plimsoll_client* client = nullptr;
    const plimsoll_status status = plimsoll_attach(&options, &client);
    EXPECT_EQ(client != nullptr, status == PLIMSOLL_OK);
    plimsoll_detach(client);
    return status;
}

std::string text(const Watched& watched, std::uint32_t handle) {
    const auto* at = reinterpret_cast<const char*>(watched.shared.text()) + std::size_t{handle} * 4;
    std::uint32_t length = 0;
    std::memcpy(&length, at, sizeof length);
    return {at + sizeof length, length};
}

TEST(Attach, SegmentSaysWhoTheProcessIs) {
    const Watched watched(32, 8);
    const segment::Header& h = watched.header();
    EXPECT_EQ(h.magic, segment::kMagic);
    EXPECT_EQ(h.layout_version, segment::kLayoutVersion);
    EXPECT_EQ(h.header_bytes, sizeof(segment::Header));
    EXPECT_EQ(h.total_bytes, segment::Geometry::of(32, 8).total);
    EXPECT_EQ(h.live_capacity, 32u);
    EXPECT_EQ(h.ring_capacity, 8u);
    EXPECT_EQ(h.pid, ::getpid());
    EXPECT_EQ(h.uid, ::getuid());
    EXPECT_GT(h.start_time, 0u);
    EXPECT_GT(h.pid_namespace, 0u);
    EXPECT_EQ(h.forked_from, 0);
    EXPECT_STREQ(h.name, "client_test");
    EXPECT_EQ(h.devices_used, 0u);
    EXPECT_EQ(h.sets_used, 1u);
    EXPECT_EQ(h.programs_used, 1u);
    EXPECT_EQ(h.slots_used, 0u);
}

TEST(Attach, NamesOfRuntimePackageAndMachineAreTexts) {
    plimsoll_options options = small();
    options.runtime = "tt-metalium";
    options.package = "ttnn 0.81.1";
    plimsoll_client* client = nullptr;
    ASSERT_EQ(plimsoll_attach(&options, &client), PLIMSOLL_OK);
    const segment::Header& h = header(client);
    EXPECT_EQ(h.runtime, plimsoll_intern(client, "tt-metalium", 11));
    EXPECT_EQ(h.package, plimsoll_intern(client, "ttnn 0.81.1", 11));
    EXPECT_EQ(h.machine, 0u);
    plimsoll_detach(client);
}

TEST(Attach, CapacitiesOutOfRangeAreRefused) {
    for (const std::uint32_t ring : {3u, 2u * segment::kMaxRingEvents}) {
        plimsoll_options options = small();
        options.ring_capacity = ring;
        EXPECT_EQ(attach(options), PLIMSOLL_INVALID_ARGUMENT) << ring;
    }
    plimsoll_options options = small();
    options.live_capacity = segment::kMaxLiveSlots + 1;
    EXPECT_EQ(attach(options), PLIMSOLL_INVALID_ARGUMENT);
    options.live_capacity = 0;  // the default, which is the largest
    options.ring_capacity = 0;
    EXPECT_EQ(attach(options), PLIMSOLL_OK);
}

TEST(Attach, NullAndShortStructsAreRefused) {
    plimsoll_options options = small();
    plimsoll_client* client = nullptr;
    EXPECT_EQ(plimsoll_attach(nullptr, &client), PLIMSOLL_INVALID_ARGUMENT);
    EXPECT_EQ(plimsoll_attach(&options, nullptr), PLIMSOLL_INVALID_ARGUMENT);
    options.size = sizeof options - 1;
    EXPECT_EQ(attach(options), PLIMSOLL_INVALID_ARGUMENT);
}

struct Newer {
    plimsoll_options known;
    std::uint64_t unknown;
};

TEST(Attach, NewerCallersStructIsAcceptedWhenWhatIsUnknownIsZero) {
    Newer newer{small(), 0};
    newer.known.size = sizeof newer;
    EXPECT_EQ(attach(newer.known), PLIMSOLL_OK);
    newer.unknown = 1;
    EXPECT_EQ(attach(newer.known), PLIMSOLL_INVALID_ARGUMENT);
    newer.unknown = 0;
    newer.known.size = 0xffffffff;
    EXPECT_EQ(attach(newer.known), PLIMSOLL_INVALID_ARGUMENT);
}

TEST(Attach, MoreClientsThanAProcessMayHaveAreRefusedAndLeakNothing) {
    plimsoll_client* clients[8] = {};
    const plimsoll_options options = small();
    for (plimsoll_client*& client : clients) {
        ASSERT_EQ(plimsoll_attach(&options, &client), PLIMSOLL_OK);
    }
    for (int i = 0; i < 100; ++i) EXPECT_EQ(attach(options), PLIMSOLL_TABLE_FULL);
    for (plimsoll_client* client : clients) plimsoll_detach(client);
    EXPECT_EQ(attach(options), PLIMSOLL_OK);
}

TEST(Attach, DetachAndExitAreSeenByWhoStillHoldsTheSegment) {
    const plimsoll_options options = small();
    plimsoll_client* client = nullptr;
    ASSERT_EQ(plimsoll_attach(&options, &client), PLIMSOLL_OK);
    const Result<segment::Mapping> reader = segment::open(client->fd);
    ASSERT_TRUE(reader);
    const auto& h = *reinterpret_cast<const segment::Header*>(reader.value().start());
    EXPECT_EQ(h.exiting, 0u);
    plimsoll_exiting(client);
    EXPECT_EQ(h.exiting, 1u);
    EXPECT_EQ(h.detached, 0u);
    plimsoll_detach(client);
    EXPECT_EQ(h.detached, 1u);
}

TEST(Attach, DetachClosesOnlyADescriptorThatIsStillTheSegments) {
    const plimsoll_options options = small();
    plimsoll_client* client = nullptr;
    ASSERT_EQ(plimsoll_attach(&options, &client), PLIMSOLL_OK);
    const int number = client->fd;
    const UniqueFd other(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    ASSERT_EQ(::dup2(other.get(), number), number);
    plimsoll_detach(client);
    EXPECT_NE(::fcntl(number, F_GETFD), -1);
    ::close(number);
}

TEST(Attach, CollectorGetsTheSegmentWithoutAnybodyWaiting) {
    char folder[] = "/tmp/plimsoll-attach-XXXXXX";
    ASSERT_NE(::mkdtemp(folder), nullptr);
    const std::string path = std::string(folder) + "/socket";
    const UniqueFd listener(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strcpy(address.sun_path, path.c_str());
    ASSERT_EQ(::bind(listener.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address),
              0);
    ASSERT_EQ(::listen(listener.get(), 1), 0);

    plimsoll_options options = small();
    options.socket_path = path.c_str();
    plimsoll_client* client = nullptr;
    ASSERT_EQ(plimsoll_attach(&options, &client), PLIMSOLL_OK);

    const UniqueFd from(::accept(listener.get(), nullptr, nullptr));
    std::uint64_t hello = 0;
    iovec part{&hello, sizeof hello};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    ASSERT_EQ(::recvmsg(from.get(), &message, MSG_CMSG_CLOEXEC),
              static_cast<ssize_t>(sizeof hello));
    EXPECT_EQ(hello, segment::kMagic);
    ASSERT_NE(CMSG_FIRSTHDR(&message), nullptr);
    int received = -1;
    std::memcpy(&received, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof received);
    const UniqueFd fd(received);
    const Result<segment::Mapping> reader = segment::open(fd.get());
    ASSERT_TRUE(reader);
    EXPECT_EQ(reinterpret_cast<const segment::Header*>(reader.value().start())->pid, ::getpid());
    plimsoll_detach(client);
    std::filesystem::remove_all(folder);
}

TEST(Attach, MissingCollectorAndOverlongPathAreNoErrors) {
    plimsoll_options options = small();
    options.socket_path = "/nonexistent/socket";
    EXPECT_EQ(attach(options), PLIMSOLL_OK);
    const std::string overlong(5000, 'x');
    options.socket_path = overlong.c_str();
    EXPECT_EQ(attach(options), PLIMSOLL_OK);
}

TEST(Attach, EveryFunctionAcceptsThatThereIsNoClient) {
    plimsoll_id id = 1;
    const plimsoll_allocation a = Watched::buffer(1);
    EXPECT_EQ(plimsoll_allocate(nullptr, &a, &id), PLIMSOLL_DETACHED);
    EXPECT_EQ(id, 0u);
    EXPECT_EQ(plimsoll_free(nullptr, 1), PLIMSOLL_DETACHED);
    EXPECT_EQ(plimsoll_report_free(nullptr, 1), PLIMSOLL_DETACHED);
    EXPECT_EQ(plimsoll_close(nullptr, 1, PLIMSOLL_CLOSED), PLIMSOLL_DETACHED);
    EXPECT_EQ(plimsoll_program_destroy(nullptr, 1), PLIMSOLL_DETACHED);
    EXPECT_EQ(plimsoll_intern(nullptr, "x", 1), 0u);
    EXPECT_EQ(plimsoll_mark(nullptr, 0), PLIMSOLL_DETACHED);
    EXPECT_EQ(plimsoll_occupied(nullptr, 1, PLIMSOLL_L1), 0u);
    plimsoll_unmatched_free(nullptr);
    plimsoll_exiting(nullptr);
    plimsoll_detach(nullptr);
}

TEST(Attach, CoverageAndHealthAreWhatWasSaid) {
    Watched watched;
    const plimsoll_text why = plimsoll_intern(watched.client, "no seam", 7);
    EXPECT_EQ(text(watched, why), "no seam");
    EXPECT_EQ(watched.header().coverage[PLIMSOLL_BUFFER].stated, 0u);
    plimsoll_cover(watched.client, PLIMSOLL_BUFFER, PLIMSOLL_AT_LEAST, why);
    EXPECT_EQ(watched.header().coverage[PLIMSOLL_BUFFER].stated, 1u);
    EXPECT_EQ(watched.header().coverage[PLIMSOLL_BUFFER].coverage, 1u);
    EXPECT_EQ(watched.header().coverage[PLIMSOLL_BUFFER].why, why);

    const plimsoll_devices set = watched.chip(0);
    plimsoll_verified(watched.client, set, PLIMSOLL_L1, 0);
    plimsoll_verified(watched.client, set, PLIMSOLL_L1, -64);
    plimsoll_verified(watched.client, set, PLIMSOLL_L1, 32);
    EXPECT_EQ(watched.header().verified, 3u);
    EXPECT_EQ(watched.header().verified_differing, 2u);
    EXPECT_EQ(watched.header().worst_difference_bytes, -64);
    plimsoll_verified(watched.client, set, PLIMSOLL_L1, INT64_MIN);
    plimsoll_verified(watched.client, set, PLIMSOLL_L1, INT64_MAX);
    EXPECT_EQ(watched.header().worst_difference_bytes, INT64_MIN);
    plimsoll_unmatched_free(watched.client);
    EXPECT_EQ(watched.header().unmatched_frees, 1u);
}

}  // namespace
}  // namespace plimsoll::client
