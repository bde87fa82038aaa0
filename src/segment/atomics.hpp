#pragma once

#include <cstdint>
#include <cstring>

#include "segment/layout.hpp"

// Accesses to shared memory. Plain functions over the compiler's builtins, because std::atomic
// would make the layout depend on a library, and std::atomic_ref cannot read const memory.
namespace plimsoll::segment {

template <class T>
T load(const T& from) {
    return __atomic_load_n(&from, __ATOMIC_RELAXED);
}

template <class T>
T load_acquire(const T& from) {
    return __atomic_load_n(&from, __ATOMIC_ACQUIRE);
}

template <class T>
void store(T& to, T value) {
    __atomic_store_n(&to, value, __ATOMIC_RELAXED);
}

template <class T>
void store_release(T& to, T value) {
    __atomic_store_n(&to, value, __ATOMIC_RELEASE);
}

// Returns the value before.
template <class T>
T add(T& to, T value) {
    return __atomic_fetch_add(&to, value, __ATOMIC_RELAXED);
}

template <class T>
T subtract(T& from, T value) {
    return __atomic_fetch_sub(&from, value, __ATOMIC_RELAXED);
}

template <class T>
bool exchange_if(T& at, T expected, T desired) {
    return __atomic_compare_exchange_n(&at, &expected, desired, false, __ATOMIC_ACQ_REL,
                                       __ATOMIC_ACQUIRE);
}

template <class T>
void raise_to(T& at, T value) {
    T seen = load(at);
    while (seen < value && !__atomic_compare_exchange_n(&at, &seen, value, true, __ATOMIC_RELAXED,
                                                        __ATOMIC_RELAXED)) {
    }
}

// A record goes through shared memory word by word: a reader may look at any moment, and whether
// what it saw belongs together is told by the state or position beside the record.
inline void write_record(std::uint64_t (&to)[kRecordWords], const Record& record) {
    std::uint64_t words[kRecordWords];
    std::memcpy(words, &record, sizeof record);
#pragma GCC unroll 8  // words that stay in registers are not stored narrow and loaded wide
    for (std::size_t i = 0; i < kRecordWords; ++i) store(to[i], words[i]);
}

inline Record read_record(const std::uint64_t (&from)[kRecordWords]) {
    std::uint64_t words[kRecordWords];
#pragma GCC unroll 8
    for (std::size_t i = 0; i < kRecordWords; ++i) words[i] = load(from[i]);
    Record record;
    std::memcpy(&record, words, sizeof record);
    return record;
}

// Only what says whose allocation it is.
struct RecordOwner {
    std::uint32_t program;
    std::uint8_t owner;
};

inline RecordOwner read_owner(const std::uint64_t (&from)[kRecordWords]) {
    return {static_cast<std::uint32_t>(load(from[offsetof(Record, program) / 8])),
            static_cast<std::uint8_t>(load(from[kFlagsWord]) >> kOwnerShift)};
}

// Sets a flag of a committed record; returns the flags before.
inline std::uint8_t set_flag(std::uint64_t (&record)[kRecordWords], RecordFlag flag) {
    const std::uint64_t bit = std::uint64_t{flag} << kFlagsShift;
    const std::uint64_t before = __atomic_fetch_or(&record[kFlagsWord], bit, __ATOMIC_ACQ_REL);
    return static_cast<std::uint8_t>(before >> kFlagsShift);
}

}  // namespace plimsoll::segment
