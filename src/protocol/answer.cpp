#include "protocol/answer.hpp"

#include <nlohmann/json.hpp>

#include "protocol/request.hpp"

namespace plimsoll::protocol {
namespace {

using Json = nlohmann::ordered_json;

std::string text_of(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json json_of(const Mark& mark) {
    Json last_ids = Json::object();
    for (const auto& [pid, id] : mark.last_ids) last_ids[std::to_string(pid)] = id;
    return {{"name", mark.name}, {"age_ns", mark.age_ns}, {"last_ids", last_ids}};
}

// A field of that type, else what stands for none.
template <class T>
T field(const Json& object, const char* name, T none) {
    const auto found = object.find(name);
    if (found == object.end()) return none;
    if constexpr (std::is_same_v<T, std::string>) {
        return found->is_string() ? found->template get<T>() : none;
    } else {
        return found->is_number_integer() ? found->template get<T>() : none;
    }
}

const Json& list(const Json& object, const char* name) {
    static const Json empty = Json::array();
    const auto found = object.find(name);
    return found != object.end() && found->is_array() ? *found : empty;
}

}  // namespace

std::string write_answer(std::string_view id, std::string_view what, std::string_view body) {
    std::string text = "{\"protocol\":" + std::to_string(kVersion) + ",\"id\":";
    text.append(id).append(",\"answer\":\"").append(what).append("\",\"body\":");
    text.append(body).append("}");
    return text;
}

std::string write_failure(const Failure& failure) {
    return write_answer(failure.id, "error",
                        text_of({{"code", name(failure.code)}, {"message", failure.message}}));
}

std::string hello_body(std::string_view plimsoll) {
    return text_of({{"plimsoll", plimsoll}, {"protocol", kVersion}, {"oldest_protocol", 1}});
}

std::string mark_body(const Mark& mark) { return text_of(json_of(mark)); }

std::string marks_body(const std::vector<Mark>& marks) {
    Json all = Json::array();
    for (const Mark& mark : marks) all.push_back(json_of(mark));
    return text_of({{"marks", all}});
}

std::variant<Answer, Failure> read_answer(std::string_view text) {
    const Json object = Json::parse(text, nullptr, false);
    if (!object.is_object() || !object.contains("body")) {
        return Failure{Failure::Code::bad_json, "the server's answer is none", "null"};
    }
    const Json& body = object["body"];
    Answer answer{field<std::string>(object, "answer", ""), text_of(body)};
    if (answer.what != "error") return answer;
    const std::string code = field<std::string>(body, "code", "");
    Failure failure{Failure::Code::bad_json, field<std::string>(body, "message", ""), "null"};
    for (int i = 0; i <= static_cast<int>(Failure::Code::too_many); ++i) {
        const auto one = static_cast<Failure::Code>(i);
        if (code == name(one)) failure.code = one;
    }
    return failure;
}

std::vector<Mark> read_marks(std::string_view body) {
    std::vector<Mark> marks;
    const Json object = Json::parse(body, nullptr, false);
    for (const Json& from : list(object, "marks")) {
        Mark mark;
        mark.name = field<std::string>(from, "name", "");
        mark.age_ns = field<std::uint64_t>(from, "age_ns", 0);
        const auto last_ids = from.find("last_ids");
        if (last_ids != from.end() && last_ids->is_object()) {
            for (const auto& [pid, id] : last_ids->items()) {
                if (id.is_number_integer()) mark.last_ids[std::atoi(pid.c_str())] = id;
            }
        }
        marks.push_back(std::move(mark));
    }
    return marks;
}

ProcessNames read_processes(std::string_view body) {
    ProcessNames names;
    const Json object = Json::parse(body, nullptr, false);
    for (const Json& from : list(object, "processes")) {
        names.running.push_back({field<std::int32_t>(from, "pid", 0),
                                 field<std::int32_t>(from, "namespace_pid", 0),
                                 field<std::uint64_t>(from, "start_time", 0)});
    }
    for (const Json& note : list(object, "notes")) {
        if (note.is_string()) names.notes.push_back(note.get<std::string>());
    }
    return names;
}

}  // namespace plimsoll::protocol
