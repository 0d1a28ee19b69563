# What `cmake --install` and `cpack` ship: the program, its presets, its manual page and completions.
include(GNUInstallDirs)
install(TARGETS roofcast RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(PROGRAMS tools/roofcast-dask DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY presets/ DESTINATION ${CMAKE_INSTALL_DATADIR}/roofcast/presets FILES_MATCHING PATTERN "*.json" PATTERN "*.md")
install(FILES LICENSE README.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

# The program writes its own manual page and completions, so they cannot fall behind it.
set(written ${PROJECT_BINARY_DIR}/written)
add_custom_command(OUTPUT ${written}/roofcast.1 ${written}/roofcast.bash ${written}/_roofcast ${written}/roofcast.fish
  COMMAND ${CMAKE_COMMAND} -E make_directory ${written}
  COMMAND roofcast help --man > ${written}/roofcast.1
  COMMAND roofcast completion bash > ${written}/roofcast.bash
  COMMAND roofcast completion zsh > ${written}/_roofcast
  COMMAND roofcast completion fish > ${written}/roofcast.fish
  DEPENDS roofcast VERBATIM)
add_custom_target(roofcast_written ALL DEPENDS ${written}/roofcast.1)
install(FILES ${written}/roofcast.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${written}/roofcast.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME roofcast)
install(FILES ${written}/_roofcast DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
install(FILES ${written}/roofcast.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)

set(CPACK_PACKAGE_NAME roofcast)
set(CPACK_PACKAGE_VENDOR "The Roofcast authors")
set(CPACK_PACKAGE_CONTACT "The Roofcast authors <roofcast@users.noreply.github.com>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Analytical performance simulator and capacity planner for LLM inference")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_PACKAGE_FILE_NAME roofcast-${PROJECT_VERSION}-${CMAKE_SYSTEM_NAME}-${CMAKE_SYSTEM_PROCESSOR})
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_STRIP_FILES ON)
set(CPACK_GENERATOR TGZ DEB)
include(CPack)
