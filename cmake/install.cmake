# What an installation consists of. It may be moved as a whole: plimsoll finds its libraries and the
# stub compiler beside itself (PREFIX/bin, PREFIX/lib/plimsoll, PREFIX/libexec/plimsoll), and both packages
# find the library from where they lie.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
install(TARGETS plimsoll plimsolld DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES include/plimsoll/allocation_client.hpp include/plimsoll/client.h include/plimsoll/gtest.hpp
        include/plimsoll/reader.h include/plimsoll/version.h
        DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/plimsoll)
if(TARGET plimsoll-ttmetal)
  install(TARGETS plimsoll-ttmetal DESTINATION lib/plimsoll)
endif()
install(DIRECTORY python/plimsoll DESTINATION lib/plimsoll/python
        FILES_MATCHING PATTERN "*.py" PATTERN "py.typed")
install(FILES LICENSE DESTINATION share/doc/plimsoll RENAME copyright)
# Manual pages and completion, of src/pages.
install(DIRECTORY ${PROJECT_BINARY_DIR}/share/ DESTINATION ${CMAKE_INSTALL_DATAROOTDIR} OPTIONAL)

# The server as a service of systemd: plimsolld.socket starts it. The unit names the program by its
# whole path, which is known when it is installed and not before.
install(CODE "
  set(plimsolld \"\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_BINDIR}/plimsolld\")
  configure_file(\"${PROJECT_SOURCE_DIR}/packaging/systemd/plimsolld.service.in\"
                 \"${PROJECT_BINARY_DIR}/plimsolld.service\" @ONLY)
  configure_file(\"${PROJECT_SOURCE_DIR}/packaging/systemd/plimsolld-http.conf.in\"
                 \"${PROJECT_BINARY_DIR}/plimsolld-http.conf\" @ONLY)")
install(FILES ${PROJECT_BINARY_DIR}/plimsolld.service packaging/systemd/plimsolld.socket
        DESTINATION lib/systemd/system)

# What other programs read: docs/metrics.md tells which.
install(FILES ${PROJECT_BINARY_DIR}/plimsolld-http.conf DESTINATION share/plimsoll/systemd)
install(FILES packaging/prometheus/prometheus.yml packaging/prometheus/plimsoll-rules.yml
        DESTINATION share/plimsoll/prometheus)
install(FILES packaging/grafana/plimsoll-dashboard.json DESTINATION share/plimsoll/grafana)
install(FILES packaging/kubernetes/plimsolld.yaml DESTINATION share/plimsoll/kubernetes)
install(FILES packaging/opentelemetry/collector.yml DESTINATION share/plimsoll/opentelemetry)

# find_package(plimsoll) or find_package(Plimsoll), plimsoll::plimsoll, plimsoll::reader
set(plimsoll_package ${CMAKE_INSTALL_LIBDIR}/cmake/plimsoll)
set_target_properties(plimsoll_shared PROPERTIES EXPORT_NAME plimsoll)
install(TARGETS plimsoll-reader EXPORT plimsoll
        DESTINATION lib/plimsoll
        INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(TARGETS plimsoll_shared EXPORT plimsoll
        DESTINATION ${CMAKE_INSTALL_LIBDIR}
        INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT plimsoll FILE plimsoll-config.cmake NAMESPACE plimsoll::
        DESTINATION ${plimsoll_package})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/plimsoll-config-version.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/plimsoll-config-version.cmake DESTINATION ${plimsoll_package})

# pkg-config plimsoll
file(RELATIVE_PATH plimsoll_prefix_from_pc /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(cmake/plimsoll.pc.in plimsoll.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/plimsoll.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
