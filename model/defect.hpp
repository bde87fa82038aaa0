#pragma once

#include <cstdint>

namespace plimsoll::model {

// What the runtime, or what stands on it, does wrong. Each is looked at in one place of the model;
// defects.hpp has the table with their names and what Plimsoll must say.
enum class Defect : std::uint8_t {
    program_forgets_circular_buffers,
    mesh_reports_once,
    free_after_device_close,
    cache_not_cleared_at_close,
    semaphore_per_shape,
    config_tensor_per_shape,
    trace_buffer_not_released,
    double_report,
    free_without_allocate,
    free_keeps_bank_memory,
    stray_device_pointer,
    executable_pins_tensors,
    fixture_forgets_close,
    capture_crashes,
    references_kept,
    ranges_of_every_core,
    helper_asks_one_core,
    profiler_allocates,
};

class Defects {
  public:
    constexpr Defects() = default;
    constexpr Defects(Defect one) : bits_(1u << static_cast<unsigned>(one)) {}

    [[nodiscard]] constexpr bool has(Defect one) const { return (bits_ & Defects(one).bits_) != 0; }
    [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
    friend constexpr Defects operator|(Defects a, Defects b) {
        a.bits_ |= b.bits_;
        return a;
    }

  private:
    std::uint32_t bits_ = 0;
};
constexpr Defects operator|(Defect a, Defect b) { return Defects(a) | Defects(b); }

}  // namespace plimsoll::model
