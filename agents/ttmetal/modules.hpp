#pragma once

#include <cstdint>

namespace plimsoll::ttmetal {

// A file of code that is mapped into this process.
struct Module {
    std::uintptr_t begin;
    std::uintptr_t end;
    std::uintptr_t bias;  // an address less this is the file's own
    const char* path;     // good for ever; empty when it is not known
    bool of_runtime;      // or of the system: not the program's own
};

// The module that holds an address; null: none is known, or there are more than are remembered.
// A module that was unloaded is not forgotten: code that comes to lie there is taken for its.
//
// Threads: any, no lock of our own; the loader's where the module was not met before.
// Limits:  256 modules, 32 KiB of their paths; no heap
const Module* module_of(std::uintptr_t address);

}  // namespace plimsoll::ttmetal
