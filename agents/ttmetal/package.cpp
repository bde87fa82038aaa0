#include "agents/ttmetal/package.hpp"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

namespace plimsoll::ttmetal {
namespace {

constexpr char kName[] = "ttnn";
constexpr char kFolder[] = "/ttnn/";
constexpr char kPrefix[] = "ttnn-";
constexpr char kSuffix[] = ".dist-info";

const char* last_occurrence(const char* text, const char* part) {
    const char* last = nullptr;
    for (const char* at = text; (at = strstr(at, part)) != nullptr; ++at) last = at;
    return last;
}

}  // namespace

void find_package(const char* library_path, char (&package)[kPackageLength]) {
    package[0] = '\0';
    const char* folder = last_occurrence(library_path, kFolder);
    char site[PATH_MAX];
    if (folder == nullptr || folder - library_path >= PATH_MAX) return;
    snprintf(site, sizeof site, "%.*s", static_cast<int>(folder - library_path), library_path);
    snprintf(package, sizeof package, "%s", kName);

    DIR* entries = opendir(site[0] == '\0' ? "/" : site);
    if (entries == nullptr) return;
    while (const dirent* entry = readdir(entries)) {
        const std::size_t length = strlen(entry->d_name);
        const std::size_t prefix = sizeof kPrefix - 1;
        const std::size_t suffix = sizeof kSuffix - 1;
        if (length <= prefix + suffix || strncmp(entry->d_name, kPrefix, prefix) != 0 ||
            strcmp(entry->d_name + length - suffix, kSuffix) != 0) {
            continue;
        }
        snprintf(package, sizeof package, "%s %.*s", kName,
                 static_cast<int>(length - prefix - suffix), entry->d_name + prefix);
        break;
    }
    closedir(entries);
}

}  // namespace plimsoll::ttmetal
