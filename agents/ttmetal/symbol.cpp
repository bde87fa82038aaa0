#include "agents/ttmetal/symbol.hpp"

#include <dlfcn.h>

namespace plimsoll::ttmetal {
namespace {

constinit std::atomic<void*> library{nullptr};

}  // namespace

void* find_in_runtime(const char* name) {
    void* handle = library.load(std::memory_order_relaxed);
    if (handle == nullptr) {
        // Never loads: whoever called into the agent is the runtime, or uses it. The handle is
        // kept: code that calls into the agent must not be unloaded under it.
        handle = dlopen("libtt_metal.so", RTLD_NOLOAD | RTLD_LAZY);
        if (handle == nullptr) return nullptr;
        library.store(handle, std::memory_order_relaxed);
    }
    return dlsym(handle, name);
}

void* find_next(const char* name) {
    void* behind = dlsym(RTLD_NEXT, name);
    return behind != nullptr ? behind : find_in_runtime(name);
}

void* find_in_program(const char* name) { return dlsym(RTLD_DEFAULT, name); }

}  // namespace plimsoll::ttmetal
