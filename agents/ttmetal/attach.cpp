#include "agents/ttmetal/attach.hpp"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>

#include "agents/ttmetal/coverage.hpp"
#include "agents/ttmetal/package.hpp"
#include "agents/ttmetal/runtime.hpp"

namespace plimsoll::ttmetal {
namespace {

constinit std::atomic<bool> exiting{false};
constinit std::atomic<bool> forked{false};
constinit std::atomic<bool> said{false};

constexpr std::int64_t kPatience_ns = 100'000'000;

std::int64_t now_ns() {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1'000'000'000 + now.tv_nsec;
}

void on_exit() {
    exiting.store(true, std::memory_order_relaxed);
    const std::uintptr_t held = attachment.load(std::memory_order_acquire);
    if (held > kOff) plimsoll_exiting(reinterpret_cast<plimsoll_client*>(held));
}

void in_forked_child() { forked.store(true, std::memory_order_relaxed); }

std::uint32_t number(const char* variable) {
    const char* value = getenv(variable);
    return value == nullptr ? 0 : static_cast<std::uint32_t>(strtoul(value, nullptr, 10));
}

const char* value_or_null(const char* variable) {
    const char* value = getenv(variable);
    return value == nullptr || *value == '\0' ? nullptr : value;
}

// Where a collector or the server listens: what the caller chose, else the server's usual place.
const char* socket_path(char (&room)[108]) {
    const char* chosen = value_or_null("PLIMSOLL_SOCKET");
    if (chosen != nullptr) return chosen;
    const char* runtime = value_or_null("XDG_RUNTIME_DIR");
    const int length = snprintf(room, sizeof room, "%s/plimsoll/plimsolld.sock",
                                runtime == nullptr ? "/run" : runtime);
    return length > 0 && static_cast<std::size_t>(length) < sizeof room ? room : nullptr;
}

std::uintptr_t attach() {
    const char* wish = getenv("PLIMSOLL_AGENT");
    if (wish != nullptr && strcmp(wish, "off") == 0) return kOff;

    char package[kPackageLength] = "";
    Dl_info library;
    if (dladdr(reinterpret_cast<const void*>(runtime::mesh_vtable.get()), &library) != 0 &&
        library.dli_fname != nullptr) {
        find_package(library.dli_fname, package);
    }

    plimsoll_options options{};
    options.size = sizeof options;
    options.live_capacity = number("PLIMSOLL_LIVE_CAPACITY");
    options.ring_capacity = number("PLIMSOLL_RING_CAPACITY");
    options.runtime = "tt-metalium";
    options.package = package[0] == '\0' ? nullptr : package;
    options.machine = value_or_null("PLIMSOLL_MACHINE");
    char room[108];
    options.socket_path = socket_path(room);

    plimsoll_client* made = nullptr;
    errno = 0;
    const plimsoll_status status = plimsoll_attach(&options, &made);
    if (status != PLIMSOLL_OK || made == nullptr) {
        say_once("cannot attach", status == PLIMSOLL_INVALID_ARGUMENT ? EINVAL : errno);
        return kOff;
    }
    report_coverage(made);
    atexit(on_exit);
    pthread_atfork(nullptr, nullptr, in_forked_child);
    return reinterpret_cast<std::uintptr_t>(made);
}

std::uintptr_t attach_or_wait() {
    std::uintptr_t held = kNotYet;
    if (attachment.compare_exchange_strong(held, kAttaching, std::memory_order_acq_rel)) {
        const int error_number = errno;
        held = attach();
        errno = error_number;
        attachment.store(held, std::memory_order_release);
        return held;
    }
    const std::int64_t until_ns = now_ns() + kPatience_ns;
    while ((held = attachment.load(std::memory_order_acquire)) == kAttaching &&
           now_ns() < until_ns) {
        sched_yield();
    }
    return held;
}

}  // namespace

[[gnu::cold, gnu::noinline]] plimsoll_client* attach_once() {
    std::uintptr_t held = attachment.load(std::memory_order_acquire);
    if (held <= kAttaching) held = attach_or_wait();
    return held > kOff ? reinterpret_cast<plimsoll_client*>(held) : nullptr;
}

plimsoll_client* client_if_attached() {
    const std::uintptr_t held = attachment.load(std::memory_order_acquire);
    return held > kOff ? reinterpret_cast<plimsoll_client*>(held) : nullptr;
}

plimsoll_text text(plimsoll_client* to, const char* bytes) {
    return plimsoll_intern(to, bytes, strlen(bytes));
}

bool process_is_ending() {
    // Python destroys a module's devices before any exit handler runs.
    static constinit Symbol<int()> finalizing{"_Py_IsFinalizing", find_in_program};
    static constinit Symbol<int()> finalizing_from_3_13{"Py_IsFinalizing", find_in_program};
    return exiting.load(std::memory_order_relaxed) || (finalizing && finalizing() != 0) ||
           (finalizing_from_3_13 && finalizing_from_3_13() != 0);
}

bool process_was_forked() { return forked.load(std::memory_order_relaxed); }

void say_once(const char* what, int error_number) {
    if (said.exchange(true)) return;
    const char* why = strerrordesc_np(error_number);
    char line[256];
    const int length =
        snprintf(line, sizeof line, "plimsoll: %s: %s; the program runs on, unobserved\n", what,
                 why == nullptr ? "unknown error" : why);
    if (length > 0) {
        [[maybe_unused]] const ssize_t written =
            write(STDERR_FILENO, line, static_cast<std::size_t>(length));
    }
}

}  // namespace plimsoll::ttmetal
