#pragma once

#include <string>
#include <vector>

#include "findings/refused.hpp"

// The lines that findings about refusals have in common.
namespace plimsoll::findings {

// "L1_SMALL on device 0", "L1 on all 8 devices".
std::string place_text(const ledger::RefusalView& view, std::size_t all_devices);

// Who asked, with all that is known of the way there; "a place not known".
std::string asker_text(const ledger::CallSite& site);

// "1048576 B/bank   75.3 %   1 buffer   model.py:12 in forward", columns aligned; at most `most`,
// and how many more there are. `bank_bytes`: what the share is of.
std::vector<std::string> holder_lines(const std::vector<Holder>& holders,
                                      std::optional<std::uint64_t> bank_bytes, std::size_t most);

// The place that a holder is: "model.py:12 in forward"; "a place not known".
std::string holder_name(const Holder& holder);

// "3 buffers of model.py:12 in forward (4096 B/bank, 1048640 .. 1064960)".
std::string holder_text(const Holder& holder);

// The lines, or that nobody knows, with how far they reach.
std::vector<std::string> held_by(const Refused& refused);

// The same of what came since the last mark; empty when there was none.
std::vector<std::string> new_since_mark(const Refused& refused);

}  // namespace plimsoll::findings
