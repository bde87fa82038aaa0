#pragma once

#include <string>
#include <vector>

#include "findings/finding.hpp"
#include "ledger/sighting.hpp"
#include "upstream/sighting.hpp"

// What is seen of running processes, schema 1.
namespace plimsoll::exporting {

// `upstream`: what the runtime itself counts, where it does.
std::string ps_json(const ledger::Sighting& sighting, const upstream::Sighting& upstream = {});

// With every live allocation.
std::string show_json(const ledger::ProcessView& process);

std::string leaks_json(const ledger::ProcessView& process,
                       const std::vector<findings::Finding>& findings);

}  // namespace plimsoll::exporting
