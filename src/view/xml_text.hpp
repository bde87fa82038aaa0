#pragma once

#include <string>
#include <string_view>

namespace plimsoll::view {

// Any bytes as text of XML, inside an attribute too: printable, and nothing in it is markup.
std::string xml_text(std::string_view text);

}  // namespace plimsoll::view
