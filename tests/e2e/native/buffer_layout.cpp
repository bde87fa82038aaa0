// Whether the agent knows, by their code, where the functions of a libtt_metal.so read what they
// say of a buffer.
#include "agents/ttmetal/buffer_layout.hpp"

#include <dlfcn.h>

#include <cstdio>

int main(int, char** arguments) {
    void* library = dlopen(arguments[1], RTLD_LAZY);
    if (library == nullptr) {
        std::fprintf(stderr, "%s\n", dlerror());
        return 2;
    }
    const auto code = [&](const char* name) {
        return static_cast<const unsigned char*>(dlsym(library, name));
    };
    plimsoll::ttmetal::BufferLayout layout{};
    const bool is_known =
        plimsoll::ttmetal::read_layout({.address = code("_ZNK2tt8tt_metal6Buffer7addressEv"),
                                        .num_pages = code("_ZNK2tt8tt_metal6Buffer9num_pagesEv"),
                                        .is_dram = code("_ZNK2tt8tt_metal6Buffer7is_dramEv"),
                                        .num_cores = code("_ZNK2tt8tt_metal6Buffer9num_coresEv"),
                                        .device = code("_ZNK2tt8tt_metal6Buffer6deviceEv")},
                                       &layout);
    std::puts(is_known ? "known" : "unknown");
}
