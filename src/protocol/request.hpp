#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "ledger/select.hpp"
#include "protocol/failure.hpp"

// What the server may be asked; docs/protocol.md describes it for those who write a client.
namespace plimsoll::protocol {

inline constexpr int kVersion = 1;

enum class Ask { hello, snapshot, watch, leaks, mark, marks, dump, segment };
const char* name(Ask ask);

struct Request {
    Ask ask = Ask::hello;
    std::string id;  // JSON of the client's choice, given back in the answer
    ledger::Selection selection;
    bool allocations = false;         // of a snapshot: with each single one
    std::optional<std::string> name;  // of a mark
};

// Reads one frame's text. Never throws; what it does not know in a request it leaves aside.
std::variant<Request, Failure> read_request(std::string_view text);

// As a client writes it.
std::string write_request(const Request& request);

}  // namespace plimsoll::protocol
