#include "agents/ttmetal/modules.hpp"

#include <link.h>
#include <string.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstddef>

namespace plimsoll::ttmetal {
namespace {

constexpr std::size_t kMost = 256;

// Entries are only added, and whole before `used` counts them; two threads that meet a module at
// once may add it twice.
constinit Module modules[kMost]{};
constinit std::atomic<std::size_t> begun{0};
constinit std::atomic<bool> whole[kMost]{};
constinit char paths[32768]{};
constinit std::atomic<std::size_t> paths_used{0};

struct Search {
    std::uintptr_t address;
    Module found;
};

// The loader's own text goes when the module is unloaded.
const char* kept(const char* text, std::size_t length) {
    const std::size_t place = paths_used.fetch_add(length + 1, std::memory_order_relaxed);
    if (place > sizeof paths || length + 1 > sizeof paths - place) return "";
    memcpy(paths + place, text, length);  // ends in a zero: it was one
    return paths + place;
}

const char* path_of(const char* name) {
    if (name != nullptr && name[0] != '\0') return kept(name, strlen(name));
    char path[1024];  // of the program itself, to which the loader gives no name
    const ssize_t length = readlink("/proc/self/exe", path, sizeof path);
    return length <= 0 ? "" : kept(path, static_cast<std::size_t>(length));
}

bool begins_with(const char* text, const char* head) {
    return strncmp(text, head, strlen(head)) == 0;
}

// By where it lies, for the runtime is many libraries: those of its wheel, those that stand beside
// its own in a build folder (all named so), and what the distribution brings.
bool is_of_runtime(const char* path) {
    if (path == nullptr) return false;
    constexpr const char* kNames[] = {"libtt_metal", "_ttnn",   "libtt-umd",
                                      "libtt_stl",   "libttnn", "libtracy"};
    const char* slash = strrchr(path, '/');
    const char* name = slash == nullptr ? path : slash + 1;
    for (const char* one : kNames) {
        if (begins_with(name, one)) return true;
    }
    for (const char* one : {"/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/"}) {
        if (begins_with(path, one)) return true;
    }
    return strstr(path, "-packages/ttnn") != nullptr;
}

int compare(dl_phdr_info* info, std::size_t, void* to) {
    auto* search = static_cast<Search*>(to);
    std::uintptr_t begin = UINTPTR_MAX;
    std::uintptr_t end = 0;
    bool holds = false;
    for (int i = 0; i < info->dlpi_phnum; ++i) {
        const ElfW(Phdr)& part = info->dlpi_phdr[i];
        if (part.p_type != PT_LOAD) continue;
        const std::uintptr_t from = info->dlpi_addr + part.p_vaddr;
        begin = std::min(begin, from);
        end = std::max(end, from + part.p_memsz);
        holds = holds || (search->address >= from && search->address < from + part.p_memsz);
    }
    if (!holds) return 0;
    search->found = {begin, end, info->dlpi_addr, path_of(info->dlpi_name),
                     is_of_runtime(info->dlpi_name)};
    return 1;
}

[[gnu::cold, gnu::noinline]] const Module* learn(std::uintptr_t address) {
    Search search{address, {}};
    if (begun.load(std::memory_order_relaxed) >= kMost) return nullptr;
    if (dl_iterate_phdr(compare, &search) == 0) return nullptr;
    const std::size_t place = begun.fetch_add(1, std::memory_order_relaxed);
    if (place >= kMost) return nullptr;
    modules[place] = search.found;
    whole[place].store(true, std::memory_order_release);
    return &modules[place];
}

}  // namespace

const Module* module_of(std::uintptr_t address) {
    const std::size_t count = std::min(begun.load(std::memory_order_relaxed), kMost);
    for (std::size_t i = 0; i < count; ++i) {
        if (!whole[i].load(std::memory_order_acquire)) continue;
        const Module& module = modules[i];
        if (address >= module.begin && address < module.end) return &module;
    }
    return learn(address);
}

}  // namespace plimsoll::ttmetal
