#pragma once

#include "client/state.hpp"

// The steps of giving a process its segment, shared by attaching and by a forked child.
namespace plimsoll::client {

// Which descriptor is ours, and how to know it again.
void remember_descriptor(plimsoll_client* client, int fd);

// Closes the segment's descriptor if it still is the segment's: the program may have closed it,
// and the number may be another file's by now.
void close_own_descriptor(plimsoll_client* client);

// The live table is empty and every thread looks for its ring anew.
void start_tables(plimsoll_client* client);

// Writes who we are, and last the magic number that says the segment is ready.
void publish(plimsoll_client* client);

}  // namespace plimsoll::client
