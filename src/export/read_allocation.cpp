#include <algorithm>

#include "export/reading.hpp"

namespace plimsoll::exporting {
namespace {

constexpr std::size_t kMaxFrames = 4;
constexpr std::size_t kMaxRanges = 256;

// What findings::frame_text() has made of it: "model.py:12 in forward".
ledger::Frame read_frame(std::string text) {
    ledger::Frame frame;
    constexpr std::string_view kIn = " in ";
    if (const auto in = text.rfind(kIn); in != std::string::npos) {
        frame.function = text.substr(in + kIn.size());
        text.erase(in);
    }
    const auto colon = text.rfind(':');
    constexpr std::size_t kDigits = 9;
    const std::size_t digits = colon == std::string::npos ? 0 : text.size() - colon - 1;
    const bool has_line = digits > 0 && digits <= kDigits &&
                          std::all_of(text.end() - static_cast<std::ptrdiff_t>(digits), text.end(),
                                      [](char c) { return c >= '0' && c <= '9'; });
    if (has_line) {
        frame.line = static_cast<std::uint32_t>(std::stoul(text.substr(colon + 1)));
        text.erase(colon);
    }
    frame.file = std::move(text);
    return frame;
}

std::optional<ledger::Ending> read_ending(const Json& object) {
    const std::string word = text(object, "ending");
    for (std::size_t i = 0; i < ledger::kEndingCount; ++i) {
        const auto ending = static_cast<ledger::Ending>(i);
        if (word == name(ending)) return ending;
    }
    return {};
}

}  // namespace

ledger::CallSite read_call_site(const Json& object) {
    ledger::CallSite site;
    site.op = text(object, "op");
    for (std::string& frame : texts(object, "call_sites", kMaxFrames)) {
        site.frames.push_back(read_frame(std::move(frame)));
    }
    return site;
}

std::optional<ledger::Program> read_program(const Json& program) {
    if (!program.is_object() || program.empty()) return {};
    ledger::Program read{number(program, "id"), text(program, "label"), {}};
    read.call_site.op = text(program, "op");
    const std::string site = text(program, "call_site");
    if (!site.empty()) read.call_site.frames.push_back(read_frame(site));
    return read;
}

ledger::CoreSet read_cores(const Json& object) {
    ledger::CoreSet cores;
    for (const auto& corners : list(object, "cores", kMaxRanges, [](const Json& range) {
             std::vector<std::uint16_t> numbers;
             for (const Json& one : range) {
                 if (const auto number = number_of<std::uint16_t>(one)) numbers.push_back(*number);
             }
             return numbers;
         })) {
        if (corners.size() != 4 || corners[2] < corners[0] || corners[3] < corners[1]) continue;
        cores.push_back({corners[0], corners[1], corners[2], corners[3]});
    }
    return cores;
}

ledger::AllocationView read_allocation(const Json& json) {
    ledger::AllocationView row;
    row.id = number(json, "id");
    row.pid = number<std::int32_t>(json, "pid");
    row.kind = named<Kind>(json, "kind", kKindCount);
    row.region = named<Region>(json, "region", kRegionCount);
    row.owner = named<Owner>(json, "owner", kOwnerCount);
    row.devices = chips(json, "devices");
    row.mesh = known_number<std::int32_t>(json, "mesh");
    row.address = number(json, "address");
    row.bytes = number(json, "bytes");
    row.bytes_per_bank = number(json, "bytes_per_bank");
    row.occupied_bytes = number(json, "occupied_bytes");
    row.banks = number<std::uint32_t>(json, "banks");
    row.cores = read_cores(json);
    row.program = read_program(child(json, "program"));
    row.call_site = read_call_site(json);
    row.reported = is_true(json, "reported");
    row.reported_free = is_true(json, "reported_free");
    row.ending = read_ending(json);
    row.age_ns = number(json, "age_ns");
    return row;
}

}  // namespace plimsoll::exporting
