#pragma once

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <utility>

namespace plimsoll {

// What went wrong, in a form that costs nothing to make: no allocation, no formatting, no locale.
// `text` is a literal; `number` is an errno or the offending value. The edge of the program
// (command line, log) composes the sentence a person reads.
struct Error {
    const char* text = "";
    std::int64_t number = 0;
};

// A value, or the Error that stands in its place. Expected outcomes (a full ring, a missing seam)
// are values or counters, never errors.
//
// Threads: as safe as T. Misuse (value() of an error) is our own bug and aborts.
template <class T>
class [[nodiscard]] Result {
  public:
    Result(T value) : value_(std::move(value)) {}
    Result(Error error) : error_(error) {}

    explicit operator bool() const { return value_.has_value(); }

    T& value() & {
        if (!value_) std::abort();
        return *value_;
    }
    const T& value() const& {
        if (!value_) std::abort();
        return *value_;
    }
    T&& value() && {
        if (!value_) std::abort();
        return std::move(*value_);
    }

    const Error& error() const { return error_; }

  private:
    std::optional<T> value_;
    Error error_{};
};

}  // namespace plimsoll
