#pragma once

#include <atomic>
#include <cstdint>

namespace plimsoll::ttmetal {

// Looks `name` up in the runtime itself, which is loaded with local scope: RTLD_NEXT would find
// nothing, and the program's global scope would find this agent. Null: this release has no such
// name.
void* find_in_runtime(const char* name);

// What a call of `name` would reach if this agent were not there: that of a library which is
// preloaded too and stands behind it, or else the runtime's own. Null: there is none.
void* find_next(const char* name);

// Looks `name` up in the whole program (the Python interpreter).
void* find_in_program(const char* name);

// A function or an object of the runtime, found by its mangled name when it is first needed: not
// before, because every child process inherits the preload and most never load the runtime.
//
// Threads: any; two that look a name up at once find the same.
template <class T>
class Symbol {
  public:
    using Find = void* (*)(const char*);

    constexpr explicit Symbol(const char* name, Find find = find_in_runtime)
        : name_(name), find_(find) {}

    // Null: this release lacks it, which is an ordinary answer.
    T* get() const {
        const std::uintptr_t found = found_.load(std::memory_order_relaxed);
        return __builtin_expect(found > kMissing, 1) ? reinterpret_cast<T*>(found) : look_up();
    }

    explicit operator bool() const { return get() != nullptr; }

    // Mangled, as it is looked up.
    [[nodiscard]] const char* name() const { return name_; }

    // Only where it is not missing.
    template <class... Arguments>
    auto operator()(Arguments... arguments) const {
        return get()(arguments...);
    }

  private:
    static constexpr std::uintptr_t kMissing = 1;  // 0: not looked up so far

    [[gnu::cold, gnu::noinline]] T* look_up() const {
        if (found_.load(std::memory_order_relaxed) == kMissing) return nullptr;
        void* address = find_(name_);
        found_.store(address == nullptr ? kMissing : reinterpret_cast<std::uintptr_t>(address),
                     std::memory_order_relaxed);
        return reinterpret_cast<T*>(address);
    }

    const char* name_;
    Find find_;
    mutable std::atomic<std::uintptr_t> found_{0};
};

// The function that a seam stands in front of.
template <class T>
struct Next : Symbol<T> {
    constexpr explicit Next(const char* name) : Symbol<T>(name, find_next) {}
};

}  // namespace plimsoll::ttmetal
