#include <fmt/format.h>

#include <array>

#include "findings/words.hpp"

namespace plimsoll::findings {

// The numbers of Linux on x86-64 and arm64, which are those in a wait status. The C library's own
// names follow the locale and are sentences.
std::string signal_name(int signal) {
    constexpr std::array<const char*, 32> names = {
        "",        "SIGHUP",  "SIGINT",    "SIGQUIT", "SIGILL",   "SIGTRAP", "SIGABRT", "SIGBUS",
        "SIGFPE",  "SIGKILL", "SIGUSR1",   "SIGSEGV", "SIGUSR2",  "SIGPIPE", "SIGALRM", "SIGTERM",
        "",        "SIGCHLD", "SIGCONT",   "SIGSTOP", "SIGTSTP",  "SIGTTIN", "SIGTTOU", "SIGURG",
        "SIGXCPU", "SIGXFSZ", "SIGVTALRM", "SIGPROF", "SIGWINCH", "SIGIO",   "SIGPWR",  "SIGSYS"};
    const auto index = static_cast<std::size_t>(signal);
    if (signal > 0 && index < names.size() && *names[index] != '\0') return names[index];
    return fmt::format("signal {}", signal);
}

}  // namespace plimsoll::findings
