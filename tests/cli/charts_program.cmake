# roofcast-charts, end to end: roofcast_charts_test(name ARGS a b ... [EXIT 0] [OUT regex...] [ERR regex...])
function(roofcast_charts_test name)
  cmake_parse_arguments(ARG "" "EXIT" "ARGS;OUT;ERR" ${ARGN})
  add_test(NAME gui.charts.${name}
    COMMAND ${CMAKE_COMMAND} -DPROGRAM=$<TARGET_FILE:roofcast-charts> -DEXIT=${ARG_EXIT} "-DOUT=${ARG_OUT}" "-DERR=${ARG_ERR}"
            -P ${PROJECT_SOURCE_DIR}/tests/cli/run_case.cmake -- ${ARG_ARGS}
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  # A display that is not there: nobody may try to open it.
  set_tests_properties(gui.charts.${name} PROPERTIES LABELS gui ENVIRONMENT "DISPLAY=:4711;WAYLAND_DISPLAY=none;${known_leaks}")
endfunction()

set(figure tests/data/figure/throughput.json)
set(pictures ${CMAKE_CURRENT_BINARY_DIR}/pictures)
file(MAKE_DIRECTORY ${pictures})
roofcast_charts_test(svg EXIT 0 ARGS --output ${pictures}/a.svg ${figure})
roofcast_charts_test(png EXIT 0 ARGS --output=${pictures}/a.png --theme dark --size 700x500 ${figure})
roofcast_charts_test(help EXIT 0 OUT "usage: roofcast-charts" ARGS --help)
roofcast_charts_test(version EXIT 0 OUT "^roofcast-charts [0-9]" ARGS --version)
roofcast_charts_test(no_output EXIT 2 ERR "^roofcast-charts: --output: missing[^\n]*\n$" ARGS ${figure})
roofcast_charts_test(unknown_theme EXIT 2 ERR "^roofcast-charts: --theme: 'blue' is neither[^\n]*\n$"
  ARGS --output ${pictures}/b.svg --theme blue ${figure})
roofcast_charts_test(missing_figure EXIT 4 ERR "^roofcast-charts: none.json: [^\n]*\n$" ARGS --output ${pictures}/b.svg none.json)
roofcast_charts_test(not_a_figure EXIT 3 ERR "^roofcast-charts: presets/[^\n]*\n$"
  ARGS --output ${pictures}/b.svg presets/gpu/h100-sxm.json)
roofcast_charts_test(unwritable EXIT 4 ERR "^roofcast-charts: ${pictures}/none/b.svg: [^\n]*\n$"
  ARGS --output ${pictures}/none/b.svg ${figure})

# A page of roofcast has the pictures that it draws.
add_test(NAME gui.charts.report
  COMMAND ${CMAKE_COMMAND} -DPROGRAM=$<TARGET_FILE:roofcast> -DEXIT=0 "-DOUT=<svg" -P ${PROJECT_SOURCE_DIR}/tests/cli/run_case.cmake
          -- report tests/data/round_scenario.json
  WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
set_tests_properties(gui.charts.report PROPERTIES LABELS gui
  ENVIRONMENT "ROOFCAST_CHARTS=$<TARGET_FILE:roofcast-charts>;DISPLAY=:4711;WAYLAND_DISPLAY=none;XDG_CONFIG_HOME=/dev/null;ROOFCAST_PRESETS=;${known_leaks}")
