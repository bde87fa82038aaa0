#pragma once

#include "ledger/input.hpp"
#include "segment/reader.hpp"

namespace plimsoll::collect {

// Identity, counters, coverage and health of a segment: all that needs no table of rows.
ledger::Look look_at(const segment::Reader& reader);

// What it says of its own bookkeeping.
ledger::Health health_of(const segment::Reader& reader);

}  // namespace plimsoll::collect
