#pragma once

#include <atomic>

namespace plimsoll::ttmetal {

// Looks `name` up in the runtime itself, which is loaded with local scope: RTLD_NEXT would find
// nothing, and the program's global scope would find this agent. Null: this release has no such
// name.
void* find_in_runtime(const char* name);

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
        void* found = found_.load(std::memory_order_relaxed);
        if (found == nullptr) found = look_up();
        return found == &found_ ? nullptr : reinterpret_cast<T*>(found);
    }

    explicit operator bool() const { return get() != nullptr; }

    template <class... Arguments>
    auto operator()(Arguments... arguments) const {
        return get()(arguments...);
    }

  private:
    [[gnu::noinline]] void* look_up() const {
        void* found = find_(name_);
        if (found == nullptr) found = &found_;  // no symbol is here: stands for "missing"
        found_.store(found, std::memory_order_relaxed);
        return found;
    }

    const char* name_;
    Find find_;
    mutable std::atomic<void*> found_{nullptr};
};

}  // namespace plimsoll::ttmetal
