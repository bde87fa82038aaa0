#include "gate/baseline.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace plimsoll::gate {
namespace {

// A tensor is often made by a helper: who called it tells two of its uses apart.
constexpr std::size_t kFrames = 2;

// Without its folders, which are another checkout's elsewhere, and without its line.
std::string stable_text(const ledger::Frame& frame) {
    const std::string file = frame.file.substr(frame.file.find_last_of('/') + 1);
    return frame.function.empty() ? file : fmt::format("{} in {}", file, frame.function);
}

}  // namespace

Key key_of(const findings::Finding& finding, const findings::Place& place) {
    Key key;
    key.code = finding.code;
    key.owner = name(place.owner);
    key.program = place.program;
    key.kind = name(place.kind);
    key.region = name(place.region);
    key.op = place.call_site.op;
    const std::vector<ledger::Frame>& frames = place.call_site.frames;
    for (std::size_t i = 0; i < std::min(frames.size(), kFrames); ++i) {
        key.call_site.push_back(stable_text(frames[i]));
    }
    return key;
}

std::string text_of(const Key& key) {
    std::string text = fmt::format("{}: {}, {} in {}", key.code, key.owner, key.kind, key.region);
    if (!key.program.empty()) text += " of " + key.program;
    std::string place = key.op;
    for (const std::string& frame : key.call_site) {
        const bool first = &frame == &key.call_site.front();
        place += (!first ? " < " : place.empty() ? "" : " at ") + frame;
    }
    return place.empty() ? text : text + ", " + place;
}

}  // namespace plimsoll::gate
