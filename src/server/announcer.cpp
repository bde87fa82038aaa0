#include "server/announcer.hpp"

namespace plimsoll::server {

bool Announcer::is_due(const std::string& text, Time now) {
    using namespace std::chrono_literals;
    const auto since = now - when_;
    const bool due = !any_ || since >= 10s || (text != printed_ && since >= 1s);
    if (!due) return false;
    any_ = true;
    printed_ = text;
    when_ = now;
    return true;
}

}  // namespace plimsoll::server
