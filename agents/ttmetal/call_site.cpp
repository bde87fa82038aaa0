#include "agents/ttmetal/call_site.hpp"

#include <stdlib.h>
#include <string.h>

#include <atomic>

#include "agents/ttmetal/native_stack.hpp"
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

enum class Wanted : int { unread = 0, nothing = 1, python = 2, native = 3 };
constinit std::atomic<Wanted> wanted{Wanted::unread};

[[gnu::cold, gnu::noinline]] Wanted read_wish() {
    const char* value = getenv("PLIMSOLL_CALL_SITES");
    Wanted wish = Wanted::python;
    if (value != nullptr && strcmp(value, "off") == 0) wish = Wanted::nothing;
    if (value != nullptr && strcmp(value, "native") == 0) wish = Wanted::native;
    wanted.store(wish, std::memory_order_relaxed);
    return wish;
}

Wanted wish() {
    const Wanted answer = wanted.load(std::memory_order_relaxed);
    return answer == Wanted::unread ? read_wish() : answer;
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

// Those of the program, and the call of ttnn's that they led to.
struct Frames {
    PythonFrame frame[kShown];
    std::size_t count = 0;
    PythonFrame call{};
};

// Among the innermost `depth` frames of the thread.
template <std::size_t kLayout>
Frames frames_of(const PythonThread thread, std::size_t depth) {
    PythonWalk<kLayout> walk(thread);
    PythonFrame frame;
    Frames found;
    for (std::size_t i = 0; i < depth && found.count < kShown && walk.next(&frame); ++i) {
        if (!is_of_package(frame)) {
            found.frame[found.count++] = frame;
        } else if (found.count == 0 && calls_of_ops().has(frame)) {
            found.call = frame;
        }
    }
    return found;
}

// Behind those frames that `named` has already; as many as there is room for.
plimsoll_location intern(plimsoll_client* client, const Frames& found,
                         plimsoll_frame (&named)[kShown], std::size_t count) {
    for (std::size_t i = 0; i < found.count && count < kShown; ++i, ++count) {
        char text[kTextLength];
        const PythonFrame& frame = found.frame[i];
        named[count].file = plimsoll_intern(client, text, file_of(frame, text));
        named[count].function = plimsoll_intern(client, text, function_of(frame, text));
        named[count].line = line_of(frame);
    }
    return plimsoll_intern_call_site(client, intern_op(client, found.call), named, count);
}

// The innermost `depth` frames of the thread, looked at anew.
template <std::size_t kLayout>
[[gnu::cold, gnu::noinline]] std::uint64_t explore(plimsoll_client* client,
                                                   const PythonThread thread,
                                                   std::uint64_t identity, std::size_t depth,
                                                   Reach reach) {
    const Frames found = frames_of<kLayout>(thread, depth);
    const bool go_on = found.count < kShown && reach == Reach::innermost;
    plimsoll_frame named[kShown];
    const plimsoll_location site = go_on || found.count == 0 ? 0 : intern(client, found, named, 0);
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

plimsoll_location python_call_site(plimsoll_client* client, const PythonThread thread) {
    if (thread.state == nullptr) return 0;
    return thread.layout == kLayout3_10 ? call_site_in<kLayout3_10>(client, thread)
                                        : call_site_in<kLayout3_12>(client, thread);
}

// Unwinds the stack each time: that takes as long as many allocations.
[[gnu::cold, gnu::noinline]] plimsoll_location native_call_site(plimsoll_client* client) {
    const PythonThread thread = python_thread();
    const plimsoll_location python = python_call_site(client, thread);
    NativeStack stack;
    stack.interpreter = address_in_interpreter();
    stack.read();
    if (stack.count == 0) return python;

    const std::uint64_t identity = mix(stack.hash(), python);
    const std::uint64_t known = paths.get(identity);
    if (known != 0) return static_cast<plimsoll_location>(known - kFirstSite);
    Frames found;
    if (python != 0) {
        found = thread.layout == kLayout3_10 ? frames_of<kLayout3_10>(thread, kMaxDepth)
                                             : frames_of<kLayout3_12>(thread, kMaxDepth);
    }
    plimsoll_frame named[kShown];
    const plimsoll_location site = intern(client, found, named, intern_stack(client, stack, named));
    if (site == 0) return python;  // there is no room for more
    paths.put(identity, kFirstSite + site);
    return site;
}

// By a wish that is read for the first time, or for what costs more than to be asked for it.
[[gnu::cold, gnu::noinline]] plimsoll_location seldom_wanted(plimsoll_client* client) {
    switch (wish()) {
        case Wanted::native:
            return native_call_site(client);
        case Wanted::python:
            return python_call_site(client, python_thread());
        default:
            return 0;
    }
}

}  // namespace

[[gnu::noinline, gnu::flatten]] plimsoll_location call_site(plimsoll_client* client) {
    const Wanted kind = wanted.load(std::memory_order_relaxed);
    if (__builtin_expect(kind == Wanted::python, 1)) {
        return python_call_site(client, python_thread());
    }
    return kind == Wanted::nothing ? 0 : seldom_wanted(client);
}

const char* why_no_ops() {
    return wish() == Wanted::nothing ? "turned off by PLIMSOLL_CALL_SITES" : why_no_frames();
}

const char* why_no_call_sites() {
    const bool has_native = wish() == Wanted::native && why_no_native_stack() == nullptr;
    return has_native ? nullptr : why_no_ops();
}

const char* why_not_all_frames() {
    if (wish() != Wanted::native) return nullptr;
    const bool has_python = address_in_interpreter() != 0;
    const char* why_no_native = why_no_native_stack();
    return why_no_native == nullptr && has_python ? why_no_frames() : why_no_native;
}

}  // namespace plimsoll::ttmetal
