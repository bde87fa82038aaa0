#include <cstdint>
#include <sstream>
#include <string>

#include "server/arguments.hpp"

// The server's file of options. Whatever it holds is taken or refused by name; nothing else
// happens, and no limit is ever 0.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    CLI::App app;
    plimsoll::server::Options options;
    plimsoll::server::add_arguments(app, options);
    std::istringstream file(std::string(reinterpret_cast<const char*>(data), size));
    try {
        app.parse_from_stream(file);
    } catch (const CLI::Error&) {
        return 0;
    }
    const plimsoll::server::Limits& limits = options.limits;
    if (limits.connections == 0 || limits.processes == 0 || limits.rows == 0) __builtin_trap();
    return 0;
}
