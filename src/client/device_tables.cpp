#include "client/device_tables.hpp"

namespace plimsoll::client {

std::uint32_t open_device(plimsoll_client* client, std::int32_t device, std::uint32_t arch,
                          const plimsoll_region_info* regions) {
    segment::Header& h = header(client);
    segment::Device* table = client->shared.devices();
    const std::uint32_t used = h.devices_used;
    std::uint32_t entry = 0;
    while (entry < used && table[entry].device != device) ++entry;
    if (entry == segment::kMaxDevices) {
        segment::add<std::uint64_t>(h.table_overflows, 1);
        return kNoDevice;
    }
    segment::Device& to = table[entry];
    segment::store(to.device, device);
    if (arch != 0) segment::store(to.arch, arch);
    for (std::uint32_t i = 0; i < kRegionCount; ++i) {
        if (regions[i].banks == 0) continue;
        segment::store(to.regions[i].bytes_per_bank, regions[i].bytes_per_bank);
        segment::store(to.regions[i].base, regions[i].base);
        segment::store(to.regions[i].banks, regions[i].banks);
    }
    if (to.open == 0) {
        segment::store(to.opens, to.opens + 1);
        segment::store(to.open, 1u);
    }
    if (entry == used) segment::store_release(h.devices_used, used + 1);
    return entry;
}

std::uint32_t open_set(plimsoll_client* client, const Members& members, const std::int32_t* mesh) {
    segment::Header& h = header(client);
    segment::DeviceSet* table = client->shared.sets();
    const std::uint32_t used = h.sets_used;
    const std::uint32_t is_mesh = mesh != nullptr ? 1 : 0;
    const auto same = [&](const segment::DeviceSet& entry) {
        return entry.is_mesh == is_mesh && members.equal(entry) &&
               (mesh == nullptr || entry.open == 0 || entry.mesh == *mesh);
    };
    std::uint32_t set = 1;
    while (set < used && !same(table[set])) ++set;
    if (set == segment::kMaxSets) {
        segment::add<std::uint64_t>(h.table_overflows, 1);
        return 0;
    }
    segment::DeviceSet& to = table[set];
    segment::store(to.is_mesh, is_mesh);
    if (mesh != nullptr) segment::store(to.mesh, *mesh);
    for (std::uint32_t i = 0; i < segment::kMaxDevices / 64; ++i) {
        segment::store(to.members[i], members.words[i]);
    }
    if (to.open == 0) {
        segment::store(to.opens, to.opens + 1);
        segment::store(to.open, 1u);
    }
    if (set == used) segment::store_release(h.sets_used, used + 1);
    return set;
}

}  // namespace plimsoll::client
