/* holders PROCESSES ALLOCATIONS [EVENTS]: so many processes that hold so many buffers each, until
 * input ends; their rings keep so many events. A server at $PLIMSOLL_SOCKET is told of them. */
#include <plimsoll/client.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

static plimsoll_client* attached(unsigned events) {
    plimsoll_options options = {.size = sizeof options, .runtime = "none", .package = "none"};
    options.ring_capacity = events;
    options.socket_path = getenv("PLIMSOLL_SOCKET");
    plimsoll_client* client = NULL;
    if (plimsoll_attach(&options, &client) != PLIMSOLL_OK) exit(1);
    return client;
}

static void hold(int device, long allocations, unsigned events) {
    plimsoll_client* client = attached(events);
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
    if (argc != 3 && argc != 4) return 2;
    for (int i = 0; i < atoi(argv[1]); ++i) {
        if (fork() != 0) continue;
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        hold(i % 32, atol(argv[2]), argc == 4 ? (unsigned)atoi(argv[3]) : 0);
        (void)!write(STDOUT_FILENO, ".", 1);
        pause();
    }
    return getchar() != EOF;
}
