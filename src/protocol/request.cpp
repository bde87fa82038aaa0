#include "protocol/request.hpp"

#include <array>
#include <limits>
#include <nlohmann/json.hpp>

namespace plimsoll::protocol {
namespace {

using Json = nlohmann::json;

constexpr std::array<const char*, 8> kAsks = {"hello", "snapshot", "watch", "leaks",
                                              "mark",  "marks",    "dump",  "segment"};
constexpr std::size_t kLongestName = 256;

// Reads fields, and keeps the first that is wrong.
class Fields {
  public:
    explicit Fields(const Json& object) : object_(&object) {}

    // An integer of the type.
    template <class Number>
    void read(const char* field, std::optional<Number>& to) {
        const Json* value = find(field);
        if (value == nullptr) return;
        if (!value->is_number_integer() || value->get<std::int64_t>() < 0 ||
            value->get<std::int64_t>() > std::numeric_limits<Number>::max()) {
            return blame(field, "a number that is not negative");
        }
        to = value->get<Number>();
    }

    // The enumerator of that name.
    template <class Enum>
    void read_name(const char* field, std::size_t count, std::optional<Enum>& to) {
        const Json* value = find(field);
        if (value == nullptr) return;
        std::string known;
        for (std::size_t i = 0; i < count; ++i) {
            const auto one = static_cast<Enum>(i);
            if (value->is_string() && value->get_ref<const std::string&>() == name(one)) {
                to = one;
                return;
            }
            known += (i == 0 ? "one of " : ", ") + std::string(name(one));
        }
        blame(field, known);
    }

    void read(const char* field, bool& to) {
        const Json* value = find(field);
        if (value == nullptr) return;
        if (!value->is_boolean()) return blame(field, "true or false");
        to = value->get<bool>();
    }

    void read(const char* field, std::optional<std::string>& to) {
        const Json* value = find(field);
        if (value == nullptr) return;
        if (!value->is_string() || value->get_ref<const std::string&>().empty() ||
            value->get_ref<const std::string&>().size() > kLongestName) {
            return blame(field, "a text of 1 to 256 bytes");
        }
        to = value->get<std::string>();
    }

    [[nodiscard]] const std::string& wrong() const { return wrong_; }

  private:
    const Json* find(const char* field) const {
        const auto found = object_->find(field);
        return found == object_->end() || found->is_null() ? nullptr : &*found;
    }
    void blame(const std::string& field, const std::string& expected) {
        if (wrong_.empty()) wrong_ = "'" + field + "' must be " + expected;
    }

    const Json* object_;
    std::string wrong_;
};

std::string id_of(const Json& object) {
    constexpr std::size_t kLongestId = 64;
    const auto found = object.find("id");
    if (found == object.end() || !(found->is_number() || found->is_string())) return "null";
    std::string id = found->dump(-1, ' ', true, Json::error_handler_t::replace);
    return id.size() > kLongestId ? "null" : id;
}

// Who speaks only newer versions cannot be answered.
bool is_understood(const Json& object) {
    const auto oldest = object.find("oldest_protocol");
    return oldest == object.end() || !oldest->is_number_integer() ||
           oldest->get<std::int64_t>() <= kVersion;
}

std::optional<Ask> ask_of(const Json& object) {
    const auto found = object.find("request");
    if (found == object.end() || !found->is_string()) return std::nullopt;
    for (std::size_t i = 0; i < kAsks.size(); ++i) {
        if (found->get_ref<const std::string&>() == kAsks[i]) return static_cast<Ask>(i);
    }
    return std::nullopt;
}

std::string all_asks() {
    std::string all;
    for (const char* one : kAsks) all += (all.empty() ? "" : ", ") + std::string(one);
    return all;
}

std::string missing(const Request& request) {
    const bool of_one =
        request.ask == Ask::leaks || request.ask == Ask::dump || request.ask == Ask::segment;
    if (of_one && !request.selection.pid) return "'pid' is missing";
    if (request.ask == Ask::mark && !request.name) return "'name' is missing";
    return {};
}

}  // namespace

const char* name(Ask ask) { return kAsks[static_cast<std::size_t>(ask)]; }

std::variant<Request, Failure> read_request(std::string_view text) {
    using Code = Failure::Code;
    // Deep nesting would cost stack: no request has any.
    constexpr int kDeepest = 8;
    const auto shallow = [](int depth, Json::parse_event_t, Json&) { return depth < kDeepest; };
    const Json object = Json::parse(text, shallow, false);
    if (!object.is_object()) return Failure{Code::bad_json, "a JSON object was expected", "null"};
    const std::string id = id_of(object);
    if (!is_understood(object)) {
        return Failure{Code::unsupported_protocol,
                       "this server speaks protocol " + std::to_string(kVersion), id};
    }
    const std::optional<Ask> ask = ask_of(object);
    if (!ask) return Failure{Code::unknown_request, "'request' must be one of " + all_asks(), id};

    Request request;
    request.ask = *ask;
    request.id = id;
    Fields fields(object);
    fields.read("pid", request.selection.pid);
    fields.read("device", request.selection.device);
    fields.read_name("region", kRegionCount, request.selection.region);
    fields.read_name("kind", kKindCount, request.selection.kind);
    fields.read_name("owner", kOwnerCount, request.selection.owner);
    fields.read("allocations", request.allocations);
    fields.read("name", request.name);
    const std::string wrong = fields.wrong().empty() ? missing(request) : fields.wrong();
    if (!wrong.empty()) return Failure{Code::bad_argument, wrong, id};
    return request;
}

std::string write_request(const Request& request) {
    Json object = {{"request", name(request.ask)}, {"protocol", kVersion}};
    const auto put = [&object](const char* field, const auto& value) {
        if (value) object[field] = *value;
    };
    const auto put_name = [&object](const char* field, const auto& value) {
        if (value) object[field] = name(*value);
    };
    put("pid", request.selection.pid);
    put("device", request.selection.device);
    put_name("region", request.selection.region);
    put_name("kind", request.selection.kind);
    put_name("owner", request.selection.owner);
    if (request.allocations) object["allocations"] = true;
    put("name", request.name);
    return object.dump(-1, ' ', true, Json::error_handler_t::replace);
}

}  // namespace plimsoll::protocol
