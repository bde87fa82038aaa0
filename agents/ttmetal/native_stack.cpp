#include "agents/ttmetal/native_stack.hpp"

#include <string.h>
#include <unwind.h>

#include "agents/ttmetal/modules.hpp"
#include "agents/ttmetal/stack_text.hpp"
#include "agents/ttmetal/symbol.hpp"
#include "agents/ttmetal/word_map.hpp"

namespace plimsoll::ttmetal {
namespace {

// Of the library that the runtime's C++ brings in any case: the agent links none.
constinit Symbol<_Unwind_Reason_Code(_Unwind_Trace_Fn, void*)> backtrace{"_Unwind_Backtrace"};
constinit Symbol<_Unwind_Ptr(_Unwind_Context*, int*)> address_of{"_Unwind_GetIPInfo"};

constexpr std::size_t kMostSeen = 96;

const Module* agents_own() { return module_of(reinterpret_cast<std::uintptr_t>(&agents_own)); }

_Unwind_Reason_Code look_at_function(_Unwind_Context* context, void* to) {
    auto& stack = *static_cast<NativeStack*>(to);
    int is_interrupted = 0;  // by a signal: then the address is no return address
    std::uintptr_t at = address_of(context, &is_interrupted);
    if (at == 0 || ++stack.seen > kMostSeen) return _URC_END_OF_STACK;
    if (is_interrupted == 0) --at;
    const Module* module = module_of(at);
    if (module == nullptr) return _URC_NO_REASON;
    if (module == agents_own()) return _URC_NO_REASON;
    if (stack.interpreter >= module->begin && stack.interpreter < module->end) {
        return _URC_END_OF_STACK;
    }
    stack.at[stack.count++] = at;
    return stack.count == NativeStack::kMost ? _URC_END_OF_STACK : _URC_NO_REASON;
}

plimsoll_frame frame_of(plimsoll_client* client, const char* what, const StackText& text) {
    return {plimsoll_intern(client, what, strlen(what)),
            plimsoll_intern(client, text.bytes(), text.size()), 0};
}

}  // namespace

void NativeStack::read() {
    if (backtrace && address_of) backtrace(look_at_function, static_cast<void*>(this));
}

std::uint64_t NativeStack::hash() const {
    std::uint64_t hash = 2;
    for (std::size_t i = 0; i < count; ++i) hash = mix(hash, at[i]);
    return hash;
}

std::size_t intern_stack(plimsoll_client* client, const NativeStack& stack, plimsoll_frame* to) {
    StackText inside;
    StackText own;
    for (std::size_t i = 0; i < stack.count; ++i) {
        const Module* module = module_of(stack.at[i]);
        if (module == nullptr) continue;
        // What called the program's own is no part of it: the start of a thread, a test's frame.
        if (module->of_runtime && !own.is_empty()) continue;
        StackText& text = module->of_runtime ? inside : own;
        text.add(module->path, stack.at[i] - module->bias);
    }
    std::size_t count = 0;
    if (!inside.is_empty()) to[count++] = frame_of(client, "<inside>", inside);
    if (!own.is_empty()) to[count++] = frame_of(client, "<native>", own);
    return count;
}

const char* why_no_native_stack() {
    return backtrace && address_of ? nullptr
                                   : "the runtime brings nothing that unwinds native frames";
}

}  // namespace plimsoll::ttmetal
