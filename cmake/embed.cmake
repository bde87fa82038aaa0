# plimsoll_embed(FILE OUTPUT HEADER header FUNCTION namespace::function)
#
# Writes OUTPUT into the build folder: the function of HEADER, which returns the bytes of FILE as a
# std::string_view. They stand there as numbers: a literal has a limit in some compilers.
function(plimsoll_embed file output)
  cmake_parse_arguments(E "" "HEADER;FUNCTION" "" ${ARGN})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  file(READ ${file} bytes HEX)
  string(REGEX REPLACE "(................................)" "\\1\n" bytes "${bytes}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
  file(CONFIGURE OUTPUT ${output} @ONLY CONTENT [[
#include "@E_HEADER@"

namespace {
constexpr unsigned char kBytes[] = {
@bytes@};
}  // namespace

std::string_view @E_FUNCTION@() {
    return {reinterpret_cast<const char*>(kBytes), sizeof kBytes};
}
]])
endfunction()
