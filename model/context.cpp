#include "model/context.hpp"

#include <algorithm>
#include <tuple>

#include "model/device.hpp"
#include "model/error.hpp"
#include "model/global_semaphore.hpp"

namespace plimsoll::model {

MetalContext::MetalContext(const machines::Machine& machine, const Release& release,
                           Defects defects)
    : machine_(machine), release_(release), defects_(defects) {
    for (const machines::Chip& chip : machine.chips) {
        chips_.push_back(std::make_unique<Device>(*this, chip.id));
    }
    stray_ = std::make_unique<IDevice>(*this, IDevice::Kind::none, -1);
}

MetalContext::~MetalContext() = default;

Device& MetalContext::chip(int id) {
    for (const auto& chip : chips_) {
        if (chip->id() == id) return *chip;
    }
    fatal("Device {} is not in this cluster of {}", id, chips_.size());
}

std::vector<int> MetalContext::chips_in_mesh_order() const {
    std::vector<const machines::Chip*> chips;
    for (const machines::Chip& chip : machine_.chips) chips.push_back(&chip);
    const auto place = [](const machines::Chip* chip) {
        const auto at = chip->coordinates.value_or(machines::EthernetCoordinates{});
        return std::tuple(at.y, at.x, chip->id);
    };
    std::sort(chips.begin(), chips.end(),
              [&](const auto* a, const auto* b) { return place(a) < place(b); });
    std::vector<int> ids;
    for (const machines::Chip* chip : chips) ids.push_back(chip->id);
    return ids;
}

}  // namespace plimsoll::model
