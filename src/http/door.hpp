#pragma once

#include <sys/types.h>

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "http/address.hpp"
#include "http/admission.hpp"
#include "http/answer.hpp"
#include "http/limits.hpp"
#include "http/rates.hpp"
#include "http/streams.hpp"
#include "http/visits.hpp"

struct MHD_Daemon;
struct MHD_Connection;
struct MHD_Response;

namespace plimsoll::http {

// Where HTTP is spoken, and who is let in.
struct DoorOptions {
    Address address;
    std::string token;               // of a port; at a socket file the kernel names the user
    std::optional<gid_t> group;      // whose members, at a socket file, are told of all users
    std::vector<std::string> names;  // of this machine; see is_own_host()
    Limits limits;
};

// An HTTP server that is read from and never written to, over libmicrohttpd.
//
// Trust:   whoever reaches the address may send any bytes at any speed. By a port, whoever shows
// the
//          token is told what the user of this process may see.
// Limits:  DoorOptions::limits.
// Threads: one, that of serve(), which never blocks; the caller polls fd() between.
class Door {
  public:
    // Error: errno of the socket; EINVAL: a port without a token.
    static Result<std::unique_ptr<Door>> open(DoorOptions options);
    Door(const Door&) = delete;
    Door& operator=(const Door&) = delete;
    ~Door();

    // Before serve() is called for the first time.
    void add(Route route) { routes_.push_back(std::move(route)); }

    // Readable when serve() has something to do.
    [[nodiscard]] int fd() const;
    // How long may be waited for fd(), of `most_ms`.
    [[nodiscard]] int wait_ms(int most_ms) const;
    void serve();

    // Where it listens, with the port that was chosen.
    [[nodiscard]] const Address& place() const { return place_; }
    [[nodiscard]] const std::string& token() const { return options_.token; }
    [[nodiscard]] std::size_t connections() const { return visits_.count(); }
    [[nodiscard]] std::size_t streams() const { return streams_.count(); }

  private:
    struct Callbacks;  // what the library calls
    struct DaemonEnd {
        void operator()(MHD_Daemon* daemon) const;
    };

    explicit Door(DoorOptions options);
    // Somebody who is let in.
    struct Guest {
        const Route* route;
        Request request;
    };
    // Or the answer to whoever is not.
    std::variant<Guest, Answer> receive(MHD_Connection* connection, const std::string& path,
                                        const std::string& method);
    MHD_Response* response_to(MHD_Connection* connection, const Guest& guest, int& status);
    Answer answer_of(const Guest& guest) const;
    // Nothing: it is not known who asks.
    std::optional<collect::Asker> asker_of(MHD_Connection* connection,
                                           const Headers& headers) const;

    DoorOptions options_;
    Address place_;
    std::vector<Route> routes_;
    Rates rates_;
    Visits visits_;
    Streams streams_;
    std::unique_ptr<MHD_Daemon, DaemonEnd> daemon_;
};

}  // namespace plimsoll::http
