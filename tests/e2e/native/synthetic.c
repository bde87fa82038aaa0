/* synthetic SEED CHIPS: a process that reports allocations of its own making, and does by itself
 * the sums of what it holds. Of standard input, line by line: "work N": N random steps,
 * allocations, frees, closing and opening of a chip; "tell": prints the sums as JSON; "close":
 * closes all. */
#include <plimsoll/client.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST = 512, MOST_CHIPS = 32 };

struct held {
    plimsoll_id id;
    int chip, region;
    unsigned long bytes;
};

static plimsoll_client* client;
static plimsoll_devices chips[MOST_CHIPS]; /* 0: closed */
static struct held held[MOST];
static int count, chip_count;
static unsigned long state;

static unsigned long below(unsigned long limit) {
    unsigned long mixed = state += 0x9e3779b97f4a7c15ul; /* splitmix64 */
    mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9ul;
    mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111ebul;
    return (mixed ^ mixed >> 31) % limit;
}

static void must(plimsoll_status status) {
    if (status != PLIMSOLL_OK) exit(3);
}

static void open_chip(int chip) {
    plimsoll_device_info info = {.size = sizeof info, .device = chip};
    info.regions[PLIMSOLL_DRAM].banks = 12;
    info.regions[PLIMSOLL_DRAM].bytes_per_bank = 1u << 30;
    info.regions[PLIMSOLL_L1].banks = 64;
    info.regions[PLIMSOLL_L1].bytes_per_bank = 1u << 20;
    must(plimsoll_device_open(client, &info, &chips[chip]));
}

static void release(int index) {
    must(plimsoll_free(client, held[index].id));
    held[index] = held[--count];
}

static void close_chip(int chip) {
    for (int i = count - 1; i >= 0; --i) {
        if (held[i].chip == chip) release(i);
    }
    must(plimsoll_close(client, chips[chip], PLIMSOLL_CLOSED));
    chips[chip] = 0;
}

static void allocate(int chip) {
    plimsoll_allocation one = {.size = sizeof one};
    one.region = below(3) == 0 ? PLIMSOLL_L1 : PLIMSOLL_DRAM;
    one.kind = PLIMSOLL_BUFFER;
    one.owner = PLIMSOLL_USER;
    one.devices = chips[chip];
    one.banks = one.region == PLIMSOLL_L1 ? 64 : 12;
    one.bytes_per_bank = 32 * (1 + below(64));
    one.bytes = one.bytes_per_bank * one.banks;
    one.address = 32 * below(1u << 20);
    must(plimsoll_allocate(client, &one, &held[count].id));
    held[count].chip = chip;
    held[count].region = one.region;
    held[count++].bytes = one.bytes;
}

static void step(void) {
    const int chip = (int)below((unsigned long)chip_count);
    if (chips[chip] == 0) {
        open_chip(chip);
    } else if (below(400) == 0) {
        close_chip(chip);
    } else if (count == MOST || (count > 0 && below(3) == 0)) {
        release((int)below((unsigned long)count));
    } else {
        allocate(chip);
    }
}

static void tell(void) {
    printf("{\"pid\": %d, \"count\": %d, \"devices\": {", getpid(), count);
    for (int chip = 0; chip < chip_count; ++chip) {
        unsigned long sums[PLIMSOLL_REGION_COUNT] = {0};
        for (int i = 0; i < count; ++i) {
            if (held[i].chip == chip) sums[held[i].region] += held[i].bytes;
        }
        printf("%s\"%d\": {\"dram\": %lu, \"l1\": %lu}", chip == 0 ? "" : ", ", chip,
               sums[PLIMSOLL_DRAM], sums[PLIMSOLL_L1]);
    }
    printf("}}\n");
    fflush(stdout);
}

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    state = strtoul(argv[1], NULL, 10);
    chip_count = atoi(argv[2]);
    plimsoll_options options = {.size = sizeof options, .runtime = "none", .package = "none"};
    const char* socket = getenv("PLIMSOLL_SOCKET");
    options.socket_path = socket;
    must(plimsoll_attach(&options, &client));
    char line[64];
    while (fgets(line, sizeof line, stdin) != NULL) {
        if (strncmp(line, "work ", 5) == 0) {
            for (long n = atol(line + 5); n > 0; --n) step();
        } else if (strcmp(line, "tell\n") == 0) {
            tell();
        } else if (strcmp(line, "close\n") == 0) {
            for (int chip = 0; chip < chip_count; ++chip) {
                if (chips[chip] != 0) close_chip(chip);
            }
            tell();
        }
    }
    return 0;
}
