#pragma once

#include <sys/types.h>

namespace plimsoll::collect {

// Somebody who asks what is watched: root, and whoever was told to, is told of the processes of all
// users, others of their own.
struct Asker {
    uid_t user = 0;  // according to the kernel
    bool sees_all = false;

    [[nodiscard]] bool may_see(uid_t owner) const { return sees_all || user == 0 || user == owner; }
};

}  // namespace plimsoll::collect
