#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "export/values.hpp"

// Fields of JSON that anybody may have written. What is missing, of another type or out of range is
// nothing; texts are cut, and lists have an end.
namespace plimsoll::exporting {

inline constexpr std::size_t kLongestText = 4096;
inline constexpr std::size_t kMostChips = 256;

inline const Json& child(const Json& object, const char* name) {
    static const Json none = Json::object();
    const auto found = object.find(name);
    return found == object.end() || found->is_null() ? none : *found;
}

template <class Number>
std::optional<Number> number_of(const Json& value) {
    if (!value.is_number_integer()) return {};
    if (value.is_number_unsigned()) {
        const auto number = value.get<std::uint64_t>();
        constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<Number>::max());
        return number <= kMost ? std::optional(static_cast<Number>(number)) : std::nullopt;
    }
    const auto number = value.get<std::int64_t>();
    if (number < 0 && std::is_unsigned_v<Number>) return {};
    if (number < static_cast<std::int64_t>(std::numeric_limits<Number>::min())) return {};
    return static_cast<Number>(number);
}

template <class Number = std::uint64_t>
std::optional<Number> known_number(const Json& object, const char* name) {
    return number_of<Number>(child(object, name));
}

template <class Number = std::uint64_t>
Number number(const Json& object, const char* name) {
    return known_number<Number>(object, name).value_or(0);
}

inline bool is_true(const Json& object, const char* name) {
    const Json& value = child(object, name);
    return value.is_boolean() && value.get<bool>();
}

inline std::string text(const Json& object, const char* name) {
    const Json& value = child(object, name);
    if (!value.is_string()) return {};
    return value.get_ref<const std::string&>().substr(0, kLongestText);
}

// The enumerator of that name; the first one, which stands for what is not known.
template <class Enum>
Enum named(const Json& object, const char* field, std::size_t count) {
    const std::string word = text(object, field);
    for (std::size_t i = 0; i < count; ++i) {
        if (word == name(static_cast<Enum>(i))) return static_cast<Enum>(i);
    }
    return Enum{};
}

// At most so many elements of a list, each by `read`.
template <class Read>
auto list(const Json& object, const char* name, std::size_t most, Read read) {
    std::vector<decltype(read(object))> values;
    const Json& array = child(object, name);
    if (!array.is_array()) return values;
    for (const Json& one : array) {
        if (values.size() == most) break;
        values.push_back(read(one));
    }
    return values;
}

inline std::vector<std::string> texts(const Json& object, const char* name, std::size_t most) {
    return list(object, name, most, [](const Json& one) {
        return one.is_string() ? one.get_ref<const std::string&>().substr(0, kLongestText)
                               : std::string();
    });
}

inline std::vector<std::int32_t> chips(const Json& object, const char* name) {
    std::vector<std::int32_t> values;
    for (const auto& one : list(object, name, kMostChips, number_of<std::int32_t>)) {
        if (one) values.push_back(*one);
    }
    return values;
}

// Parts of findings.
ledger::CallSite read_call_site(const Json& object);  // `op` and `call_sites`
std::optional<ledger::Program> read_program(const Json& program);
ledger::CoreSet read_cores(const Json& object);
ledger::AllocationView read_allocation(const Json& json);
findings::Refused read_refused(const Json& finding);
findings::Finding read_finding(const Json& json);

// What a report says of its processes and devices, with the allocations that are named in it or in
// its findings.
ledger::Snapshot read_snapshot(const Json& json, const std::vector<findings::Finding>& findings);
// `devices` of a report, or of a process.
std::vector<ledger::DeviceUse> read_devices(const Json& watched);

}  // namespace plimsoll::exporting
