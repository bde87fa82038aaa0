#include "server/announcer.hpp"

namespace plimsoll::server {

using namespace std::chrono_literals;

bool Announcer::may_print(Time now) const { return !any_ || now - when_ >= 1s; }

bool Announcer::is_due(const std::string& text, Time now) {
    if (!may_print(now)) return false;
    if (any_ && text == printed_ && now - when_ < 10s) return false;
    any_ = true;
    printed_ = text;
    when_ = now;
    return true;
}

}  // namespace plimsoll::server
