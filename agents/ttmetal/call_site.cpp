#include "agents/ttmetal/call_site.hpp"

#include <stdlib.h>
#include <string.h>

#include <atomic>

#include "agents/ttmetal/python_frames.hpp"
#include "agents/ttmetal/python_op.hpp"
#include "agents/ttmetal/word_map.hpp"

namespace plimsoll::ttmetal {
namespace {

constexpr std::size_t kShown = 4;
constexpr std::size_t kMaxDepth = 64;  // frames of ttnn's own above the program's, with room

// What is known of a path, the innermost frames of a thread whatever they belong to: its call site,
// or that the frames which follow have to be seen.
constexpr std::uint64_t kGoOn = 1;
constexpr std::uint64_t kFirstSite = 2;
WordMap<16384> paths;
// How many frames a path has at least, unless it is all of the stack: one of ttnn's own is above
// the program's nearly always.
constexpr std::size_t kShortestPath = kShown + 1;
enum class Reach { innermost, all };

enum class Wanted : int { unread = 0, no = 1, yes = 2 };
constinit std::atomic<Wanted> wanted{Wanted::unread};

[[gnu::cold, gnu::noinline]] Wanted read_wish() {
    const char* value = getenv("PLIMSOLL_CALL_SITES");
    const bool off = value != nullptr && strcmp(value, "off") == 0;
    wanted.store(off ? Wanted::no : Wanted::yes, std::memory_order_relaxed);
    return off ? Wanted::no : Wanted::yes;
}

bool is_wanted() {
    const Wanted answer = wanted.load(std::memory_order_relaxed);
    return (answer == Wanted::unread ? read_wish() : answer) == Wanted::yes;
}

bool is_of_package(const PythonFrame& frame) {
    constexpr char kFolder[] = "-packages/ttnn/";
    char file[kTextLength];
    const std::size_t length = file_of(frame, file);
    if (memmem(file, length, kFolder, strlen(kFolder)) == nullptr) return false;
    learn_call_of_op(frame, file, length);
    return true;
}

plimsoll_text intern_op(plimsoll_client* client, const PythonFrame& call) {
    char text[kTextLength];
    return call.code == nullptr ? 0 : plimsoll_intern(client, text, op_of(call, text));
}

plimsoll_location intern(plimsoll_client* client, const PythonFrame& call,
                         const PythonFrame* frames, std::size_t count) {
    plimsoll_frame named[kShown];
    for (std::size_t i = 0; i < count; ++i) {
        char text[kTextLength];
        named[i].file = plimsoll_intern(client, text, file_of(frames[i], text));
        named[i].function = plimsoll_intern(client, text, function_of(frames[i], text));
        named[i].line = line_of(frames[i]);
    }
    return plimsoll_intern_call_site(client, intern_op(client, call), named, count);
}

// The innermost `depth` frames of the thread, looked at anew.
template <std::size_t kLayout>
[[gnu::cold, gnu::noinline]] std::uint64_t explore(plimsoll_client* client,
                                                   const PythonThread thread,
                                                   std::uint64_t identity, std::size_t depth,
                                                   Reach reach) {
    PythonWalk<kLayout> walk(thread);
    PythonFrame frame;
    PythonFrame frames[kShown];
    std::size_t count = 0;
    PythonFrame call{};  // of the program's, among those that ttnn makes of its own
    for (std::size_t i = 0; i < depth && count < kShown && walk.next(&frame); ++i) {
        if (!is_of_package(frame)) {
            frames[count++] = frame;
        } else if (count == 0 && calls_of_ops().has(frame)) {
            call = frame;
        }
    }
    const bool go_on = count < kShown && reach == Reach::innermost;
    const plimsoll_location site = go_on || count == 0 ? 0 : intern(client, call, frames, count);
    const std::uint64_t known = go_on ? kGoOn : kFirstSite + site;
    paths.put(identity, known);
    return known;
}

// Most calls come from a place that is known: they read each frame once and write nothing.
template <std::size_t kLayout>
plimsoll_location call_site_in(plimsoll_client* client, const PythonThread thread) {
    const CallsOfOps calls = calls_of_ops();
    PythonWalk<kLayout> walk(thread);
    PythonFrame frame;
    std::size_t depth = 0;
    std::uint64_t hash = 1;
    while (walk.next(&frame)) {
        hash = mix_frame<kLayout>(hash, frame);
        // Which op it is that is called says only the object.
        if (__builtin_expect(calls.has(frame), 0))
            hash = mix(hash, at<std::uint64_t>(frame.locals, 0));
        if (__builtin_expect(++depth < kShortestPath, 1)) continue;
        const std::uint64_t identity = mix(hash, depth);
        std::uint64_t known = paths.get(identity);
        if (__builtin_expect(known == 0, 0)) {
            known = explore<kLayout>(client, thread, identity, depth, Reach::innermost);
        }
        if (__builtin_expect(known != kGoOn, 1))
            return static_cast<plimsoll_location>(known - kFirstSite);
        if (depth == kMaxDepth) break;
    }
    if (depth == 0) return 0;
    const std::uint64_t identity = mix(hash, 0);
    std::uint64_t known = paths.get(identity);
    if (known == 0) known = explore<kLayout>(client, thread, identity, depth, Reach::all);
    return static_cast<plimsoll_location>(known - kFirstSite);
}

}  // namespace

[[gnu::noinline, gnu::flatten]] plimsoll_location call_site(plimsoll_client* client) {
    if (!is_wanted()) return 0;
    const PythonThread thread = python_thread();
    if (thread.state == nullptr) return 0;
    return thread.layout == kLayout3_10 ? call_site_in<kLayout3_10>(client, thread)
                                        : call_site_in<kLayout3_12>(client, thread);
}

const char* why_no_call_sites() {
    return is_wanted() ? why_no_frames() : "turned off by PLIMSOLL_CALL_SITES";
}

}  // namespace plimsoll::ttmetal
