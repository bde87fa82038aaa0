#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

// What is known about releases of the runtime: one table, measured on the released wheels.
namespace plimsoll::findings {

using Version = std::array<std::uint32_t, 3>;

// The version in a package text such as "ttnn 0.81.1"; nothing when it is not a release of ttnn.
std::optional<Version> ttnn_version(std::string_view package);

// A program's destructor reports its circular buffers as freed, and each chip's circular buffers
// are reported on that chip. Before, nothing is reported freed, and circular buffers are reported
// once, through the mesh.
inline constexpr Version kReportsFreedCircularBuffers = {0, 70, 1};
inline constexpr std::string_view kReportsFreedCircularBuffersText = "ttnn 0.70.1";

}  // namespace plimsoll::findings
