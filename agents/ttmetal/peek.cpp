#include "agents/ttmetal/peek.hpp"

#include <errno.h>
#include <sys/uio.h>
#include <unistd.h>

namespace plimsoll::ttmetal {

bool peek(const void* from, void* to, std::size_t size) {
    const int error_number = errno;
    const iovec local{to, size};
    const iovec remote{const_cast<void*>(from), size};
    const ssize_t copied = process_vm_readv(getpid(), &local, 1, &remote, 1, 0);
    errno = error_number;
    return copied >= 0 && static_cast<std::size_t>(copied) == size;
}

}  // namespace plimsoll::ttmetal
