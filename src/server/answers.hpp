#pragma once

#include <string>
#include <vector>

#include "protocol/request.hpp"
#include "server/conversation.hpp"
#include "server/marks.hpp"
#include "server/watch_list.hpp"

namespace plimsoll::server {

// Answers requests out of what is watched. Who asks is told of its own processes; root of all.
class Answers {
  public:
    Answers(WatchList& list, const Limits& limits)
        : list_(&list), limits_(limits), marks_(limits.marks) {}

    // Answers one request at once. True: who asks wants to be told of changes from now on.
    bool answer(Conversation& to, const protocol::Request& request);

  private:
    using Body = std::variant<std::string, protocol::Failure>;

    Body body(const Conversation& to, const protocol::Request& request);
    Body snapshot(const Conversation& to, const protocol::Request& request);
    Body of_one(Watched& watched, const protocol::Request& request);
    Body mark(const Conversation& to, const protocol::Request& request);

    WatchList* list_;
    Limits limits_;
    Marks marks_;
};

}  // namespace plimsoll::server
