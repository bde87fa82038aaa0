// Functions of the runtime's library, called by name. The wheels ship no headers: those called here
// are declared as release 0.66 to 0.81 have them.
#pragma once

#include <dlfcn.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>

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

}  // namespace
