#pragma once

#include "model/session.hpp"

namespace plimsoll::model {

// A session by the names of its machine and release.
inline Session make_session(const char* machine, const char* release, Defects defects = {}) {
    return Session(*machines::find(machine), *find_release(release), defects);
}

}  // namespace plimsoll::model
