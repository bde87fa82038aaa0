#include "collect/stack_frames.hpp"

#include <algorithm>
#include <string>

namespace plimsoll::collect {
namespace {

constexpr std::size_t kMostFrames = 64;
constexpr std::string_view kMark = "+0x";

bool is_number(std::string_view text) {
    return !text.empty() && text.size() <= 16 &&
           text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// Takes the last number off the line; empty: there is none any more.
std::string_view take_last(std::string_view& line) {
    const std::size_t mark = line.rfind(kMark);
    if (mark == std::string_view::npos || !is_number(line.substr(mark + kMark.size()))) return {};
    const std::string_view last = line.substr(mark);
    line = line.substr(0, mark);
    return last;
}

void add_line(std::vector<ledger::Frame>& frames, std::string_view line) {
    std::vector<std::string_view> numbers;  // outermost first
    for (std::string_view last; !(last = take_last(line)).empty();) numbers.push_back(last);
    std::reverse(numbers.begin(), numbers.end());
    for (const std::string_view number : numbers) {
        if (frames.size() == kMostFrames) return;
        frames.push_back({std::string(line).append(number), "", 0});
    }
}

}  // namespace

std::vector<ledger::Frame> stack_frames(std::string_view text) {
    std::vector<ledger::Frame> frames;
    while (!text.empty() && frames.size() < kMostFrames) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        add_line(frames, text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return frames;
}

}  // namespace plimsoll::collect
