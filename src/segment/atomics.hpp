#pragma once

#include <cstdint>

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
//
// The words are put together and taken apart by shifts, in registers: fields stored narrow and
// loaded wide would make the processor wait for the store.
inline void write_record(std::uint64_t (&to)[kRecordWords], const Record& r) {
    store(to[0], r.address);
    store(to[1], r.bytes);
    store(to[2], r.bytes_per_bank);
    store(to[3], r.made_at_ns);
    store(to[4], r.program | std::uint64_t{r.location} << 32);
    store(to[5], r.cores | std::uint64_t{r.set} << 32 | std::uint64_t{r.banks} << 48);
    store(to[kFlagsWord],
          r.kind | std::uint64_t{r.region} << 8 | std::uint64_t{r.owner} << kOwnerShift |
              std::uint64_t{r.flags} << kFlagsShift | std::uint64_t{r.reserved} << 32);
}

inline Record read_record(const std::uint64_t (&from)[kRecordWords]) {
    Record r;
    r.address = load(from[0]);
    r.bytes = load(from[1]);
    r.bytes_per_bank = load(from[2]);
    r.made_at_ns = load(from[3]);
    const std::uint64_t names = load(from[4]);
    r.program = static_cast<std::uint32_t>(names);
    r.location = static_cast<std::uint32_t>(names >> 32);
    const std::uint64_t places = load(from[5]);
    r.cores = static_cast<std::uint32_t>(places);
    r.set = static_cast<std::uint16_t>(places >> 32);
    r.banks = static_cast<std::uint16_t>(places >> 48);
    const std::uint64_t small = load(from[kFlagsWord]);
    r.kind = static_cast<std::uint8_t>(small);
    r.region = static_cast<std::uint8_t>(small >> 8);
    r.owner = static_cast<std::uint8_t>(small >> kOwnerShift);
    r.flags = static_cast<std::uint8_t>(small >> kFlagsShift);
    r.reserved = static_cast<std::uint32_t>(small >> 32);
    return r;
}

// The only field of a committed record that changes.
inline std::uint8_t read_flags(const std::uint64_t (&record)[kRecordWords]) {
    return static_cast<std::uint8_t>(load(record[kFlagsWord]) >> kFlagsShift);
}

// Sets a flag of a committed record; returns the flags before.
inline std::uint8_t set_flag(std::uint64_t (&record)[kRecordWords], RecordFlag flag) {
    const std::uint64_t bit = std::uint64_t{flag} << kFlagsShift;
    const std::uint64_t before = __atomic_fetch_or(&record[kFlagsWord], bit, __ATOMIC_ACQ_REL);
    return static_cast<std::uint8_t>(before >> kFlagsShift);
}

}  // namespace plimsoll::segment
