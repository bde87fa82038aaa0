#include "metrics/families.hpp"

#include "plimsoll/version.h"

namespace plimsoll::metrics {

void add_server(std::vector<Family>& to, const Scene& scene) {
    using Type = Family::Type;
    const ServerHealth& server = scene.server;
    to.push_back({"plimsoll_build",
                  Type::info,
                  "The server's version.",
                  "",
                  {{{{"version", PLIMSOLL_VERSION}}, 1}}});
    to.push_back({"process_start_time_seconds",
                  Type::gauge,
                  "When the server began, since 1970.",
                  "seconds",
                  {{{}, server.start_time_s}}});
    to.push_back({"process_cpu_seconds",
                  Type::counter,
                  "Processor time the server has taken.",
                  "seconds",
                  {{{}, server.cpu_s}}});
    to.push_back({"process_resident_memory_bytes",
                  Type::gauge,
                  "Memory of the server.",
                  "bytes",
                  {{{}, server.resident_bytes}}});
    to.push_back({"process_open_fds",
                  Type::gauge,
                  "Descriptors the server has open.",
                  "",
                  {{{}, server.descriptors}}});
}

std::vector<Family> families(const Scene& scene) {
    std::vector<Family> all;
    add_memory(all, scene);
    add_kinds(all, scene);
    add_processes(all, scene);
    add_doings(all, scene);
    add_upstream(all, scene);
    add_server(all, scene);
    return all;
}

}  // namespace plimsoll::metrics
