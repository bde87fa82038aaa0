#include "findings/words.hpp"

#include <fmt/format.h>

#include <array>

namespace plimsoll::findings {

std::string plural(std::string_view noun) {
    std::string text(noun);
    if (text.ends_with('s')) return text + "es";
    if (!text.ends_with('y')) return text + "s";
    text.back() = 'i';
    return text + "es";
}

std::string counted(std::uint64_t count, std::string_view noun) {
    return fmt::format("{} {}", count, count == 1 ? std::string(noun) : plural(noun));
}

std::string_view noun(Kind kind) {
    constexpr std::array<std::string_view, kKindCount> nouns = {"unknown allocation",
                                                                "buffer",
                                                                "circular buffer",
                                                                "dataflow buffer",
                                                                "global circular buffer",
                                                                "semaphore",
                                                                "trace",
                                                                "kernel binary",
                                                                "reservation"};
    return nouns[static_cast<std::size_t>(kind)];
}

std::string_view title(Region region) {
    constexpr std::array<std::string_view, kRegionCount> titles = {"DRAM", "L1", "L1_SMALL",
                                                                   "trace", "system"};
    return titles[static_cast<std::size_t>(region)];
}

std::string bytes_text(std::uint64_t bytes) {
    constexpr std::array<const char*, 5> units = {"KiB", "MiB", "GiB", "TiB", "PiB"};
    if (bytes < 10000) return fmt::format("{} B", bytes);
    double value = static_cast<double>(bytes) / 1024;
    std::size_t unit = 0;
    // 1023.95 and more would print as 1024.0 of the smaller unit.
    while (value >= 1023.95 && unit + 1 < units.size()) {
        value /= 1024;
        ++unit;
    }
    return fmt::format("{:.1f} {}", value, units[unit]);
}

std::string frame_text(const ledger::Frame& frame) {
    std::string text = frame.file.empty() ? std::string("?") : frame.file;
    if (frame.line != 0) text += fmt::format(":{}", frame.line);
    if (!frame.function.empty()) text += " in " + frame.function;
    return text;
}

std::string label_text(const std::string& label) {
    constexpr std::size_t kLongest = 44;
    if (label.size() <= kLongest) return label;
    return label.substr(0, kLongest - 3) + "...";
}

std::string call_site_text(const std::vector<ledger::Frame>& frames) {
    if (frames.empty()) return {};
    ledger::Frame innermost = frames.front();
    innermost.file.erase(0, innermost.file.find_last_of('/') + 1);
    return frame_text(innermost);
}

namespace {

// Which function it is says enough, of a long name its end; the file only where it has no name.
std::string inside_text(const ledger::Frame& frame) {
    constexpr std::size_t kLongest = 48;
    if (frame.function.empty()) return call_site_text({frame});
    std::string_view name = frame.function;
    while (name.size() > kLongest) {
        const std::size_t end = name.find_first_of("<:");
        if (end == std::string_view::npos || !name.substr(end).starts_with("::")) break;
        name.remove_prefix(end + 2);
    }
    return std::string(name);
}

}  // namespace

std::string call_path_text(const ledger::CallSite& site, std::size_t most) {
    const std::vector<ledger::Frame>& frames = site.frames;
    std::string text = call_site_text(frames);
    if (!site.op.empty() && !text.empty()) text.insert(0, site.op + " at ");
    for (std::size_t i = 1; i < frames.size() && i < most; ++i) {
        std::string caller = call_site_text({frames[i]});
        const bool same_file = frames[i].file == frames[i - 1].file && frames[i].line != 0;
        if (same_file) caller.erase(0, caller.find(':'));
        text += " < " + caller;
    }
    if (site.inside.empty()) return text;
    return text + (text.empty() ? "inside " : ", inside ") + inside_text(site.inside.front());
}

std::string numbers_text(const std::vector<std::int32_t>& ascending) {
    std::string text;
    for (std::size_t first = 0; first < ascending.size();) {
        std::size_t last = first;
        while (last + 1 < ascending.size() && ascending[last + 1] == ascending[last] + 1) ++last;
        if (!text.empty()) text += ", ";
        text += std::to_string(ascending[first]);
        if (last == first + 1) text += fmt::format(", {}", ascending[last]);
        if (last > first + 1) text += fmt::format("..{}", ascending[last]);
        first = last + 1;
    }
    return text;
}

std::string devices_text(const std::vector<std::int32_t>& ascending, std::size_t all) {
    if (ascending.empty()) return "a device not known";
    if (ascending.size() == 1) return fmt::format("device {}", ascending.front());
    if (ascending.size() == all && all == 2) return "both devices";
    if (ascending.size() == all) return fmt::format("all {} devices", all);
    return "devices " + numbers_text(ascending);
}

std::string cores_text(const ledger::CoreSet& cores) {
    if (cores.empty()) return "every core";
    constexpr std::size_t kShown = 4;
    std::string text = "cores ";
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < cores.size(); ++i) {
        const ledger::CoreRange& range = cores[i];
        count +=
            (std::uint64_t{range.x1} - range.x0 + 1) * (std::uint64_t{range.y1} - range.y0 + 1);
        if (i < kShown) {
            text += fmt::format("{}{}-{}..{}-{}", i == 0 ? "" : ", ", range.x0, range.y0, range.x1,
                                range.y1);
        }
    }
    if (cores.size() > kShown) text += ", ...";
    return text + fmt::format(" ({})", count);
}

std::string listed(const std::vector<std::string>& parts) {
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) text += i + 1 == parts.size() ? " and " : ", ";
        text += parts[i];
    }
    return text;
}

std::string process_text(const ledger::Identity& identity) {
    constexpr std::size_t kLongest = 24;
    if (identity.name.empty()) return fmt::format("pid {}", identity.pid);
    return fmt::format("{} (pid {})", identity.name.substr(0, kLongest), identity.pid);
}

std::string last_word(const ledger::ProcessView& process) {
    const char* how = process.state == ledger::ProcessState::killed ? "died" : "ended";
    return fmt::format(
        "{} {}, holding {}", process_text(process.identity), how,
        process.held_count == 0 ? "nothing" : counted(process.held_count, "allocation"));
}

}  // namespace plimsoll::findings
