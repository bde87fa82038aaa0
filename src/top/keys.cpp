#include <algorithm>

#include "top/state.hpp"

namespace plimsoll::top {
namespace {

constexpr std::size_t kPage = 10;
constexpr std::size_t kLongestFilter = 40;

template <class Enum>
Enum next(Enum value, std::size_t count) {
    return static_cast<Enum>((static_cast<std::size_t>(value) + 1) % count);
}

}  // namespace

void State::press(Press press) {
    if (press.key == Key::none) return;
    if (where_ == Where::help) {
        where_ = before_help_;
        return;
    }
    if (typing_ && press_in_filter(press)) return;
    if (press.key == Key::text) {
        switch (press.letter) {
            case 'q':
                quit_ = true;
                return;
            case '?':
            case 'h':
                before_help_ = where_;
                where_ = Where::help;
                return;
            case ' ':
                paused_ = !paused_;
                return;
            case 'k':
                press.key = Key::up;
                break;
            case 'j':
                press.key = Key::down;
                break;
            default:
                break;
        }
    }
    if (where_ == Where::group) {
        press_in_group(press);
    } else if (where_ == Where::process) {
        press_in_process(press);
    } else {
        press_in_overview(press);
    }
}

bool State::press_in_filter(Press press) {
    if (press.key == Key::text) {
        if (filter_.size() < kLongestFilter) filter_ += press.letter;
    } else if (press.key == Key::erase) {
        if (!filter_.empty()) filter_.pop_back();
    } else if (press.key == Key::back) {
        filter_.clear();
        typing_ = false;
    } else if (press.key == Key::enter) {
        typing_ = false;
    } else {
        return false;
    }
    arrange();
    return true;
}

void State::press_in_overview(Press press) {
    if (press.key == Key::tab) {
        panel_ = panel_ == Panel::chips ? Panel::processes : Panel::chips;
    } else if (press.key == Key::back) {
        only_chip_.reset();
        filter_.clear();
    } else if (press.key == Key::text && press.letter == 's') {
        sort_ = next(sort_, kSorts);
    } else if (press.key == Key::text && press.letter == '/') {
        typing_ = true;
    } else if (press.key == Key::enter && panel_ == Panel::chips && !devices_.empty()) {
        only_chip_ = devices_[chip_].device;
        panel_ = Panel::processes;
    } else if (press.key == Key::enter && !processes_.empty()) {
        where_ = Where::process;
        pid_ = selected_pid_;
        process_.reset();
        row_ = 0;
    } else if (panel_ == Panel::chips) {
        move(chip_, devices_.size(), press.key);
    } else if (!processes_.empty()) {
        const auto at = std::find_if(processes_.begin(), processes_.end(), [this](const auto* one) {
            return one->identity.pid == selected_pid_;
        });
        auto selected = static_cast<std::size_t>(at - processes_.begin());
        move(selected, processes_.size(), press.key);
        selected_pid_ = processes_[selected]->identity.pid;
    }
    arrange();
}

void State::press_in_process(Press press) {
    const std::vector<view::Group> groups =
        process_ ? view::groups_of(*process_, by_) : std::vector<view::Group>{};
    if (press.key == Key::back) {
        where_ = Where::overview;
        process_.reset();
    } else if (press.key == Key::text && press.letter == 'b') {
        by_ = next(by_, view::kWaysToGroup);
        row_ = 0;
    } else if (press.key == Key::enter && row_ < groups.size()) {
        where_ = Where::group;
        group_ = groups[row_];
        row_of_group_ = 0;
    } else {
        move(row_, groups.size(), press.key);
    }
}

void State::press_in_group(Press press) {
    if (press.key == Key::back) {
        where_ = Where::process;
    } else {
        move(row_of_group_, rows_of_group().size(), press.key);
    }
}

void State::move(std::size_t& selected, std::size_t total, Key key) const {
    if (total == 0) {
        selected = 0;
        return;
    }
    const std::size_t last = total - 1;
    if (key == Key::up) selected -= std::min<std::size_t>(selected, 1);
    if (key == Key::down) selected = std::min(selected + 1, last);
    if (key == Key::page_up) selected -= std::min(selected, kPage);
    if (key == Key::page_down) selected = std::min(selected + kPage, last);
    if (key == Key::home) selected = 0;
    if (key == Key::end) selected = last;
    selected = std::min(selected, last);
}

}  // namespace plimsoll::top
