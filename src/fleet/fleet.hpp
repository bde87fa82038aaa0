#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "fleet/answer.hpp"

// All hosts together, as a Prometheus or a VictoriaMetrics that scrapes them knows them.
namespace plimsoll::fleet {

// One region of one chip; of L1, the fullest core.
struct Chip {
    std::string host;
    std::string device;
    std::string arch;
    std::string region;  // "dram" or "l1_per_core"
    std::uint64_t live = 0;
    std::uint64_t capacity = 0;

    [[nodiscard]] double used() const {
        return capacity == 0 ? 0 : static_cast<double>(live) / static_cast<double>(capacity);
    }
};

struct HostProcess {
    std::string host;
    std::string pid;
    std::string name;
    std::string user;
    std::uint64_t live = 0;  // on all chips, in all regions
};

struct HostFinding {
    std::string host;
    std::string code;
    std::uint64_t running = 0;  // in processes that run
    std::uint64_t ended = 0;    // in processes that ended in the last hour
};

struct Fleet {
    std::uint64_t hosts = 0;  // that answer
    std::vector<std::string> silent;
    std::uint64_t silent_count = 0;  // with those that are not listed
    std::uint64_t chips = 0;
    std::uint64_t processes = 0;
    std::vector<Chip> fullest;  // the worst first, as the others
    std::vector<HostProcess> largest;
    std::vector<HostFinding> findings;
};

// Answers one query of PromQL.
using Ask = std::function<std::variant<Rows, Refused>(const std::string& query)>;

// At most `top` of each list: the server sorts, and sends no more than that.
std::variant<Fleet, Refused> look_at_fleet(const Ask& ask, std::uint64_t top);

// Schema 1.
std::string fleet_json(const Fleet& fleet);

}  // namespace plimsoll::fleet
