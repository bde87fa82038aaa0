# Every third party of the project, once: version, reason and the one module that uses it.
# All come from the distribution; nothing is fetched while configuring.
find_package(fmt 8 REQUIRED)               # text composition without iostreams     findings, view, cli, machines
find_package(nlohmann_json 3.10 REQUIRED)  # JSON reports in insertion order        export
find_package(CLI11 2.1 REQUIRED)           # subcommands, options, help texts       cli
find_package(Threads REQUIRED)
if(PLIMSOLL_TESTS)
  find_package(GTest 1.11 REQUIRED)        # unit tests                             *_test.cpp
  include(GoogleTest)
endif()
