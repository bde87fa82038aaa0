/* leaves CHIPS EXIT_CODE [FUNCTION COUNT BYTES]...: a process that allocates so many buffers on
 * each chip, in model.py of the working folder, and ends without freeing them. 0 CHIPS: it opens
 * none. */
#include <plimsoll/client.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static plimsoll_client* client;

static void must(plimsoll_status status) {
    if (status != PLIMSOLL_OK) exit(3);
}

static plimsoll_text text(const char* bytes) {
    return plimsoll_intern(client, bytes, strlen(bytes));
}

static plimsoll_devices open_chip(int chip) {
    plimsoll_device_info info = {.size = sizeof info, .device = chip};
    info.regions[PLIMSOLL_DRAM].banks = 1;
    info.regions[PLIMSOLL_DRAM].bytes_per_bank = 1u << 30;
    plimsoll_devices devices = 0;
    must(plimsoll_device_open(client, &info, &devices));
    return devices;
}

static void allocate(plimsoll_devices chip, const char* function, uint64_t bytes) {
    char file[4096];
    if (getcwd(file, sizeof file - sizeof "/model.py") == NULL) exit(3);
    strcat(file, "/model.py");
    const plimsoll_frame frame = {text(file), text(function), 12};
    plimsoll_allocation one = {.size = sizeof one};
    one.region = PLIMSOLL_DRAM;
    one.kind = PLIMSOLL_BUFFER;
    one.owner = PLIMSOLL_USER;
    one.devices = chip;
    one.location = plimsoll_intern_call_site(client, text("ttnn.add"), &frame, 1);
    one.banks = 1;
    one.bytes = one.bytes_per_bank = bytes;
    plimsoll_id id = 0;
    must(plimsoll_allocate(client, &one, &id));
}

int main(int argc, char** argv) {
    if (argc < 3) return 2;
    const int chips = atoi(argv[1]), code = atoi(argv[2]);
    puts("its own output");
    if (chips == 0) return code;
    plimsoll_options options = {.size = sizeof options, .runtime = "none", .package = "none 1"};
    options.socket_path = getenv("PLIMSOLL_SOCKET");
    must(plimsoll_attach(&options, &client));
    for (int chip = 0; chip < chips; ++chip) {
        const plimsoll_devices devices = open_chip(chip);
        for (int i = 3; i + 2 < argc; i += 3) {
            for (int n = atoi(argv[i + 1]); n > 0; --n) {
                allocate(devices, argv[i], strtoul(argv[i + 2], NULL, 10));
            }
        }
    }
    return code;
}
