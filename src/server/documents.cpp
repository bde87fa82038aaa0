#include "server/documents.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "server/ending.hpp"
#include "server/http_door.hpp"
#include "server/page_routes.hpp"

namespace plimsoll::server {
namespace {

Result<std::string> contents_of(int fd) {
    struct stat status {};
    if (::fstat(fd, &status) != 0) return Error{"there are no documents", errno};
    std::string text(static_cast<std::size_t>(status.st_size), '\0');
    for (std::size_t at = 0; at < text.size();) {
        const ssize_t size =
            ::pread(fd, text.data() + at, text.size() - at, static_cast<off_t>(at));
        if (size <= 0) return Error{"the documents cannot be read", size < 0 ? errno : EIO};
        at += static_cast<std::size_t>(size);
    }
    return text;
}

}  // namespace

int serve_documents(const Options& options) {
    Result<std::string> text = contents_of(options.documents);
    if (!text) {
        fmt::print(stderr, "plimsolld: {}: {}\n  expected: what plimsoll serve hands over\n",
                   text.error().text, std::strerror(static_cast<int>(text.error().number)));
        return kOwnFailure;
    }
    const std::unique_ptr<http::Door> door = open_http(options, options.http.token_file);
    if (!door) return kOwnFailure;
    const auto documents = std::make_shared<const std::string>(std::move(text).value());
    door->add(page_route());
    door->add({"/api/report", http::Access::asker,
               [documents](const collect::Asker&) { return json_answer(documents); }});
    const UniqueFd ending = signals_to_end();
    fmt::print("plimsoll: the report is at {}\n", place_of_page(*door, options.http.token_file));
    std::fflush(stdout);
    for (;;) {
        constexpr int kSleepMs = 1000;
        pollfd waits[] = {{ending.get(), POLLIN, 0}, {door->fd(), POLLIN, 0}};
        ::poll(waits, 2, door->wait_ms(kSleepMs));
        if ((waits[0].revents & POLLIN) != 0) return 0;
        door->serve();
    }
}

}  // namespace plimsoll::server
