# The program as a whole: words, exit codes, streams.
roofcast_cli_test(none            EXIT 2 ERR "^Usage: roofcast COMMAND")
roofcast_cli_test(help            ARGS --help                EXIT 0 OUT "Usage: roofcast COMMAND" "completion")
roofcast_cli_test(help.command    ARGS help completion       EXIT 0 OUT "bash, zsh, fish")
roofcast_cli_test(help.unknown    ARGS help completoin       EXIT 2 ERR "did you mean 'completion'")
roofcast_cli_test(version         ARGS --version             EXIT 0 OUT "^roofcast [0-9]+\\.[0-9]+\\.[0-9]+")
roofcast_cli_test(version.json    ARGS --version --json      EXIT 0 OUT "\"schema_version\":1" "\"version\":\"[0-9.]+\"")
roofcast_cli_test(unknown_command ARGS estimat               EXIT 2 ERR "^roofcast: no command 'estimat'")
roofcast_cli_test(unknown_flag    ARGS version --jsn         EXIT 2 ERR "^roofcast: --jsn: unknown option .did you mean '--json'")
roofcast_cli_test(missing_word    ARGS completion            EXIT 2 ERR "^roofcast: SHELL: missing")
roofcast_cli_test(bad_choice      ARGS completion csh        EXIT 2 ERR "'csh' is not one of bash, zsh, fish")
roofcast_cli_test(many_errors     ARGS version --a --b --c --d EXIT 2 ERR "--a.*\n.*--b.*\n.*and 2 more problems\n$")

# docs/cli_reference.md is what the program says of itself.
add_test(NAME cli.help.reference
  COMMAND ${CMAKE_COMMAND} -DPROGRAM=$<TARGET_FILE:roofcast> -DEXIT=0 -DGOLDEN=${PROJECT_SOURCE_DIR}/docs/cli_reference.md
          -P ${CMAKE_CURRENT_LIST_DIR}/run_case.cmake -- help --markdown)

# The tour of the README is what the program prints.
add_test(NAME cli.readme COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/readme.sh $<TARGET_FILE:roofcast> ${PROJECT_SOURCE_DIR}/README.md)

# The completion scripts, in the shells that are there.
add_test(NAME cli.completion COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/completion.sh $<TARGET_FILE:roofcast>)

# Streams that are closed, full or left: a shell knows how.
add_test(NAME cli.streams COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/streams.sh $<TARGET_FILE:roofcast>)
add_test(NAME cli.resume COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/resume.sh $<TARGET_FILE:roofcast>)
add_test(NAME cli.mpirun COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/mpirun.sh $<TARGET_FILE:roofcast>)
set_tests_properties(cli.mpirun PROPERTIES SKIP_RETURN_CODE 77)

set_tests_properties(cli.help.reference cli.readme cli.completion cli.streams cli.resume cli.mpirun PROPERTIES LABELS cli
  ENVIRONMENT "XDG_CONFIG_HOME=/dev/null;ROOFCAST_PRESETS=")

# The report opened in a browser, where there is one.
add_test(NAME cli.report_page COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/report_page.sh $<TARGET_FILE:roofcast>)
set_tests_properties(cli.report_page PROPERTIES LABELS "cli;browser" SKIP_REGULAR_EXPRESSION "skipped:"
  ENVIRONMENT "XDG_CONFIG_HOME=/dev/null;ROOFCAST_PRESETS=")
