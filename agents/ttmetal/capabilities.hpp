#pragma once

#include <cstddef>

namespace plimsoll::ttmetal {

// Functions of the runtime that together are enough, by their mangled names.
struct Way {
    static constexpr std::size_t kMost = 8;

    const char* seams[kMost];      // those the agent stands in front of; ends with null
    const char* accessors[kMost];  // those it asks; ends with null
};

// Something that the agent can do where the runtime has certain functions, and what is lost where
// it has not. For whoever wants to know that before a run: the agent itself finds each function, or
// a substitute, when it first needs it.
struct Capability {
    const char* what;
    Way ways[3];  // any of them is enough: releases differ
    const char* without;
    // A release without this function needs no way at all, for the reason given.
    const char* only_with = nullptr;
    const char* not_needed = nullptr;
};

struct Capabilities {
    const Capability* first;
    std::size_t count;

    [[nodiscard]] const Capability* begin() const { return first; }
    [[nodiscard]] const Capability* end() const { return first + count; }
};

// Every function of seam_names.hpp and of runtime.hpp is in one of them.
Capabilities capabilities();

}  // namespace plimsoll::ttmetal
