#pragma once

#include <sys/types.h>

#include <set>
#include <utility>
#include <vector>

#include "collect/listener.hpp"
#include "server/watch_list.hpp"

namespace plimsoll::server {

// A process may come again with another segment: its number, and the segment's inode.
using Kept = std::pair<pid_t, ino_t>;

// What the service manager that started us (systemd) had kept for us.
struct Inherited {
    UniqueFd socket;                          // it listens already; empty: there is none
    std::vector<collect::Arrival> processes;  // that the server before us had watched
    std::set<Kept> kept;                      // what it goes on keeping
};

// The service manager, where there is one; else all of this does nothing.
//
// It keeps the segments of all watched processes, so that a server which takes the place of another
// knows them without /proc, also those in namespaces that it cannot look into.
// Source: sd_listen_fds(3), sd_notify(3).
class ServiceManager {
  public:
    // To be called once, before anything else opens a descriptor.
    static Inherited inherit();

    explicit ServiceManager(std::set<Kept> kept) : kept_(std::move(kept)) {}

    void say_ready();
    // Hands over what is new among these, and takes back what is gone.
    void keep(std::vector<Watched>& running);

  private:
    std::set<Kept> kept_;
};

}  // namespace plimsoll::server
