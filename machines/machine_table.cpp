#include <array>

#include "machines/families.hpp"

namespace plimsoll::machines {

std::span<const Machine> all() {
    static const std::array<Machine, 8> machines = {
        n150(), n300(), t3k(), galaxy(), p100(), p150(), p150x8(), blackhole_galaxy(),
    };
    return machines;
}

const Machine* find(std::string_view name) {
    for (const Machine& machine : all()) {
        if (name == machine.name) return &machine;
    }
    return nullptr;
}

}  // namespace plimsoll::machines
