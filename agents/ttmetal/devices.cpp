#include "agents/ttmetal/devices.hpp"

#include "agents/ttmetal/attach.hpp"
#include "agents/ttmetal/device_identity.hpp"
#include "agents/ttmetal/survivors.hpp"

namespace plimsoll::ttmetal {
namespace {

constinit DeviceTable table;

constexpr BufferType kAllocatedTypes[] = {BufferType::dram, BufferType::l1, BufferType::l1_small,
                                          BufferType::trace};

// The runtime names the bases of two memories. The small regions lie behind the large ones.
std::uint32_t base_of(const Allocator* allocator, BufferType type) {
    if (!runtime::allocator_base) return 0;
    if (type == BufferType::dram) return runtime::allocator_base(allocator, MemoryType::dram);
    if (type == BufferType::l1) return runtime::allocator_base(allocator, MemoryType::l1);
    return 0;
}

// What the allocator says of each region; asking for another type of buffer makes it throw.
void describe(const Allocator* allocator, plimsoll_region_info (&regions)[PLIMSOLL_REGION_COUNT],
              DeviceFacts* facts) {
    facts->allocator = allocator;
    if (allocator == nullptr || !runtime::allocator_banks || !runtime::allocator_alignment) return;
    facts->alignment = runtime::allocator_alignment(allocator, BufferType::dram);
    for (const BufferType type : kAllocatedTypes) {
        plimsoll_region_info& region = regions[region_of(type)];
        region.banks = runtime::allocator_banks(allocator, type);
        region.bytes_per_bank = statistics(allocator, type).allocatable;
        region.base = base_of(allocator, type);
        facts->banks[region_of(type)] = region.banks;
    }
}

bool register_chip(plimsoll_client* client, const Device* chip, DeviceFacts* facts) {
    plimsoll_device_info info{};
    info.size = sizeof info;
    info.device = device_number(chip);
    const char* arch = arch_name(chip);
    info.arch = arch == nullptr ? 0 : text(client, arch);
    facts->chips = 1;
    describe(allocator_of(chip), info.regions, facts);
    return plimsoll_device_open(client, &info, &facts->set) == PLIMSOLL_OK;
}

bool register_mesh(plimsoll_client* client, const Device* mesh, DeviceFacts* facts) {
    if (!runtime::mesh_device_ids) return false;
    plimsoll_mesh_info info{};
    info.size = sizeof info;
    info.mesh = device_number(mesh);
    Vector<int> chips{};
    runtime::mesh_device_ids(&chips, mesh);
    info.devices = chips.first;
    info.device_count = static_cast<std::uint32_t>(chips.size());
    facts->chips = info.device_count;
    describe(allocator_of(mesh), info.regions, facts);
    const plimsoll_status status = plimsoll_mesh_open(client, &info, &facts->set);
    runtime::give_back(const_cast<int*>(chips.first));
    return status == PLIMSOLL_OK;
}

bool register_device(plimsoll_client* client, const Device* device, DeviceFacts* facts) {
    *facts = DeviceFacts{};
    bool registered = false;
    switch (device_kind(device)) {
        case DeviceKind::none:
            return false;
        case DeviceKind::chip:
            registered = register_chip(client, device, facts);
            break;
        case DeviceKind::mesh:
            registered = register_mesh(client, device, facts);
            break;
    }
    if (registered) table.put(device, *facts);
    return registered;
}

void remove_device(const Device* device) {
    if (table.remove(device)) devices_closed.fetch_add(1, std::memory_order_release);
}

}  // namespace

constinit thread_local LastDevice last_device{};

[[gnu::cold, gnu::noinline]] void find_last_device(plimsoll_client* client, const Device* device) {
    // Before the look: what closes meanwhile is noticed next time.
    const std::uint32_t closed = devices_closed.load(std::memory_order_acquire);
    DeviceFacts facts;
    const bool known = table.find(device, &facts) || register_device(client, device, &facts);
    last_device = {known ? device : nullptr, closed, known ? facts : DeviceFacts{}};
}

// Not inlined: what it calls is not what its seam must end in.
[[gnu::noinline]] void open_chips(plimsoll_client* client, const MeshImpl* mesh) {
    if (!runtime::mesh_chips) return;
    Vector<const Device*> chips{};
    runtime::mesh_chips(&chips, mesh);
    for (const Device* chip : chips) device_facts(client, chip);
    runtime::give_back(const_cast<const Device**>(chips.first));
}

void forget_device(const Device* device) { remove_device(device); }

bool find_known_device(const Device* device, DeviceFacts* facts) {
    return table.find(device, facts);
}

void close_device(plimsoll_client* client, const Device* device, plimsoll_close_manner manner) {
    DeviceFacts facts;
    if (!table.find(device, &facts)) return;
    watch_for_survivors();
    plimsoll_close(client, facts.set, manner);
    remove_device(device);
}

}  // namespace plimsoll::ttmetal
