#pragma once

#include "findings/report.hpp"
#include "ledger/snapshot.hpp"

namespace plimsoll::reader {

// The report of the process that calls, while it runs.
findings::Report own_report(ledger::ProcessView view);

}  // namespace plimsoll::reader
