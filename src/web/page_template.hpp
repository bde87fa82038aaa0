#pragma once

#include <string_view>

namespace plimsoll::web {

// web/dist/page.html, which the build puts into the program: the page without its data.
std::string_view page_template();

}  // namespace plimsoll::web
