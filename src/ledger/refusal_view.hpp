#pragma once

#include "ledger/input.hpp"
#include "ledger/pictures.hpp"
#include "ledger/snapshot.hpp"

namespace plimsoll::ledger {

// A refusal with everything it refers to, and the picture of its moment where there is one.
RefusalView refusal_view(const Tables& tables, const Look& look, const Refusal& refusal,
                         const Picture* picture);

}  // namespace plimsoll::ledger
