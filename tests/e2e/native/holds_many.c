/* holds_many COUNT: COUNT allocations of one's own making, of 400 lines and as many sizes, with a
 * hole after each hundredth; then it is killed with all of them. */
#include <plimsoll/client.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { LINES = 400, SMALLEST = 32, EVERY = 100 };

static plimsoll_client* client;

static void must(plimsoll_status status) {
    if (status != PLIMSOLL_OK) exit(3);
}

static plimsoll_text text(const char* format, int number) {
    char bytes[64];
    const int length = snprintf(bytes, sizeof bytes, format, number);
    return plimsoll_intern(client, bytes, (size_t)length);
}

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    plimsoll_options options = {.size = sizeof options, .runtime = "none", .package = "none"};
    options.socket_path = getenv("PLIMSOLL_SOCKET");
    must(plimsoll_attach(&options, &client));
    plimsoll_device_info info = {.size = sizeof info, .device = 0, .arch = text("wormhole_b0", 0)};
    info.regions[PLIMSOLL_DRAM].banks = 12;
    info.regions[PLIMSOLL_DRAM].base = 32;
    info.regions[PLIMSOLL_DRAM].bytes_per_bank = (1u << 30) - 32;
    plimsoll_devices chip = 0;
    must(plimsoll_device_open(client, &info, &chip));
    plimsoll_location lines[LINES];
    for (int i = 0; i < LINES; ++i) {
        const plimsoll_frame frame = {text("layers/block_%d.py", i % 40), text("forward_%d", i % 7),
                                      (uint32_t)(10 + i)};
        lines[i] = plimsoll_intern_call_site(client, text("ttnn.op_%d", i % 25), &frame, 1);
    }
    uint64_t address = info.regions[PLIMSOLL_DRAM].base;
    for (int i = 0; i < atoi(argv[1]); ++i) {
        plimsoll_allocation one = {.size = sizeof one};
        one.region = PLIMSOLL_DRAM;
        one.kind = PLIMSOLL_BUFFER;
        one.owner = PLIMSOLL_USER;
        one.devices = chip;
        one.location = lines[i % LINES];
        one.banks = info.regions[PLIMSOLL_DRAM].banks;
        one.bytes_per_bank = (uint64_t)SMALLEST * (1 + (uint64_t)(i % LINES));
        one.bytes = one.bytes_per_bank * one.banks;
        one.address = address;
        address += one.bytes_per_bank * (i % EVERY == 0 ? 2 : 1);
        plimsoll_id id = 0;
        must(plimsoll_allocate(client, &one, &id));
    }
    kill(getpid(), SIGKILL);
    return 1;
}
