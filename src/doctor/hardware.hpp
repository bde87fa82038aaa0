#pragma once

namespace plimsoll::doctor {

struct Hardware {
    int devices = 0;  // under /dev/tenstorrent
    bool may_be_opened = false;
    bool mock_cluster = false;  // the caller's environment names a mock cluster of its own
};

// That of this host; no device is opened.
Hardware hardware();

}  // namespace plimsoll::doctor
