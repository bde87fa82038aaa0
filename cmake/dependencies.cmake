# Every third party of the project, once: version, reason and the one module that uses it.
# All come from the distribution; nothing is fetched while configuring.
find_package(fmt 8 REQUIRED)               # text composition without iostreams     findings, view, cli, machines
find_package(nlohmann_json 3.10 REQUIRED)  # JSON reports in insertion order        export
find_package(CLI11 2.1 REQUIRED)           # subcommands, options, help texts       cli
set(CURSES_NEED_WIDE TRUE)
set(CURSES_NEED_NCURSES TRUE)
find_package(Curses REQUIRED)              # the terminal of plimsoll top           top
if(NOT TARGET Curses::Curses)              # before CMake 3.29 it is variables
  add_library(Curses::Curses INTERFACE IMPORTED)
  target_include_directories(Curses::Curses INTERFACE ${CURSES_INCLUDE_DIRS})
  target_link_libraries(Curses::Curses INTERFACE ${CURSES_LIBRARIES})
  target_compile_options(Curses::Curses INTERFACE ${CURSES_CFLAGS})
endif()
find_package(PkgConfig REQUIRED)
pkg_check_modules(systemd REQUIRED IMPORTED_TARGET libsystemd)  # its sockets and descriptors, server
pkg_check_modules(microhttpd REQUIRED IMPORTED_TARGET libmicrohttpd)  # HTTP in one poll loop, http
pkg_check_modules(libdw REQUIRED IMPORTED_TARGET libdw libelf)  # names of native functions, symbols
pkg_check_modules(libcurl REQUIRED libcurl)  # its headers: the library is loaded when needed, fleet
find_package(Threads REQUIRED)
if(PLIMSOLL_TESTS)
  find_package(GTest 1.11 REQUIRED)        # unit tests                             *_test.cpp
  include(GoogleTest)
endif()
