#include "agents/ttmetal/story.hpp"

#include "agents/ttmetal/attach.hpp"

using namespace plimsoll::ttmetal;

namespace {

template <class Tell>
int told(Tell tell) {
    plimsoll_client* observer = client_if_attached();
    return observer != nullptr && tell(observer) == PLIMSOLL_OK ? 1 : 0;
}

}  // namespace

__attribute__((visibility("default"))) int plimsoll_ttmetal_mark(const char* name) {
    return told([name](plimsoll_client* to) { return plimsoll_mark(to, text(to, name)); });
}

__attribute__((visibility("default"))) int plimsoll_ttmetal_window_begin(const char* name) {
    return told([name](plimsoll_client* to) { return plimsoll_scope_begin(to, text(to, name)); });
}

__attribute__((visibility("default"))) int plimsoll_ttmetal_window_end() {
    return told([](plimsoll_client* to) { return plimsoll_scope_end(to); });
}
