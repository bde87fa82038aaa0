#include "collect/user_name.hpp"

#include <pwd.h>
#include <sys/stat.h>

namespace plimsoll::collect {

std::string owner_of(const std::filesystem::path& file) {
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0) return {};
    const passwd* user = ::getpwuid(status.st_uid);
    return user != nullptr ? user->pw_name : std::to_string(status.st_uid);
}

}  // namespace plimsoll::collect
