#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace plimsoll {

// What an allocation is. The numbers are those of the public C header and of the shared memory;
// the names are those the user reads.
enum class Kind : std::uint8_t {
    unknown = 0,
    buffer = 1,
    circular_buffer = 2,
    dataflow_buffer = 3,
    global_circular_buffer = 4,
    semaphore = 5,
    trace = 6,
    kernel_binary = 7,
    reservation = 8,
};

inline constexpr std::size_t kKindCount = 9;

constexpr const char* name(Kind kind) {
    constexpr std::array<const char*, kKindCount> names = {
        "unknown",   "buffer", "circular_buffer", "dataflow_buffer", "global_circular_buffer",
        "semaphore", "trace",  "kernel_binary",   "reservation"};
    return names[static_cast<std::size_t>(kind)];
}

// What can be told of an allocation, more or less far: its kind's figures, and three details.
enum class Subject : std::uint8_t { call_site = kKindCount, op, run };

inline constexpr std::size_t kSubjectCount = kKindCount + 3;

constexpr Subject subject(Kind kind) { return static_cast<Subject>(kind); }
constexpr bool is_kind(Subject subject) { return static_cast<std::size_t>(subject) < kKindCount; }

constexpr const char* name(Subject subject) {
    if (is_kind(subject)) return name(static_cast<Kind>(subject));
    if (subject == Subject::run) return "run";
    return subject == Subject::op ? "op" : "call_site";
}

// Who an allocation belongs to; with it goes the rule that says until when it may live.
enum class Owner : std::uint8_t {
    unknown = 0,  // no rule explains it
    user = 1,     // until the user frees it, at the latest until its device closes
    program = 2,  // until its program is destroyed
    runtime = 3,  // until its device closes
};

inline constexpr std::size_t kOwnerCount = 4;

constexpr const char* name(Owner owner) {
    constexpr std::array<const char*, kOwnerCount> names = {"unknown", "user", "program",
                                                            "runtime"};
    return names[static_cast<std::size_t>(owner)];
}

// How far a figure reaches: never show one without it.
enum class Coverage : std::uint8_t { exact = 0, at_least = 1, unknown = 2 };

inline constexpr std::size_t kCoverageCount = 3;

constexpr const char* name(Coverage coverage) {
    constexpr std::array<const char*, kCoverageCount> names = {"exact", "at_least", "unknown"};
    return names[static_cast<std::size_t>(coverage)];
}

}  // namespace plimsoll
