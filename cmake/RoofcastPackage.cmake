# What `cmake --install` and `cpack` ship: the program, its presets, its manual page and completions; apart from
# them (component gui, Debian package roofcast-gui), what needs Qt.
include(GNUInstallDirs)
set(CMAKE_INSTALL_DEFAULT_COMPONENT_NAME roofcast)
install(TARGETS roofcast RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(PROGRAMS tools/roofcast-dask DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY presets/ DESTINATION ${CMAKE_INSTALL_DATADIR}/roofcast/presets FILES_MATCHING PATTERN "*.json" PATTERN "*.md")
install(FILES LICENSE README.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

if(TARGET roofcast-charts)
  install(TARGETS roofcast-charts RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT gui)
  install(TARGETS roofcast-gui RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT gui)
  install(FILES gui/LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/roofcast-gui RENAME copyright COMPONENT gui)
  set(desktop io.github.roofcast.Roofcast)
  install(FILES gui/desktop/${desktop}.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications COMPONENT gui)
  install(FILES gui/desktop/${desktop}.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo COMPONENT gui)
  install(FILES gui/icons/roofcast.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps
    RENAME ${desktop}.svg COMPONENT gui)
endif()

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
set(platform ${PROJECT_VERSION}-${CMAKE_SYSTEM_NAME}-${CMAKE_SYSTEM_PROCESSOR})
set(CPACK_PACKAGE_FILE_NAME roofcast-${platform})
set(CPACK_COMPONENTS_ALL roofcast)
if(TARGET roofcast-charts)
  list(APPEND CPACK_COMPONENTS_ALL gui)
endif()
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_ROOFCAST_PACKAGE_NAME roofcast)
set(CPACK_DEBIAN_ROOFCAST_FILE_NAME roofcast-${platform}.deb)
set(CPACK_DEBIAN_ROOFCAST_PACKAGE_SUGGESTS roofcast-gui)
set(CPACK_DEBIAN_GUI_PACKAGE_NAME roofcast-gui)
set(CPACK_DEBIAN_GUI_FILE_NAME roofcast-gui-${platform}.deb)
set(CPACK_DEBIAN_GUI_PACKAGE_DEPENDS "roofcast (= ${PROJECT_VERSION}), fonts-dejavu-core")
set(CPACK_COMPONENT_GUI_DESCRIPTION "Roofcast's desktop planner and charts, on Qt Charts (GPL-3.0-or-later)")
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_STRIP_FILES ON)
set(CPACK_GENERATOR TGZ DEB)
include(CPack)
