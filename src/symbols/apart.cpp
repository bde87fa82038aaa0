#include "symbols/apart.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <fstream>
#include <optional>
#include <string_view>

#include "base/unique_fd.hpp"

namespace plimsoll::symbols {
namespace {

constexpr rlim_t kMostSeconds = 10;
constexpr rlim_t kMostBytes = rlim_t{4} << 30;
constexpr std::size_t kLongestAnswer = std::size_t{64} << 20;

void limit(int what, rlim_t most) {
    const rlimit both{most, most};
    ::setrlimit(static_cast<__rlimit_resource>(what), &both);
}

// What this process may write to already: with a sanitizer that is terabytes.
rlim_t data_bytes() {
    std::ifstream sizes("/proc/self/statm");
    rlim_t pages = 0;
    for (int field = 0; field < 6; ++field) sizes >> pages;
    return pages * static_cast<rlim_t>(::sysconf(_SC_PAGESIZE));
}

void write_all(int fd, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(fd, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) ::_exit(1);  // nobody wants to know any more
        text.remove_prefix(static_cast<std::size_t>(written));
    }
}

// Each answer at once: what comes later may be the end.
[[noreturn]] void answer(int fd, const std::vector<std::string>& places, const NameOne& name_one) {
    limit(RLIMIT_CPU, kMostSeconds);
    limit(RLIMIT_DATA, data_bytes() + kMostBytes);
    limit(RLIMIT_CORE, 0);
    for (const std::string& place : places) {
        const ledger::Frame frame = name_one(place);
        std::string text;
        for (const std::string& field : {frame.file, frame.function, std::to_string(frame.line)}) {
            text.append(field.c_str()).push_back('\0');
        }
        write_all(fd, text);
    }
    ::_exit(0);
}

std::string read_all(int fd) {
    std::string text;
    char some[65536];
    while (text.size() < kLongestAnswer) {
        const std::size_t room = std::min(sizeof some, kLongestAnswer - text.size());
        const ssize_t length = ::read(fd, some, room);
        if (length < 0 && errno == EINTR) continue;
        if (length <= 0) break;
        text.append(some, static_cast<std::size_t>(length));
    }
    return text;
}

// The next field, which must be whole.
std::optional<std::string> take(std::string_view& text) {
    const std::size_t end = text.find('\0');
    if (end == std::string_view::npos) return std::nullopt;
    std::string field(text.substr(0, end));
    text.remove_prefix(end + 1);
    return field;
}

std::optional<ledger::Frame> take_frame(std::string_view& text) {
    const std::optional<std::string> file = take(text);
    const std::optional<std::string> function = take(text);
    const std::optional<std::string> line = take(text);
    if (!file || !function || !line) return std::nullopt;
    ledger::Frame frame{*file, *function, 0};
    std::from_chars(line->data(), line->data() + line->size(), frame.line);
    return frame;
}

}  // namespace

std::vector<ledger::Frame> named_apart(const std::vector<std::string>& places,
                                       const NameOne& name_one) {
    int ends[2];
    if (places.empty() || ::pipe2(ends, O_CLOEXEC) != 0) return {};
    UniqueFd from(ends[0]);
    UniqueFd to(ends[1]);
    const pid_t process = ::fork();
    if (process == 0) {
        from.reset();  // else writing would wait for ourselves when nobody reads any more
        answer(to.get(), places, name_one);
    }
    to.reset();
    if (process < 0) return {};
    const std::string text = read_all(from.get());
    from.reset();  // it may have more to say than anybody wants to read
    while (::waitpid(process, nullptr, 0) < 0 && errno == EINTR) {
    }

    std::vector<ledger::Frame> frames;
    std::string_view rest = text;
    while (frames.size() < places.size()) {
        std::optional<ledger::Frame> frame = take_frame(rest);
        if (!frame) break;
        frames.push_back(*std::move(frame));
    }
    return frames;
}

}  // namespace plimsoll::symbols
