# Compile options every target of the project gets; linked PRIVATE, so users of the library never do.
add_library(plimsoll_options INTERFACE)
target_compile_features(plimsoll_options INTERFACE cxx_std_20 c_std_11)
target_compile_options(plimsoll_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
  $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual>)
# CMake before 3.24 does not know CMAKE_COMPILE_WARNING_AS_ERROR.
if(CMAKE_COMPILE_WARNING_AS_ERROR AND CMAKE_VERSION VERSION_LESS 3.24)
  target_compile_options(plimsoll_options INTERFACE -Werror)
endif()

if(PLIMSOLL_SANITIZE)
  target_compile_options(plimsoll_options INTERFACE
    -fsanitize=${PLIMSOLL_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(plimsoll_options INTERFACE -fsanitize=${PLIMSOLL_SANITIZE})
  # GCC's thread sanitizer does not model fences, and says so. What they order is only ever
  # accessed atomically, so nothing is reported wrongly.
  target_compile_options(plimsoll_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-tsan>)
endif()
