#include "agents/ttmetal/call_site.hpp"

#include <stdlib.h>
#include <string.h>

#include <atomic>

#include "agents/ttmetal/python_frames.hpp"
#include "agents/ttmetal/word_map.hpp"

namespace plimsoll::ttmetal {
namespace {

constexpr std::size_t kShown = 4;
constexpr std::size_t kMaxDepth = 64;  // frames of ttnn's own above the program's, with room

// What is known of a frame: whether it belongs to the program or to ttnn.
constexpr std::uint64_t kOfProgram = 1;
constexpr std::uint64_t kOfPackage = 2;
WordMap<16384> owners;
// What is known of the program's innermost frames: their call site.
WordMap<16384> sites;

enum class Wanted : int { unread = 0, no = 1, yes = 2 };
constinit std::atomic<Wanted> wanted{Wanted::unread};

bool is_wanted() {
    Wanted answer = wanted.load(std::memory_order_relaxed);
    if (answer == Wanted::unread) {
        const char* value = getenv("PLIMSOLL_CALL_SITES");
        answer = value != nullptr && strcmp(value, "off") == 0 ? Wanted::no : Wanted::yes;
        wanted.store(answer, std::memory_order_relaxed);
    }
    return answer == Wanted::yes;
}

bool is_of_package(const PythonFrame& frame) {
    std::uint64_t owner = owners.get(frame.identity);
    if (owner == 0) {
        char file[kTextLength];
        const std::size_t length = file_of(frame, file);
        owner = memmem(file, length, "-packages/ttnn/", strlen("-packages/ttnn/")) == nullptr
                    ? kOfProgram
                    : kOfPackage;
        owners.put(frame.identity, owner);
    }
    return owner == kOfPackage;
}

plimsoll_location intern(plimsoll_client* client, const PythonFrame* frames, std::size_t count) {
    plimsoll_frame named[kShown];
    for (std::size_t i = 0; i < count; ++i) {
        char text[kTextLength];
        named[i].file = plimsoll_intern(client, text, file_of(frames[i], text));
        named[i].function = plimsoll_intern(client, text, function_of(frames[i], text));
        named[i].line = line_of(frames[i]);
    }
    return plimsoll_intern_call_site(client, named, count);
}

}  // namespace

plimsoll_location call_site(plimsoll_client* client) {
    if (!is_wanted()) return 0;
    PythonFrame frames[kShown];
    std::size_t count = 0;
    std::uint64_t identity = 1;
    PythonWalk walk;
    PythonFrame frame;
    for (std::size_t depth = 0; depth < kMaxDepth && count < kShown && walk.next(&frame); ++depth) {
        if (is_of_package(frame)) continue;
        frames[count++] = frame;
        identity = mix(identity, frame.identity);
    }
    if (count == 0) return 0;
    if (const std::uint64_t site = sites.get(identity)) {
        return static_cast<plimsoll_location>(site);
    }
    const plimsoll_location site = intern(client, frames, count);
    if (site != 0) sites.put(identity, site);
    return site;
}

}  // namespace plimsoll::ttmetal
