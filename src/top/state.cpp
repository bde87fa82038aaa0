#include "top/state.hpp"

#include <algorithm>

#include "ledger/merge.hpp"
#include "top/sums.hpp"

namespace plimsoll::top {
namespace {

constexpr std::size_t kMostHistory = 600;

bool matches(const ledger::ProcessView& process, const std::string& filter) {
    const ledger::Identity& identity = process.identity;
    return identity.name.find(filter) != std::string::npos ||
           identity.user.find(filter) != std::string::npos ||
           std::to_string(identity.pid).find(filter) != std::string::npos;
}

bool is_on(const ledger::ProcessView& process, std::int32_t chip) {
    return std::any_of(process.devices.begin(), process.devices.end(),
                       [chip](const ledger::DeviceUse& device) { return device.device == chip; });
}

}  // namespace

void State::see(std::vector<ledger::ProcessView> processes, std::vector<std::string> notes) {
    if (paused_) return;
    seen_ = std::move(processes);
    notes_ = std::move(notes);
    devices_ = ledger::merge(seen_).devices;
    Totals now;
    for (const ledger::ProcessView& process : seen_) {
        now.dram += live(process, Region::dram);
        now.l1 += live(process, Region::l1);
    }
    history_.push_back(now);
    if (history_.size() > kMostHistory) history_.pop_front();
    arrange();
}

void State::see_process(std::optional<ledger::ProcessView> process) {
    if (paused_ && process_) return;
    process_ = std::move(process);
}

std::optional<std::int32_t> State::wanted_process() const {
    const bool of_one = where_ == Where::process || where_ == Where::group;
    return of_one ? std::optional(pid_) : std::nullopt;
}

void State::arrange() {
    processes_.clear();
    for (const ledger::ProcessView& process : seen_) {
        if (only_chip_ && !is_on(process, *only_chip_)) continue;
        if (matches(process, filter_)) processes_.push_back(&process);
    }
    std::stable_sort(processes_.begin(), processes_.end(), [this](const auto* a, const auto* b) {
        switch (sort_) {
            case Sort::dram:
                return live(*a, Region::dram) > live(*b, Region::dram);
            case Sort::l1:
                return live(*a, Region::l1) > live(*b, Region::l1);
            case Sort::allocations:
                return a->held_count > b->held_count;
            case Sort::pid:
                break;
        }
        return a->identity.pid < b->identity.pid;
    });
    chip_ = std::min(chip_, devices_.empty() ? 0 : devices_.size() - 1);
    const bool there = std::any_of(processes_.begin(), processes_.end(), [this](const auto* one) {
        return one->identity.pid == selected_pid_;
    });
    if (!there) selected_pid_ = processes_.empty() ? 0 : processes_.front()->identity.pid;
}

Picture State::picture(Size size) const {
    Picture picture;
    if (where_ == Where::help) {
        picture = help(size);
    } else if (where_ == Where::process) {
        draw_process(picture, size);
    } else if (where_ == Where::group) {
        draw_group(picture, size);
    } else {
        draw_overview(picture, size);
    }
    if (picture.size() >= size.rows) picture.resize(size.rows - 1);
    while (picture.size() + 1 < size.rows) picture.emplace_back();
    picture.push_back(footer());
    for (Line& line : picture) line = fitted(std::move(line), size.columns);
    return picture;
}

Line State::footer() const {
    if (typing_)
        return {{"filter: " + filter_ + "_", Ink::strong}, {"   Enter: keep   Esc: clear"}};
    if (where_ == Where::help) return {{" any key: back", Ink::faint}};
    if (where_ == Where::group) {
        return {{" Space: pause   Esc: back   q: quit   ?: help", Ink::faint}};
    }
    if (where_ == Where::process) {
        return {{" Enter: look into   b: group by   Space: pause   Esc: back   q: quit   ?: help",
                 Ink::faint}};
    }
    return {
        {" Enter: look into   Tab: chips   s: sort   /: filter   Space: pause   q: quit   ?: help",
         Ink::faint}};
}

}  // namespace plimsoll::top
