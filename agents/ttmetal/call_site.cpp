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

// What is known of a path, the innermost frames of a thread whatever they belong to: its call site,
// or that the frames which follow have to be seen. Looked up from kShown frames on, so that a call
// from a place that is known costs one look for each of ttnn's own frames, and one.
constexpr std::uint64_t kGoOn = 1;
constexpr std::uint64_t kFirstSite = 2;
WordMap<16384> paths;

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
    constexpr char kFolder[] = "-packages/ttnn/";
    char file[kTextLength];
    const std::size_t length = file_of(frame, file);
    return memmem(file, length, kFolder, strlen(kFolder)) != nullptr;
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

// What a path is worth that was never seen before; `whole`: it is all of the stack.
[[gnu::cold]] std::uint64_t explore(plimsoll_client* client, const PythonFrame* path,
                                    std::size_t depth, bool whole) {
    PythonFrame frames[kShown];
    std::size_t count = 0;
    for (std::size_t i = 0; i < depth && count < kShown; ++i) {
        if (!is_of_package(path[i])) frames[count++] = path[i];
    }
    if (count < kShown && !whole) return kGoOn;
    return kFirstSite + (count == 0 ? 0 : intern(client, frames, count));
}

}  // namespace

plimsoll_location call_site(plimsoll_client* client) {
    if (!is_wanted()) return 0;
    PythonFrame path[kMaxDepth];
    std::size_t depth = 0;
    std::uint64_t identity = 1;
    PythonWalk walk;
    bool whole = false;
    while (!whole) {
        whole = depth == kMaxDepth || !walk.next(&path[depth]);
        if (whole && depth == 0) return 0;
        identity = mix(identity, whole ? 0 : path[depth++].identity);
        if (!whole && depth < kShown) continue;
        std::uint64_t known = paths.get(identity);
        if (known == 0) {
            known = explore(client, path, depth, whole);
            paths.put(identity, known);
        }
        if (known != kGoOn) return static_cast<plimsoll_location>(known - kFirstSite);
    }
    return 0;  // explore() never goes on beyond the whole stack
}

}  // namespace plimsoll::ttmetal
