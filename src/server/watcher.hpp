#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "export/server_json.hpp"
#include "ledger/select.hpp"

namespace plimsoll::server {

// One who wants to be told of changes: what it was told last of each process. A change is told
// once, at most once a second, and only while the one before it has been fetched; meanwhile changes
// are left out and counted, and what is told next is how things are then.
class Watcher {
  public:
    using Clock = std::chrono::steady_clock;

    explicit Watcher(ledger::Selection selection) : selection_(selection) {}

    // What to tell of these figures; empty: nothing. `has_fetched`: all that was told before.
    std::string change(const std::vector<const ledger::ProcessView*>& figures, bool has_fetched,
                       Clock::time_point now) {
        if (now - told_at_ < std::chrono::seconds(1)) return {};
        if (!has_fetched) {
            ++skipped_;
            return {};
        }
        std::map<std::int32_t, std::string> now_there;
        std::vector<std::string> changed;
        std::vector<std::int32_t> ended;
        for (const ledger::ProcessView* process : figures) {
            const std::int32_t pid = process->identity.pid;
            if (selection_.pid.value_or(pid) != pid) continue;
            std::string text = exporting::observed_json_text(ledger::select(*process, selection_));
            const auto before = told_.find(pid);
            if (before == told_.end() || before->second != text) changed.push_back(text);
            now_there[pid] = std::move(text);
        }
        for (const auto& [pid, text] : told_) {
            if (!now_there.contains(pid)) ended.push_back(pid);
        }
        told_ = std::move(now_there);
        if (changed.empty() && ended.empty()) return {};
        told_at_ = now;
        return exporting::change_json(changed, ended, std::exchange(skipped_, 0));
    }

  private:
    ledger::Selection selection_;
    std::map<std::int32_t, std::string> told_;
    std::uint64_t skipped_ = 0;
    Clock::time_point told_at_{};
};

}  // namespace plimsoll::server
