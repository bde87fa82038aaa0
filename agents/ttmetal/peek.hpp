#pragma once

#include <cstddef>

namespace plimsoll::ttmetal {

// Copies this process's own memory, or says that some of it is not there, without a fault: for
// words of the runtime's objects that are only guessed to be pointers. A system call, so it is for
// finding a layout out once, never for an ordinary event.
bool peek(const void* from, void* to, std::size_t size);

}  // namespace plimsoll::ttmetal
