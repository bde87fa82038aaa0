#include "server/live_page.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "export/ps_json.hpp"
#include "server/live_report.hpp"
#include "server/page_routes.hpp"
#include "web/page.hpp"

namespace plimsoll::server {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMostSights = 16;  // of more, those go that nobody asks for
constexpr auto kBetweenLooks = 500ms;
constexpr auto kBetweenReports = 1s;
constexpr int kShare = 10;  // a report is made after so many times of what the last one took

// FNV-1a: https://datatracker.ietf.org/doc/html/draft-eastlake-fnv
class Digest {
  public:
    void add(std::uint64_t number) {
        for (int byte = 0; byte < 8; ++byte) {
            value_ = (value_ ^ (number & 0xff)) * 0x100000001b3;
            number >>= 8;
        }
    }
    [[nodiscard]] std::uint64_t value() const { return value_; }

  private:
    std::uint64_t value_ = 0xcbf29ce484222325;
};

bool see_the_same(const collect::Asker& one, const collect::Asker& other) {
    const auto sees_all = [](const collect::Asker& asker) {
        return asker.sees_all || asker.user == 0;
    };
    return sees_all(one) ? sees_all(other) : !sees_all(other) && one.user == other.user;
}

}  // namespace

LivePage::LivePage(WatchList& list, const Limits& limits)
    : list_(&list),
      limits_(limits),
      start_(fmt::format("{:x}", Clock::now().time_since_epoch().count())) {}

void LivePage::add_to(http::Door& door) {
    door.add(page_route());
    door.add({"/api/report", http::Access::asker, [this](const collect::Asker& asker) {
                  return json_answer(report(asker, Clock::now()));
              }});
    door.add({"/api/events", http::Access::asker, nullptr,
              [this](const collect::Asker& asker) { return revision(asker, Clock::now()); }});
    door.add({"/api/ps", http::Access::asker, [this](const collect::Asker& asker) {
                  return json_answer(std::make_shared<const std::string>(ps(asker)));
              }});
}

std::uint64_t LivePage::state_for(const collect::Asker& asker) const {
    Digest digest;
    for (const Watched& watched : list_->running()) {
        if (!asker.may_see(watched.process.user())) continue;
        digest.add(watched.key.second);
        digest.add(watched.process.events_produced());
    }
    for (const LastWord& word : list_->last_words()) {
        if (!asker.may_see(word.user)) continue;
        digest.add(static_cast<std::uint64_t>(word.process.identity.pid));
        digest.add(word.process.identity.start_time);
    }
    return digest.value();
}

LivePage::Sight& LivePage::sight_of(const collect::Asker& asker, Clock::time_point now) {
    auto sight = std::find_if(sights_.begin(), sights_.end(),
                              [&](const Sight& each) { return see_the_same(each.asker, asker); });
    if (sight == sights_.end()) {
        sights_.emplace_front().asker = asker;
        if (sights_.size() > kMostSights) sights_.pop_back();
        sight = sights_.begin();
    } else {
        sights_.splice(sights_.begin(), sights_, sight);
    }
    if (sight->revision == 0 || now - sight->looked_at >= kBetweenLooks) {
        const std::uint64_t state = state_for(asker);
        if (sight->revision == 0 || state != sight->state) ++sight->revision;
        sight->state = state;
        sight->looked_at = now;
    }
    return *sight;
}

std::string LivePage::name_of(std::uint64_t revision) const {
    return fmt::format("{}-{}", start_, revision);
}

std::string LivePage::revision(const collect::Asker& asker, Clock::time_point now) {
    return name_of(sight_of(asker, now).revision);
}

std::shared_ptr<const std::string> LivePage::report(const collect::Asker& asker,
                                                    Clock::time_point now) {
    Sight& sight = sight_of(asker, now);
    const auto pause = std::max<Clock::duration>(kBetweenReports, kShare * sight.took);
    const bool is_old = sight.report_revision != sight.revision && now - sight.made_at >= pause;
    if (sight.report && !is_old) return sight.report;
    const auto begin = Clock::now();
    sight.report = std::make_shared<const std::string>(make(asker, sight.revision));
    sight.report_revision = sight.revision;
    sight.made_at = now;
    sight.took = Clock::now() - begin;
    return sight.report;
}

std::string LivePage::make(const collect::Asker& asker, std::uint64_t revision) {
    const exporting::PageData data =
        web::page_data(live_report(*list_, asker, limits_.page_rows), limits_.page_bytes);
    return fmt::format(R"({{"revision":"{}","report":{},"more":{}}})", name_of(revision),
                       data.report, data.more);
}

std::string LivePage::ps(const collect::Asker& asker) {
    std::vector<ledger::ProcessView> processes;
    for (Watched& watched : list_->running()) {
        if (asker.may_see(watched.process.user())) processes.push_back(watched.process.figures());
    }
    std::sort(processes.begin(), processes.end(),
              [](const auto& a, const auto& b) { return a.identity.pid < b.identity.pid; });
    return exporting::ps_json(processes, {});
}

}  // namespace plimsoll::server
