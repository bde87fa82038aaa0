# What an installation consists of. plimsoll finds the agent and the stub compiler beside itself:
# PREFIX/bin, PREFIX/lib/plimsoll, PREFIX/libexec/plimsoll.
include(GNUInstallDirs)
install(TARGETS plimsoll DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS plimsoll_shared DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(FILES include/plimsoll/client.h include/plimsoll/version.h
        DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/plimsoll)
if(TARGET plimsoll-ttmetal)
  install(TARGETS plimsoll-ttmetal DESTINATION lib/plimsoll)
endif()

configure_file(cmake/plimsoll.pc.in plimsoll.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/plimsoll.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
