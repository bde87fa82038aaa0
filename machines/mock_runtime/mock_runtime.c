/* Releases 0.67 to 0.74 of the runtime start the kernels of fast dispatch on a mock cluster as they
 * do on hardware, and crash there; the first of them also compile kernels without what that needs.
 * Preloaded on a mock machine, these functions stand in front of the runtime's own and leave out
 * what has no hardware to run on. Everywhere else they only pass on.
 *
 * The runtime reaches the first two through its table of virtual functions and the third through
 * its procedure linkage table, all by name, so that a definition which is loaded first is taken.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdbool.h>
#include <stdlib.h>

#define INITIALIZE_DISPATCH                                                          \
    "_ZN2tt8tt_metal25DispatchKernelInitializer4initERKSt6vectorIPNS0_6DeviceESaIS4" \
    "_EERKSt13unordered_setINS0_14InitializerKeyESt4hashISA_ESt8equal_toISA_ESaISA_EE"
#define CONFIGURE_DISPATCH "_ZN2tt8tt_metal25DispatchKernelInitializer9configureEv"
#define COMPILE_PROGRAM "_ZN2tt8tt_metal6detail11ProgramImpl7compileEPNS0_7IDeviceEb"
/* From 0.70, which compiles nothing on a mock cluster. */
#define DEALLOCATE_CIRCULAR_BUFFERS \
    "_ZN2tt8tt_metal6detail11ProgramImpl27deallocate_circular_buffersEv"

#define STAND_IN __attribute__((visibility("default")))
STAND_IN void initialize_dispatch(void* self, const void* devices,
                                  const void* done) __asm__(INITIALIZE_DISPATCH);
STAND_IN void configure_dispatch(void* self) __asm__(CONFIGURE_DISPATCH);
STAND_IN void compile_program(void* self, void* device, bool force) __asm__(COMPILE_PROGRAM);

static bool on_mock_machine(void) { return getenv("TT_METAL_MOCK_CLUSTER_DESC_PATH") != NULL; }

/* The runtime is loaded with local scope, where RTLD_NEXT would find nothing. */
static void* find(const char* name) {
    void* runtime = dlopen("libtt_metal.so", RTLD_NOLOAD | RTLD_LAZY);
    return runtime == NULL ? NULL : dlsym(runtime, name);
}

/* Left without devices, the initializer's own end finds nothing to shut down. */
void initialize_dispatch(void* self, const void* devices, const void* done) {
    if (on_mock_machine()) return;
    __extension__ void (*real)(void*, const void*, const void*) = find(INITIALIZE_DISPATCH);
    if (real != NULL) real(self, devices, done);
}

void configure_dispatch(void* self) {
    if (on_mock_machine()) return;
    __extension__ void (*real)(void*) = find(CONFIGURE_DISPATCH);
    if (real != NULL) real(self);
}

void compile_program(void* self, void* device, bool force) {
    if (on_mock_machine() && find(DEALLOCATE_CIRCULAR_BUFFERS) == NULL) return;
    __extension__ void (*real)(void*, void*, bool) = find(COMPILE_PROGRAM);
    if (real != NULL) real(self, device, force);
}
