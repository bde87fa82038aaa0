#pragma once

#include <cstdlib>
#include <string>
#include <utility>
#include <variant>

namespace plimsoll::machines {

// Why a machine could not be prepared, in the words a user reads: what was met, what was
// expected instead, what to do about it. (Nothing here runs in a watched process, so text may be
// composed where the reason is known.)
struct Problem {
    std::string what;
    std::string expected;
    std::string todo;
};

inline std::string text(const Problem& problem) {
    return problem.what + "\n  expected: " + problem.expected + "\n  to do: " + problem.todo;
}

// A value, or the Problem that stands in its place. Taking the one for the other is our own bug.
template <class T>
class [[nodiscard]] Outcome {
  public:
    Outcome(T value) : content_(std::move(value)) {}
    Outcome(Problem problem) : content_(std::move(problem)) {}

    explicit operator bool() const { return std::holds_alternative<T>(content_); }

    const T& value() const {
        if (!*this) std::abort();
        return *std::get_if<T>(&content_);
    }
    const Problem& problem() const {
        if (*this) std::abort();
        return *std::get_if<Problem>(&content_);
    }

  private:
    std::variant<T, Problem> content_;
};

}  // namespace plimsoll::machines
