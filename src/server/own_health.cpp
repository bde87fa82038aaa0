#include "server/own_health.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>

namespace plimsoll::server {

std::uint64_t seconds_since_1970() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::seconds>(since).count());
}

metrics::ServerHealth own_health(std::uint64_t start_time_s) {
    metrics::ServerHealth health;
    health.start_time_s = start_time_s;
    std::uint64_t pages = 0;
    std::uint64_t resident_pages = 0;
    std::ifstream("/proc/self/statm") >> pages >> resident_pages;
    health.resident_bytes = resident_pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    rusage usage{};
    if (::getrusage(RUSAGE_SELF, &usage) == 0) {
        health.cpu_s = static_cast<std::uint64_t>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec);
    }
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd", none)) {
        static_cast<void>(entry);
        ++health.descriptors;
    }
    return health;
}

}  // namespace plimsoll::server
