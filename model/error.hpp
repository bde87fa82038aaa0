#pragma once

#include <fmt/format.h>

#include <stdexcept>

namespace plimsoll::model {

// What the runtime throws (TT_FATAL, TT_THROW), with its words where a person looks for them: out
// of memory, and circular buffers that meet a buffer or the end of L1.
struct RuntimeError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

template <class... Values>
[[noreturn]] void fatal(fmt::format_string<Values...> text, Values&&... values) {
    throw RuntimeError(fmt::format(text, std::forward<Values>(values)...));
}

}  // namespace plimsoll::model
