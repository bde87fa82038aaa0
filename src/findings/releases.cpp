#include "findings/releases.hpp"

#include <charconv>

namespace plimsoll::findings {

std::optional<Version> ttnn_version(std::string_view package) {
    constexpr std::string_view kName = "ttnn ";
    if (package.substr(0, kName.size()) != kName) return std::nullopt;
    const char* at = package.data() + kName.size();
    const char* const end = package.data() + package.size();
    Version version{};
    for (std::size_t i = 0; i < version.size(); ++i) {
        const auto [rest, error] = std::from_chars(at, end, version[i]);
        if (error != std::errc{}) return std::nullopt;
        at = rest;
        if (i + 1 == version.size()) break;
        if (at == end || *at != '.') return std::nullopt;
        ++at;
    }
    return version;
}

}  // namespace plimsoll::findings
