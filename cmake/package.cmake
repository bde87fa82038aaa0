# cpack in the build folder makes a Debian package of all that is installed.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME plimsoll)
set(CPACK_PACKAGE_CONTACT "The Plimsoll developers <plimsoll@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "who holds every byte of accelerator memory, and why")
set(CPACK_STRIP_FILES ON)
# With DESTDIR, so that the unit's template sees the prefix of the installed package.
set(CPACK_SET_DESTDIR ON)
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
  "Attaches to an unmodified Tenstorrent TT-NN program and tells which of its tensors, programs and
circular buffers hold device memory, since when, and why they are still held. Brings the command,
the allocation server with units for systemd, and the C interface for other runtimes.")
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "libcurl4 | libcurl4t64")  # plimsoll fleet loads it
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)  # others may link to libplimsoll
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${PROJECT_SOURCE_DIR}/packaging/deb/prerm)
include(CPack)
