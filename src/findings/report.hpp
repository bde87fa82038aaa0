#pragma once

#include <optional>
#include <string>
#include <vector>

#include "findings/finding.hpp"
#include "ledger/snapshot.hpp"

namespace plimsoll::findings {

// One watched run of a command: everything a report prints, and nothing it would have to ask for.
struct Report {
    std::vector<std::string> command;
    std::optional<int> exit_code;  // of the command; nothing when a signal ended it
    std::optional<int> signal;
    std::uint64_t elapsed_ns = 0;
    std::string package;  // such as "ttnn 0.81.1"; empty when unknown
    std::string machine;  // such as "mock:t3k"; empty when unknown
    bool attached = false;
    std::string not_attached_why;    // one sentence, when nothing attached
    std::vector<std::string> notes;  // what went wrong while watching, one sentence each
    ledger::Snapshot snapshot;
    std::vector<Finding> findings;  // most severe first
};

}  // namespace plimsoll::findings
