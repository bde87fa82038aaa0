#include "agents/ttmetal/device_identity.hpp"

#include "agents/ttmetal/peek.hpp"

namespace plimsoll::ttmetal {
namespace {

using VirtualTable = void* const;

// An object points past its vtable's offset-to-top and type information.
constexpr std::size_t kHeaderSlots = 2;
constexpr std::size_t kMaxSlots = 64;  // fewer than any release has; it is the fourth

// IDevice::id() is virtual and exported for meshes only: its slot there is its slot everywhere.
int (*id_function(const Device* device))(const Device*) {
    VirtualTable* mesh = runtime::mesh_vtable.get();
    const auto wanted = reinterpret_cast<void*>(runtime::mesh_id.get());
    if (mesh == nullptr || wanted == nullptr) return nullptr;
    VirtualTable* own = *reinterpret_cast<VirtualTable* const*>(device);
    for (std::size_t slot = 0; slot < kMaxSlots; ++slot) {
        if (mesh[kHeaderSlots + slot] != wanted) continue;
        return reinterpret_cast<int (*)(const Device*)>(own[slot]);
    }
    return nullptr;
}

}  // namespace

DeviceKind device_kind(const Device* device) {
    VirtualTable* found = nullptr;
    if (device == nullptr || !peek(device, &found, sizeof found) || found == nullptr) {
        return DeviceKind::none;
    }
    VirtualTable* chip = runtime::chip_vtable.get();
    VirtualTable* mesh = runtime::mesh_vtable.get();
    if (chip != nullptr && found == chip + kHeaderSlots) return DeviceKind::chip;
    if (mesh != nullptr && found == mesh + kHeaderSlots) return DeviceKind::mesh;
    return DeviceKind::none;
}

int device_number(const Device* device) {
    const auto id = id_function(device);
    return id == nullptr ? -1 : id(device);
}

const char* arch_name(const Device* chip) {
    if (device_kind(chip) != DeviceKind::chip || !runtime::chip_arch) return nullptr;
    switch (runtime::chip_arch(chip)) {
        case 1:
            return "grayskull";
        case 2:
            return "wormhole_b0";
        case 3:
            return "blackhole";
        case 4:
            return "quasar";
        default:
            return nullptr;
    }
}

const Allocator* allocator_of(const Device* device) {
    switch (device_kind(device)) {
        case DeviceKind::chip:
            return runtime::chip_allocator ? runtime::chip_allocator(device) : nullptr;
        case DeviceKind::mesh:
            return runtime::mesh_allocator ? runtime::mesh_allocator(device) : nullptr;
        case DeviceKind::none:
            break;
    }
    return nullptr;
}

OptionalAddress lowest_l1_address(const Device* mesh) {
    if (!runtime::mesh_lowest_l1_address || device_kind(mesh) != DeviceKind::mesh) return {};
    return runtime::mesh_lowest_l1_address(mesh);
}

Statistics statistics(const Allocator* allocator, BufferType type) {
    Statistics found{};
    if (allocator == nullptr || !runtime::allocator_statistics) return found;
    runtime::allocator_statistics(&found, allocator, type);
    const Vector<std::uint32_t>& addresses = found.largest_free_addresses;
    if (addresses.first <= addresses.last && addresses.last <= addresses.end_of_storage) {
        runtime::give_back(const_cast<std::uint32_t*>(addresses.first));
    }
    return found;
}

}  // namespace plimsoll::ttmetal
