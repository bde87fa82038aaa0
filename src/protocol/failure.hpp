#pragma once

#include <string>

namespace plimsoll::protocol {

// Why a request was not answered: a code that stays the same, and a sentence for a person.
struct Failure {
    enum class Code {
        bad_frame,             // what came is no frame; the connection ends
        bad_json,              // a frame's text is no JSON object
        unknown_request,       // of a newer client, or misspelt
        bad_argument,          // a field has a value it cannot have
        unsupported_protocol,  // there is no version that both speak
        not_found,             // no such process or mark, or not to be seen by who asks
        too_large,             // the answer would be longer than the server's limit
        too_many,              // a limit of the server is reached
    };
    Code code = Code::bad_json;
    std::string message;
    std::string id = "null";  // the request's, when it could be read
};

constexpr const char* name(Failure::Code code) {
    constexpr const char* names[] = {
        "bad-frame", "bad-json",  "unknown-request", "bad-argument", "unsupported-protocol",
        "not-found", "too-large", "too-many"};
    return names[static_cast<std::size_t>(code)];
}

}  // namespace plimsoll::protocol
