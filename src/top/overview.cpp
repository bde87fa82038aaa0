#include <fmt/format.h>

#include <algorithm>

#include "findings/words.hpp"
#include "top/state.hpp"
#include "top/sums.hpp"
#include "view/sections.hpp"
#include "view/text.hpp"

namespace plimsoll::top {
namespace {

constexpr std::size_t kWide = 110;  // columns from which capacities are shown too

// "DRAM ████░░░░ 10.1 MiB   1%", and on a wide screen "of 12.0 GiB".
void add_region(Line& line, const char* title, const ledger::RegionUse& use, std::size_t columns,
                bool wide) {
    const std::size_t words = wide ? 5 + 11 + 5 + 13 : 5 + 11 + 5;
    const std::size_t room = columns > words + 4 ? columns - words : 4;
    line.push_back({view::pad_right(title, 5)});
    const std::uint64_t of = use.capacity.coverage == Coverage::unknown ? 0 : use.capacity.value;
    for (Span& part : bar(use.live.value, of, room)) line.push_back(std::move(part));
    line.push_back({view::pad_left(view::figure_text(use.live), 11)});
    if (wide) {
        line.push_back(
            {view::pad_right(of == 0 ? "" : " of " + findings::bytes_text(of), 13), Ink::faint});
    }
    line.push_back(
        {of == 0 ? "     " : fmt::format("{:>4}%", use.live.value * 100 / of), Ink::faint});
}

const char* name(Sort sort) {
    constexpr const char* names[] = {"DRAM", "L1", "allocations", "pid"};
    return names[static_cast<std::size_t>(sort)];
}

}  // namespace

Line State::title(const std::string& text) const {
    Line line = {{"plimsoll top", Ink::strong}, {"  " + text}};
    if (paused_) line.push_back({"  paused", Ink::warm});
    return line;
}

void State::draw_chips(Picture& picture, std::size_t rows, std::size_t columns) const {
    const Window window = Window::of(chip_, devices_.size(), rows);
    const bool wide = columns >= kWide;
    constexpr std::size_t kBefore = 18;
    for (std::size_t i = window.first; i < window.first + window.count; ++i) {
        const ledger::DeviceUse& device = devices_[i];
        const bool selected = panel_ == Panel::chips && i == chip_;
        Line line;
        line.push_back({view::pad_left(std::to_string(device.device), 4) + " " +
                            view::pad_right(view::cut(device.arch, 12), 13),
                        selected ? Ink::selected : Ink::plain});
        const std::size_t half = (columns - std::min(columns, kBefore)) / 2;
        add_region(line, "DRAM", device.regions[static_cast<std::size_t>(Region::dram)], half,
                   wide);
        add_region(line, "  L1", device.l1_per_core, half, wide);
        picture.push_back(std::move(line));
    }
}

void State::draw_history(Picture& picture, std::size_t columns) const {
    std::vector<std::uint64_t> dram;
    for (const Totals& one : history_) dram.push_back(one.dram);
    const Totals now = history_.empty() ? Totals{} : history_.back();
    const std::string after = fmt::format(" {} DRAM, {} L1", findings::bytes_text(now.dram),
                                          findings::bytes_text(now.l1));
    const std::size_t words = 6 + after.size();
    const std::size_t room = columns > words ? columns - words : 0;
    picture.push_back({{" DRAM ", Ink::faint}, {graph(dram, room), Ink::good}, {after}});
}

void State::draw_processes(Picture& picture, std::size_t rows, std::size_t columns) const {
    const auto at = std::find_if(processes_.begin(), processes_.end(), [this](const auto* one) {
        return one->identity.pid == selected_pid_;
    });
    const auto selected = static_cast<std::size_t>(at - processes_.begin());
    const Window window = Window::of(selected, processes_.size(), rows);
    const std::size_t name = columns > 64 ? columns - 64 : 8;
    for (std::size_t i = window.first; i < window.first + window.count; ++i) {
        const ledger::ProcessView& process = *processes_[i];
        const bool is_selected = panel_ == Panel::processes && i == selected;
        picture.push_back(
            {{fmt::format(
                  "{:>8} {} {} {:>5} {:>8} {:>11} {:>11}", process.identity.pid,
                  view::pad_right(view::cut(view::printable(process.identity.user), 10), 10),
                  view::pad_right(view::cut(view::printable(process.identity.name), name), name),
                  process.devices.size(), process.held_count,
                  findings::bytes_text(live(process, Region::dram)),
                  findings::bytes_text(live(process, Region::l1))),
              is_selected ? Ink::selected : Ink::plain}});
    }
    if (processes_.empty()) {
        picture.push_back({{seen_.empty() ? "  no process that Plimsoll may look into holds memory"
                                          : "  none of the processes is asked for (Esc: all)",
                            Ink::faint}});
    }
}

void State::draw_overview(Picture& picture, Size size) const {
    std::string what = fmt::format("{} on {}", findings::counted(seen_.size(), "process"),
                                   findings::counted(devices_.size(), "chip"));
    what += fmt::format(", by {}", top::name(sort_));
    if (only_chip_) what += fmt::format("; chip {} only", *only_chip_);
    if (!filter_.empty()) what += fmt::format("; only '{}'", filter_);
    picture.push_back(title(what));
    draw_history(picture, size.columns);
    // The rest is shared: chips take what they need, up to half of it.
    const std::size_t notes = std::min<std::size_t>(notes_.size(), 3);
    const std::size_t rest = size.rows > 6 + notes ? size.rows - 6 - notes : 2;
    const std::size_t chips = std::min(devices_.size(), std::max<std::size_t>(1, rest / 2));
    picture.push_back({{" chip                L1: the fullest core", Ink::faint}});
    draw_chips(picture, chips, size.columns);
    const std::size_t name = size.columns > 64 ? size.columns - 64 : 8;
    picture.push_back({{fmt::format("{:>8} {:<10} {:<{}} {:>5} {:>8} {:>11} {:>11}", "pid", "user",
                                    "process", name, "chips", "allocs", "DRAM", "L1"),
                        Ink::faint}});
    draw_processes(picture, rest - std::min(rest, chips), size.columns);
    for (std::size_t i = 0; i < notes; ++i) picture.push_back({{"  " + notes_[i], Ink::warm}});
}

}  // namespace plimsoll::top
