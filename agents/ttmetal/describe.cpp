#include "agents/ttmetal/describe.hpp"

#include <string.h>

#include "agents/ttmetal/call_site.hpp"
#include "agents/ttmetal/capabilities.hpp"
#include "agents/ttmetal/coverage.hpp"
#include "agents/ttmetal/symbol.hpp"
#include "base/kind.hpp"

namespace plimsoll::ttmetal {
namespace {

struct Lines {
    char* text;
    std::size_t size;
    std::size_t used = 0;

    void put(const char* bytes) {
        for (; *bytes != '\0'; ++bytes, ++used) {
            if (used < size) text[used] = *bytes;
        }
    }

    template <class... Fields>
    void line(const char* first, Fields... others) {
        put(first);
        ((put("\t"), put(others)), ...);
        put("\n");
    }
};

bool is_there(const char* name) { return find_in_runtime(name) != nullptr; }

template <class Do>
void for_each_function(const Way& way, Do visit) {
    for (std::size_t i = 0; i < Way::kMost && way.seams[i] != nullptr; ++i) {
        visit("seam", way.seams[i]);
    }
    for (std::size_t i = 0; i < Way::kMost && way.accessors[i] != nullptr; ++i) {
        visit("accessor", way.accessors[i]);
    }
}

bool is_open(const Way& way) {
    std::size_t functions = 0;
    std::size_t there = 0;
    for_each_function(way, [&](const char*, const char* name) {
        ++functions;
        if (is_there(name)) ++there;
    });
    return functions != 0 && functions == there;
}

void describe(Lines& to, const Capability& capability) {
    if (capability.only_with != nullptr && !is_there(capability.only_with)) {
        to.line("capability", "not-needed", capability.what, capability.not_needed);
    } else {
        bool there = false;
        for (const Way& way : capability.ways) there = there || is_open(way);
        to.line("capability", there ? "there" : "lost", capability.what, capability.without);
    }
    for (const Way& way : capability.ways) {
        for_each_function(way, [&](const char* role, const char* name) {
            to.line("function", role, is_there(name) ? "1" : "0", name);
        });
    }
}

}  // namespace
}  // namespace plimsoll::ttmetal

using namespace plimsoll;

extern "C" [[gnu::visibility("default")]] size_t plimsoll_ttmetal_describe(char* text,
                                                                           size_t size) {
    ttmetal::Lines to{text, size};
    const char* no_call_sites = ttmetal::why_no_call_sites();
    to.line("call-sites", no_call_sites == nullptr ? "1" : "0",
            no_call_sites == nullptr ? "" : no_call_sites);
    for (const ttmetal::Capability& capability : ttmetal::capabilities()) {
        ttmetal::describe(to, capability);
    }
    for (std::uint32_t subject = PLIMSOLL_BUFFER; subject < PLIMSOLL_SUBJECT_COUNT; ++subject) {
        const auto coverage = ttmetal::coverage_of(subject);
        to.line("coverage", name(static_cast<Subject>(subject)),
                name(static_cast<Coverage>(coverage.state)), coverage.why);
    }
    return to.used;
}
