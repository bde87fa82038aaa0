#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "protocol/answer.hpp"
#include "protocol/frame.hpp"
#include "protocol/request.hpp"

// What comes from a socket, cut into messages of any length: first byte, how long they are.
// Whatever is a frame is read as a request, which must be understood again when it is written, and
// as an answer, as a client of a hostile server would.
using namespace plimsoll::protocol;

namespace {

void read(const std::string& text) {
    const auto request = read_request(text);
    if (const auto* understood = std::get_if<Request>(&request)) {
        const auto again = read_request(write_request(*understood));
        if (!std::holds_alternative<Request>(again)) __builtin_trap();
    } else {
        const auto answer = read_answer(write_failure(std::get<Failure>(request)));
        const auto* failure = std::get_if<Failure>(&answer);
        if (failure == nullptr || failure->code != std::get<Failure>(request).code) {
            __builtin_trap();
        }
    }
    (void)read_answer(text);
    (void)read_marks(text);
    (void)read_processes(text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    const std::size_t step = data[0] == 0 ? bytes.size() + 1 : data[0];
    FrameReader frames(4096);
    for (std::size_t at = 0; at < bytes.size(); at += step) {
        frames.put(bytes.substr(at, step));
        while (const auto text = frames.next()) read(*text);
    }
    read(std::string(bytes));
    return 0;
}
