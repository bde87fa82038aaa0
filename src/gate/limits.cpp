#include "gate/limits.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <string_view>

namespace plimsoll::gate {
namespace {

constexpr std::string_view kPerCore = "l1_per_core";
constexpr std::array kLimited = {Region::dram, Region::l1, Region::l1_small, Region::trace};

std::optional<std::uint64_t> factor_of(std::string_view unit) {
    constexpr std::string_view kUnits = "KMGT";
    if (unit.empty() || unit == "B") return 1;
    const std::size_t power = kUnits.find(unit.front());
    unit.remove_prefix(1);
    const bool known = unit.empty() || unit == "B" || unit == "iB";
    if (power == std::string_view::npos || !known) return {};
    return std::uint64_t{1} << (10 * (power + 1));
}

std::optional<std::uint64_t> read_size(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc()) return {};
    const auto factor = factor_of(text.substr(static_cast<std::size_t>(end - text.data())));
    if (!factor || number > UINT64_MAX / *factor) return {};
    return number * *factor;
}

const ledger::RegionPeak& peak_of(const Limit& limit, const ledger::DeviceUse& device) {
    if (!limit.region) return device.l1_per_core;
    return device.regions[static_cast<std::size_t>(*limit.region)];
}

bool is_unknown(const ledger::RegionPeak& use) { return use.peak.coverage == Coverage::unknown; }

bool breaks(const Limit& limit, const ledger::RegionPeak& use) {
    return is_unknown(use) || use.peak.value > limit.bytes;
}

// What is known to be too much says more than what is not known.
bool is_worse(const ledger::RegionPeak& a, const ledger::RegionPeak& b) {
    if (is_unknown(a) != is_unknown(b)) return is_unknown(b);
    return a.peak.value > b.peak.value;
}

}  // namespace

std::string name_of(const Limit& limit) {
    return limit.region ? name(*limit.region) : std::string(kPerCore);
}

std::variant<Limit, std::string> read_limit(const std::string& text) {
    const std::size_t sign = text.find('=');
    const std::string region = text.substr(0, sign);
    bool known = region == kPerCore;
    Limit limit;
    for (const Region one : kLimited) {
        if (region != name(one)) continue;
        limit.region = one;
        known = true;
    }
    if (sign == std::string::npos || !known) {
        return fmt::format(
            "'{}' is no limit: dram, l1, l1_per_core, l1_small or trace, then =, then a size",
            text);
    }
    const std::string size = text.substr(sign + 1);
    const auto bytes = read_size(size);
    if (!bytes) {
        return fmt::format("'{}' is no size: bytes, or a whole number and K, M, G or T (of 1024)",
                           size);
    }
    limit.bytes = *bytes;
    return limit;
}

std::vector<Excess> broken(const std::vector<Limit>& limits,
                           const std::vector<ledger::DeviceUse>& devices) {
    std::vector<Excess> excesses;
    for (const Limit& limit : limits) {
        const ledger::DeviceUse* worst = nullptr;
        for (const ledger::DeviceUse& device : devices) {
            const ledger::RegionPeak& use = peak_of(limit, device);
            if (!breaks(limit, use)) continue;
            if (worst == nullptr || is_worse(use, peak_of(limit, *worst))) worst = &device;
        }
        if (worst != nullptr) excesses.push_back({limit, worst->device, peak_of(limit, *worst)});
    }
    return excesses;
}

}  // namespace plimsoll::gate
