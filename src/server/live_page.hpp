#pragma once

#include <chrono>
#include <cstdint>
#include <list>
#include <memory>
#include <string>

#include "collect/asker.hpp"
#include "http/door.hpp"
#include "server/watch_list.hpp"

namespace plimsoll::server {

// What a browser is told of what is watched: the page, and the documents that it draws.
//
// A report is made when somebody asks and something has changed, once for all who may see the same,
// and so seldom that it takes a tenth of the server's time at most. What is older is answered
// meanwhile, and says so: it has the revision it is of.
//
// Limits: Limits::page_rows allocations are listed, the rest is counted; Limits::page_bytes.
// Threads: one.
class LivePage {
  public:
    using Clock = std::chrono::steady_clock;

    LivePage(WatchList& list, const Limits& limits);

    // Adds /, /api/report, /api/events and /api/ps. The door must not outlive this.
    void add_to(http::Door& door);

    // Another one when anything has changed that `asker` may see.
    std::string revision(const collect::Asker& asker, Clock::time_point now);
    // {"revision": ..., "report": ..., "more": ...}; see exporting::PageData.
    std::shared_ptr<const std::string> report(const collect::Asker& asker, Clock::time_point now);
    // As `plimsoll ps --json` prints it.
    std::string ps(const collect::Asker& asker);

  private:
    // What all who may see the same are told.
    struct Sight {
        collect::Asker asker;
        std::uint64_t state = 0;  // a digest of what could change
        std::uint64_t revision = 0;
        Clock::time_point looked_at{};
        std::shared_ptr<const std::string> report;  // null: none was made
        std::uint64_t report_revision = 0;
        Clock::time_point made_at{};
        Clock::duration took{};
    };

    Sight& sight_of(const collect::Asker& asker, Clock::time_point now);
    [[nodiscard]] std::uint64_t state_for(const collect::Asker& asker) const;
    [[nodiscard]] std::string name_of(std::uint64_t revision) const;
    [[nodiscard]] std::string make(const collect::Asker& asker, std::uint64_t revision);

    WatchList* list_;
    Limits limits_;
    std::string start_;        // so that no revision is one of another server's
    std::list<Sight> sights_;  // the one that was asked for last is the first
};

}  // namespace plimsoll::server
