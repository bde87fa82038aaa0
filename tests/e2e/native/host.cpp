// A C++ program without Python that uses the runtime's library, opened by name or linked:
//
//   host LIBRARY [HOW...]   opens the library (with local scope)    host - [HOW...]   is linked to
//   it
//
// Opens a device, does the rest as HOW says, one word after the other, closes the device.
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <exception>
#include <thread>
#include <vector>

#include "runtime.hpp"

namespace {

void in_threads(void* device) {
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([device] {
            for (int j = 0; j < 50; ++j) find<Deallocate>(DEALLOCATE)(create(device, 65536));
        });
    }
    for (std::thread& thread : threads) thread.join();
}

void refused(void* device) {
    try {
        create(device, std::uint64_t{1} << 40);
        std::puts("not refused");
    } catch (const std::exception& error) {
        std::puts(std::strstr(error.what(), "Out of Memory") != nullptr ? "refused" : error.what());
    }
}

void close_descriptors() {
    for (int fd = 3; fd < 4096; ++fd) close(fd);
}

}  // namespace

int main(int argc, char** argv) {
    const bool linked = argc < 2 || std::strcmp(argv[1], "-") == 0;
    if (!linked) library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
    if (!linked && library == nullptr) {
        std::fprintf(stderr, "%s\n", dlerror());
        return 2;
    }
    void* device = open_device();
    const char* done = "closed";
    for (int i = 2; i < argc; ++i) {
        const char* how = argv[i];
        if (std::strcmp(how, "threads") == 0) in_threads(device);
        if (std::strcmp(how, "refused") == 0) refused(device);
        if (std::strcmp(how, "close-descriptors") == 0) close_descriptors();
        if (std::strcmp(how, "keep") == 0) create(device, 20480);
        if (std::strcmp(how, "free") == 0) find<Deallocate>(DEALLOCATE)(create(device, 20480));
        if (std::strcmp(how, "done") == 0) done = "done";
        if (std::strcmp(how, "kill") == 0) std::raise(SIGKILL);
        if (std::strcmp(how, "reopen") == 0) {
            find<Close>(CLOSE)(device);
            device = open_device();
        }
        if (std::strcmp(how, "unload") == 0) {
            find<Close>(CLOSE)(device);
            dlclose(library);
            library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
            device = open_device();
        }
    }
    find<Close>(CLOSE)(device);
    std::puts(done);
}
