/* A runtime in C that reports itself: attach, open a device, allocate, free, detach. */
#include <plimsoll/client.h>
#include <plimsoll/version.h>
#include <stdio.h>

static int failed;

static void expect(plimsoll_status status, const char* call) {
    if (status == PLIMSOLL_OK) return;
    fprintf(stderr, "%s: status %d\n", call, (int)status);
    failed = 1;
}

int main(void) {
    plimsoll_options options = {0};
    options.size = sizeof options;
    options.runtime = "consumer";
    printf("built with plimsoll %d.%d.%d\n", PLIMSOLL_VERSION_MAJOR, PLIMSOLL_VERSION_MINOR,
           PLIMSOLL_VERSION_PATCH);
    plimsoll_client* client = NULL;
    expect(plimsoll_attach(&options, &client), "attach");

    plimsoll_device_info device = {0};
    device.size = sizeof device;
    device.arch = plimsoll_intern(client, "blackhole", 9);
    plimsoll_devices devices = 0;
    expect(plimsoll_device_open(client, &device, &devices), "device_open");

    plimsoll_allocation allocation = {0};
    allocation.size = sizeof allocation;
    allocation.kind = PLIMSOLL_BUFFER;
    allocation.region = PLIMSOLL_DRAM;
    allocation.owner = PLIMSOLL_USER;
    allocation.devices = devices;
    allocation.banks = 8;
    allocation.bytes = 4000;
    allocation.bytes_per_bank = 512;
    plimsoll_id id = 0;
    expect(plimsoll_allocate(client, &allocation, &id), "allocate");
    const uint64_t held = plimsoll_occupied(client, devices, PLIMSOLL_DRAM);
    expect(plimsoll_free(client, id), "free");
    const uint64_t left = plimsoll_occupied(client, devices, PLIMSOLL_DRAM);
    if (held != 4096 || left != 0) {
        fprintf(stderr, "occupied %llu, then %llu\n", (unsigned long long)held,
                (unsigned long long)left);
        failed = 1;
    }
    expect(plimsoll_close(client, devices, PLIMSOLL_CLOSED), "close");
    plimsoll_detach(client);
    return failed;
}
