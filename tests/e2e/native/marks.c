/* marks ITERATIONS HOW: allocations of one's own making, four threads or one, a mark after each
 * iteration. HOW: "keep": one of each iteration stays; "free": none does. Waits for a line before
 * it ends. */
#include <plimsoll/client.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static plimsoll_client* client;
static plimsoll_devices chip;
static int iterations, keeps;

static void must(plimsoll_status status) {
    if (status != PLIMSOLL_OK) exit(3);
}

static plimsoll_id allocate(void) {
    plimsoll_allocation one = {.size = sizeof one};
    one.region = PLIMSOLL_DRAM;
    one.kind = PLIMSOLL_BUFFER;
    one.owner = PLIMSOLL_USER;
    one.devices = chip;
    one.banks = 8;
    one.bytes_per_bank = 512;
    one.bytes = 4096;
    plimsoll_id id = 0;
    must(plimsoll_allocate(client, &one, &id));
    return id;
}

static void* iterate(void* unused) {
    (void)unused;
    for (int i = 0; i < iterations; ++i) {
        plimsoll_id passing = allocate();
        if (keeps) allocate();
        must(plimsoll_free(client, passing));
        must(plimsoll_mark(client, plimsoll_intern(client, "step", 4)));
    }
    return NULL;
}

int main(int argc, char** argv) {
    if (argc != 4) return 2;
    iterations = atoi(argv[1]);
    keeps = strcmp(argv[2], "keep") == 0;
    plimsoll_options options = {.size = sizeof options, .runtime = "none", .package = "none"};
    options.socket_path = getenv("PLIMSOLL_SOCKET");
    must(plimsoll_attach(&options, &client));
    plimsoll_device_info info = {.size = sizeof info, .device = 0};
    info.regions[PLIMSOLL_DRAM].banks = 8;
    info.regions[PLIMSOLL_DRAM].bytes_per_bank = 1u << 20;
    must(plimsoll_device_open(client, &info, &chip));
    pthread_t threads[16];
    const int count = atoi(argv[3]);
    for (int i = 0; i < count; ++i) pthread_create(&threads[i], NULL, iterate, NULL);
    for (int i = 0; i < count; ++i) pthread_join(threads[i], NULL);
    printf("worked\n");
    fflush(stdout);
    getchar();
    return 0;
}
