# What gui/ is built with. Included by the root file: imported targets belong to its directory.
# AUTO builds it where Qt is, ON insists, OFF never looks.
set(required QUIET)
if(NOT ROOFCAST_BUILD_GUI STREQUAL "AUTO")
  set(required REQUIRED)
endif()
find_package(Qt6 6.4 ${required} COMPONENTS Widgets Charts Svg OPTIONAL_COMPONENTS Test)
if(Qt6Widgets_FOUND AND Qt6Charts_FOUND AND Qt6Svg_FOUND)
  set(ROOFCAST_HAS_GUI ON)
else()
  message(STATUS "gui: left out; it needs qt6-base-dev qt6-charts-dev libqt6opengl6-dev qt6-svg-dev (Qt 6.4: Widgets, Charts, Svg)")
endif()
