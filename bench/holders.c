/* holders PROCESSES ALLOCATIONS: so many processes that hold so many buffers each, until input
 * ends. */
#include <plimsoll/client.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

static plimsoll_client* attached(void) {
    plimsoll_options options = {.size = sizeof options, .runtime = "none", .package = "none"};
    plimsoll_client* client = NULL;
    if (plimsoll_attach(&options, &client) != PLIMSOLL_OK) exit(1);
    return client;
}

static void hold(int device, long allocations) {
    plimsoll_client* client = attached();
    plimsoll_device_info info = {.size = sizeof info, .device = device};
    info.regions[PLIMSOLL_DRAM].banks = 12;
    info.regions[PLIMSOLL_DRAM].bytes_per_bank = 1u << 30;
    plimsoll_devices devices = 0;
    plimsoll_device_open(client, &info, &devices);
    for (long i = 0; i < allocations; ++i) {
        plimsoll_allocation one = {.size = sizeof one};
        one.kind = PLIMSOLL_BUFFER;
        one.region = PLIMSOLL_DRAM;
        one.owner = PLIMSOLL_USER;
        one.devices = devices;
        one.banks = 12;
        one.address = (uint64_t)i * 32;
        one.bytes = 384;
        one.bytes_per_bank = 32;
        plimsoll_id id = 0;
        if (plimsoll_allocate(client, &one, &id) != PLIMSOLL_OK) exit(1);
    }
}

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    for (int i = 0; i < atoi(argv[1]); ++i) {
        if (fork() != 0) continue;
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        hold(i % 32, atol(argv[2]));
        (void)!write(STDOUT_FILENO, ".", 1);
        pause();
    }
    return getchar() != EOF;
}
