#include <cstring>

#include "client/state.hpp"

using namespace plimsoll;
using namespace plimsoll::client;

namespace {

// A text in shared memory: its length, then its bytes, in units of four bytes.
constexpr std::uint32_t kUnit = 4;
constexpr std::uint32_t kTextUnits = segment::kTextBytes / kUnit;

const std::byte* text_at(plimsoll_client* client, std::uint32_t text) {
    return client->shared.text() + std::size_t{text} * kUnit;
}

bool text_equals(plimsoll_client* client, std::uint32_t text, const char* bytes,
                 std::uint32_t length) {
    std::uint32_t stored = 0;
    std::memcpy(&stored, text_at(client, text), sizeof stored);
    return stored == length && std::memcmp(text_at(client, text) + kUnit, bytes, length) == 0;
}

// Reserves `count` entries of a table that only grows; 0 when it is full.
std::uint32_t reserve(std::uint32_t& used, std::uint32_t count, std::uint32_t limit) {
    std::uint32_t at = segment::load(used);
    do {
        if (limit - at < count) return 0;
    } while (!__atomic_compare_exchange_n(&used, &at, at + count, true, __ATOMIC_RELAXED,
                                          __ATOMIC_RELAXED));
    return at;
}

std::uint32_t make_text(plimsoll_client* client, const char* bytes, std::uint32_t length) {
    const std::uint32_t units = 1 + (length + kUnit - 1) / kUnit;
    const std::uint32_t text = reserve(header(client).text_used, units, kTextUnits);
    if (text == 0) return 0;
    std::byte* to = client->shared.text() + std::size_t{text} * kUnit;
    std::memcpy(to, &length, sizeof length);
    std::memcpy(to + kUnit, bytes, length);
    return text;
}

// No entry was to be had, in the table or in its index.
std::uint32_t counted(plimsoll_client* client, std::uint32_t entry) {
    if (entry == 0) segment::add<std::uint64_t>(header(client).table_overflows, 1);
    return entry;
}

}  // namespace

plimsoll_text plimsoll_intern(plimsoll_client* client, const char* bytes, size_t length) noexcept {
    if (!ready(client) || bytes == nullptr || length > segment::kMaxTextLength) return 0;
    const auto size = static_cast<std::uint32_t>(length);
    const std::uint32_t text = client->texts.find_or_make(
        hash_bytes(bytes, length),
        [&](std::uint32_t entry) { return text_equals(client, entry, bytes, size); },
        [&] { return make_text(client, bytes, size); });
    return counted(client, text);
}

plimsoll_text plimsoll_intern_cores(plimsoll_client* client, const plimsoll_core_range* ranges,
                                    size_t count) noexcept {
    static_assert(sizeof(plimsoll_core_range) == sizeof(segment::CoreRange));
    if (ranges == nullptr || count == 0 || count > segment::kMaxCoreRanges) return 0;
    return plimsoll_intern(client, reinterpret_cast<const char*>(ranges),
                           count * sizeof(segment::CoreRange));
}

plimsoll_location plimsoll_intern_call_site(plimsoll_client* client, plimsoll_text op,
                                            const plimsoll_frame* frames, size_t count) noexcept {
    static_assert(sizeof(plimsoll_frame) == sizeof(segment::Frame));
    if (!ready(client) || frames == nullptr || count == 0) return 0;
    segment::CallSite site{};
    site.count =
        count < segment::kMaxFrames ? static_cast<std::uint32_t>(count) : segment::kMaxFrames;
    std::memcpy(site.frames, frames, site.count * sizeof(segment::Frame));
    site.op = op;
    segment::CallSite* sites = client->shared.call_sites();
    const std::uint32_t location = client->call_sites.find_or_make(
        hash_bytes(&site, sizeof site),
        [&](std::uint32_t entry) { return std::memcmp(&sites[entry], &site, sizeof site) == 0; },
        [&] {
            const std::uint32_t entry =
                reserve(header(client).call_sites_used, 1, segment::kMaxCallSites);
            if (entry != 0) sites[entry] = site;
            return entry;
        });
    return counted(client, location);
}
