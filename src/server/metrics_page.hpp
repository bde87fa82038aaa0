#pragma once

#include <map>
#include <string>
#include <vector>

#include "metrics/scene.hpp"
#include "server/limits.hpp"
#include "server/watch_list.hpp"

namespace plimsoll::server {

// What a monitoring system is told of all that is watched, whoever's it is. Names no process, user
// or pod unless it was asked to: sums are everybody's, the rest is not.
//
// Cost: a look at each process. Findings are judged anew only in processes that did something, in
// at most kMostRows allocations for one answer; the others keep what was found in them before.
class MetricsPage {
  public:
    MetricsPage(WatchList& list, const Limits& limits, metrics::Detail detail);

    // Before the next answer, each that has ended.
    void remember(const std::vector<LastWord>& ended);

    // `scraper`: who asks, by a name of its own choice. `accept`: the header.
    struct Answer {
        const char* content_type;
        std::string text;
    };
    Answer answer(const std::string& scraper, const std::string& accept);

  private:
    static constexpr std::uint64_t kMostRows = 100000;

    // What was found in a process, and how far it had come then.
    struct Judged {
        metrics::CountByCode findings;
        std::uint64_t events = 0;
        std::uint64_t answer = 0;  // the last one it was there for
    };

    metrics::Process measured(Watched& entry);
    void judge(Watched& entry, std::uint64_t* rows_left);
    void add_sums(const std::vector<metrics::Process>& running);

    WatchList* list_;
    Limits limits_;
    metrics::Detail detail_;
    metrics::Ended ended_;
    metrics::Maxima maxima_;
    std::map<Watched::Key, Judged> judged_;
    std::uint64_t answers_ = 0;
    std::uint64_t start_time_s_;
};

}  // namespace plimsoll::server
