#include <dlfcn.h>
#include <errno.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>

#include "agents/ttmetal/attach.hpp"
#include "agents/ttmetal/refusals.hpp"
#include "agents/ttmetal/seam.hpp"
#include "agents/ttmetal/word_map.hpp"

// Where C++ throws. Not a function of the runtime but of the C++ library, and every library of the
// process comes through here: all but the runtime's refusals goes on at once. The exception is only
// read, and nothing here throws or calls into the C++ library. See docs/decisions/0017.
namespace plimsoll::ttmetal {
namespace {

using Throw = void(void*, const void*, void (*)(void*));

// std::type_info and std::runtime_error as the C++ ABI has them: the name behind the vtable, and
// the text, which ends with 0.
struct TypeInfo {
    const void* vtable;
    const char* name;
};
struct RuntimeError {
    const void* vtable;
    const char* text;
};
constexpr char kRuntimeError[] = "St13runtime_error";
constexpr std::size_t kMostOfText = 4096;  // the sentence stands before the runtime's stack

// What the throw would have reached without this agent: the one of the program's global scope, or
// else the one of the library that throws, which need not be the runtime's. 0: none.
Throw* find(const void* caller) {
    constexpr char kName[] = "__cxa_throw";
    if (void* next = dlsym(RTLD_NEXT, kName)) return reinterpret_cast<Throw*>(next);
    Dl_info library;
    // Before the call's end: nothing follows a throw, and what does may be another library.
    const char* inside = static_cast<const char*>(caller) - 1;
    void* handle = nullptr;
    if (dladdr(inside, &library) != 0 && library.dli_fname != nullptr) {
        handle = dlopen(library.dli_fname, RTLD_NOLOAD | RTLD_LAZY);
    }
    if (handle == nullptr) handle = dlopen("libstdc++.so.6", RTLD_NOLOAD | RTLD_LAZY);
    if (handle == nullptr) return nullptr;
    auto* found = reinterpret_cast<Throw*>(dlsym(handle, kName));
    dlclose(handle);
    return found;
}

// How many libraries were unloaded so far: another one may lie at a place that was looked at.
std::uint64_t unloads() {
    std::uint64_t count = 0;
    dl_iterate_phdr(
        +[](dl_phdr_info* first, std::size_t, void* to) {
            *static_cast<std::uint64_t*>(to) = first->dlpi_subs;
            return 1;  // every entry says the same
        },
        &count);
    return count;
}

// By the place that throws.
WordMap<1024> found;

Throw* real_throw(const void* caller) {
    const std::uint64_t key = mix(reinterpret_cast<std::uint64_t>(caller), unloads());
    auto* real = reinterpret_cast<Throw*>(found.get(key));
    if (real != nullptr) return real;
    real = find(caller);
    if (real == nullptr) abort();  // an exception that nobody can throw ends the program
    found.put(key, reinterpret_cast<std::uint64_t>(real));
    return real;
}

[[gnu::noinline]] Throw* look_at(const void* exception, const void* type, const void* caller) {
    const int error_number = errno;
    plimsoll_client* to = client_if_attached();
    if (to != nullptr && (pending.buffer != nullptr || pending.program != nullptr) &&
        strcmp(static_cast<const TypeInfo*>(type)->name, kRuntimeError) == 0) {
        const char* text = static_cast<const RuntimeError*>(exception)->text;
        if (text != nullptr) report_refusal(to, text, strnlen(text, kMostOfText));
    }
    Throw* real = real_throw(caller);
    errno = error_number;
    return real;
}

}  // namespace

PLIMSOLL_SEAM void throw_exception(void* exception, const void* type,
                                   void (*destroy)(void*)) __asm__("__cxa_throw");

void throw_exception(void* exception, const void* type, void (*destroy)(void*)) {
    Throw* real = look_at(exception, type, __builtin_return_address(0));
    real(exception, type, destroy);
}

}  // namespace plimsoll::ttmetal
