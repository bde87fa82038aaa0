include(CheckIPOSupported)

# plimsoll_module(NAME
#   [DEPS module|library ...] [PRIVATE_OPTIONS ...] [SOURCES file.cpp ...] [TESTS file_test.cpp ...]
#   [HOT])
#
# HOT: runs in the watched program's time; plimsoll_optimize_across_files() below.
# A module is a static library plimsoll_NAME, built from its own folder, with hidden symbols,
# position-independent (the agent links some of them) and one test program for its tests.
# Includes are written from src/, from include/ or from the repository ("machines/...").
function(plimsoll_module name)
  cmake_parse_arguments(M "HOT" "" "DEPS;PRIVATE_OPTIONS;SOURCES;TESTS" ${ARGN})
  if(M_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "plimsoll_module(${name}): unknown arguments ${M_UNPARSED_ARGUMENTS}")
  endif()
  list(TRANSFORM M_DEPS REPLACE "^([a-z_]+)$" "plimsoll_\\1")

  if(NOT M_SOURCES)  # headers only
    add_library(plimsoll_${name} INTERFACE)
    target_include_directories(plimsoll_${name} INTERFACE
      ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR})
    target_link_libraries(plimsoll_${name} INTERFACE ${M_DEPS})
    plimsoll_module_test(${name} ${M_TESTS})
    return()
  endif()

  add_library(plimsoll_${name} STATIC ${M_SOURCES})
  set_target_properties(plimsoll_${name} PROPERTIES
    POSITION_INDEPENDENT_CODE ON
    CXX_VISIBILITY_PRESET hidden
    C_VISIBILITY_PRESET hidden
    VISIBILITY_INLINES_HIDDEN ON)
  target_include_directories(plimsoll_${name} PUBLIC
    ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR})
  target_link_libraries(plimsoll_${name} PUBLIC ${M_DEPS} PRIVATE plimsoll_options)
  target_compile_options(plimsoll_${name} PRIVATE ${M_PRIVATE_OPTIONS})
  if(M_HOT)
    plimsoll_optimize_across_files(plimsoll_${name})
  endif()
  plimsoll_module_test(${name} ${M_TESTS})
endfunction()

# What an event costs is calls between small files, unless the linker may inline them.
function(plimsoll_optimize_across_files target)
  check_ipo_supported(RESULT supported OUTPUT reason LANGUAGES C CXX)
  if(supported AND CMAKE_BUILD_TYPE STREQUAL "RelWithDebInfo")
    set_target_properties(${target} PROPERTIES INTERPROCEDURAL_OPTIMIZATION ON)
  endif()
endfunction()

# The test program of a module: NAME_test, run by ctest one test case at a time.
function(plimsoll_module_test name)
  if(NOT PLIMSOLL_TESTS OR NOT ARGN)
    return()
  endif()
  add_executable(${name}_test ${ARGN})
  # Compiling tests takes longer than running them, and optimizing is most of that.
  target_compile_options(${name}_test PRIVATE $<$<CONFIG:RelWithDebInfo>:-O0>)
  target_link_libraries(${name}_test PRIVATE
    plimsoll_${name} plimsoll_options GTest::gtest GTest::gtest_main GTest::gmock)
  gtest_discover_tests(${name}_test DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 300)
endfunction()
