#include "server/service_manager.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <systemd/sd-daemon.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

namespace plimsoll::server {
namespace {

// Names of descriptors: which of a process's two it is, and whose.
std::string name_of(const char* what, const Kept& known) {
    return fmt::format("{}-{}-{}", what, known.first, known.second);
}

}  // namespace

Inherited ServiceManager::inherit() {
    Inherited inherited;
    char** names = nullptr;
    const int count = ::sd_listen_fds_with_names(1, &names);
    std::map<Kept, collect::Arrival> arrivals;
    for (int i = 0; i < count; ++i) {
        UniqueFd fd(SD_LISTEN_FDS_START + i);
        pid_t pid = 0;
        unsigned long inode = 0;
        if (std::sscanf(names[i], "segment-%d-%lu", &pid, &inode) == 2) {
            collect::Arrival& arrival = arrivals[{pid, inode}];
            struct stat status {};
            if (::fstat(fd.get(), &status) == 0) arrival.user = status.st_uid;
            arrival.segment = std::move(fd);
        } else if (std::sscanf(names[i], "process-%d-%lu", &pid, &inode) == 2) {
            arrivals[{pid, inode}].process = std::move(fd);
        } else if (!inherited.socket) {
            ::fcntl(fd.get(), F_SETFL, O_NONBLOCK);
            inherited.socket = std::move(fd);
        }
    }
    for (int i = 0; i < count; ++i) std::free(names[i]);
    std::free(names);
    for (auto& [known, arrival] : arrivals) {
        arrival.pid = known.first;
        inherited.kept.insert(known);
        if (arrival.segment) inherited.processes.push_back(std::move(arrival));
    }
    return inherited;
}

void ServiceManager::say_ready() { ::sd_notify(0, "READY=1"); }

void ServiceManager::keep(std::vector<Watched>& running) {
    if (std::getenv("NOTIFY_SOCKET") == nullptr) return;
    std::set<Kept> now;
    const auto hand_over = [](const char* what, const Kept& known, int fd) {
        const std::string message =
            fmt::format("FDSTORE=1\nFDPOLL=0\nFDNAME={}", name_of(what, known));
        if (fd >= 0) ::sd_pid_notify_with_fds(0, 0, message.c_str(), &fd, 1);
    };
    for (const Watched& watched : running) {
        const Kept known{watched.process.pid(), watched.key.second};
        now.insert(known);
        if (kept_.contains(known)) continue;
        hand_over("segment", known, watched.segment.get());
        hand_over("process", known, watched.process.process_fd());
    }
    for (const Kept& known : kept_) {
        if (now.contains(known)) continue;
        for (const char* what : {"segment", "process"}) {
            ::sd_notify(0, fmt::format("FDSTOREREMOVE=1\nFDNAME={}", name_of(what, known)).c_str());
        }
    }
    kept_ = std::move(now);
}

}  // namespace plimsoll::server
