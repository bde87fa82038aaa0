#include "client/abi.hpp"
#include "client/device_tables.hpp"

using namespace plimsoll;
using namespace plimsoll::client;

namespace {

class ControlLock {
  public:
    explicit ControlLock(plimsoll_client* client) : client_(client) {
        ::pthread_mutex_lock(&client_->control);
    }
    ~ControlLock() { ::pthread_mutex_unlock(&client_->control); }
    ControlLock(const ControlLock&) = delete;
    ControlLock& operator=(const ControlLock&) = delete;

  private:
    plimsoll_client* client_;
};

plimsoll_status handle(std::uint32_t set, plimsoll_devices* devices) {
    *devices = set;
    return set == 0 ? PLIMSOLL_TABLE_FULL : PLIMSOLL_OK;
}

}  // namespace

plimsoll_status plimsoll_device_open(plimsoll_client* client, const plimsoll_device_info* info,
                                     plimsoll_devices* devices) noexcept {
    if (devices == nullptr) return PLIMSOLL_INVALID_ARGUMENT;
    *devices = 0;
    if (!ready(client)) return PLIMSOLL_DETACHED;
    if (!understood(info)) return PLIMSOLL_INVALID_ARGUMENT;
    const ControlLock lock(client);
    const std::uint32_t entry = open_device(client, info->device, info->arch, info->regions);
    if (entry == kNoDevice) return PLIMSOLL_TABLE_FULL;
    Members members{};
    members.add(entry);
    return handle(open_set(client, members, nullptr), devices);
}

plimsoll_status plimsoll_mesh_open(plimsoll_client* client, const plimsoll_mesh_info* info,
                                   plimsoll_devices* devices) noexcept {
    if (devices == nullptr) return PLIMSOLL_INVALID_ARGUMENT;
    *devices = 0;
    if (!ready(client)) return PLIMSOLL_DETACHED;
    if (!understood(info) || info->devices == nullptr || info->device_count == 0 ||
        info->device_count > segment::kMaxDevices) {
        return PLIMSOLL_INVALID_ARGUMENT;
    }
    const ControlLock lock(client);
    Members members{};
    for (std::uint32_t i = 0; i < info->device_count; ++i) {
        const std::uint32_t entry = open_device(client, info->devices[i], 0, info->regions);
        if (entry == kNoDevice) return PLIMSOLL_TABLE_FULL;
        members.add(entry);
    }
    return handle(open_set(client, members, &info->mesh), devices);
}

plimsoll_status plimsoll_close(plimsoll_client* client, plimsoll_devices devices,
                               plimsoll_close_manner manner) noexcept {
    if (!ready(client)) return PLIMSOLL_DETACHED;
    if (devices == 0 || devices >= segment::load(header(client).sets_used)) {
        return PLIMSOLL_INVALID_ARGUMENT;
    }
    const ControlLock lock(client);
    close_set(client, devices,
              manner == PLIMSOLL_CLOSED_AT_EXIT ? segment::Ending::left_at_exit
                                                : segment::Ending::outlived_device);
    return PLIMSOLL_OK;
}
