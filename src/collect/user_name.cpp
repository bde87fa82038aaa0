#include "collect/user_name.hpp"

#include <pwd.h>

namespace plimsoll::collect {

std::string user_name(uid_t user) {
    const passwd* entry = ::getpwuid(user);
    return entry != nullptr ? entry->pw_name : std::to_string(user);
}

}  // namespace plimsoll::collect
