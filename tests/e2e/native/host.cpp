// A C++ program without Python that uses the runtime's library, opened by name or linked:
//
//   host LIBRARY [HOW...]   opens the library (with local scope)    host - [HOW...]   is linked to
//   it
//
// Opens a device, does the rest as HOW says, one word after the other, closes the device. The
// wheels ship no headers: the two functions called here are declared as release 0.66 to 0.81 have
// them.
#include <dlfcn.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <thread>
#include <vector>

namespace {

// std::shared_ptr, returned through memory because of its destructor.
struct Pointer {
    void* object = nullptr;
    void* control = nullptr;
    ~Pointer() {}
};

using Open = Pointer(int, std::size_t, std::size_t, std::size_t, const void*, const void*,
                     std::size_t, std::size_t);
using Close = bool(void*);
// std::variant<ReplicatedBufferConfig, ...> begins with its size in bytes, DeviceLocalBufferConfig
// with that of a page; all zeros behind it mean interleaved in DRAM.
using Create = Pointer(const void*, const void*, void*, std::uint64_t, std::uint64_t);
using Deallocate = void(void*);

#define OPEN                                                                          \
    "_ZN2tt8tt_metal11distributed10MeshDevice16create_unit_meshEimmmRKNS0_18Dispatch" \
    "CoreConfigESt4spanIKjLm18446744073709551615EEm"
#define CLOSE "_ZN2tt8tt_metal11distributed10MeshDevice5closeEv"
#define CREATE                                                                             \
    "_ZN2tt8tt_metal11distributed10MeshBuffer6createERKSt7variantIJNS1_22ReplicatedBuffer" \
    "ConfigENS1_19ShardedBufferConfigEEERKNS1_23DeviceLocalBufferConfigEPNS1_10MeshDevice" \
    "ESt8optionalImE"
// Later releases keep the sharding behind a pointer, which wants to be made.
#define MAKE_SHARDING "_ZN2tt8tt_metal18BufferShardingArgsC1Ev"
#define DEALLOCATE "_ZN2tt8tt_metal11distributed10MeshBuffer10deallocateEv"

void* library = nullptr;

void* look_up(const char* name) { return dlsym(library == nullptr ? RTLD_DEFAULT : library, name); }

template <class Function>
Function* find(const char* name) {
    void* found = look_up(name);
    if (found == nullptr) std::fprintf(stderr, "%s\n", dlerror());
    if (found == nullptr) std::exit(2);
    return reinterpret_cast<Function*>(found);
}

void* create(void* device, std::uint64_t bytes) {
    alignas(16) std::uint64_t whole[64] = {bytes};
    alignas(16) std::uint64_t local[128] = {2048};
    if (void* make = look_up(MAKE_SHARDING)) reinterpret_cast<void (*)(void*)>(make)(&local[2]);
    return find<Create>(CREATE)(whole, local, device, 0, 0).object;
}

void* open_device() {
    alignas(16) char dispatch[64] = {};
    return find<Open>(OPEN)(0, 0, 0, 1, dispatch, nullptr, 0, 0).object;
}

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
