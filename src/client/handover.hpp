#pragma once

namespace plimsoll::client {

// Offers the segment to a collector that listens on a SOCK_SEQPACKET socket: one message, the
// descriptor in it. Never waits; a collector that is not there or busy finds the segment itself.
void hand_over(const char* socket_path, int segment_fd);

}  // namespace plimsoll::client
