# plan: end to end.
roofcast_cli_test(plan.yes      ARGS plan llama-3.1-8b --rps 10 --isl 2Ki --osl 512 --tpot 20ms --hardware h100-sxm
  OUT "^YES: " "How many" "Start")
roofcast_cli_test(plan.no       ARGS plan llama-3.1-8b --rps 10 --isl 2Ki --osl 512 --tpot 1ms --hardware h100-sxm EXIT 1
  OUT "^NO: none of" "works: --tpot" "Why none serves")
roofcast_cli_test(plan.unknown  ARGS plan llama-3.1-8b --rps 10 --isl 2Ki --osl 512 --hardware h100-smx EXIT 2
  ERR "did you mean 'h100-sxm'")
roofcast_cli_test(plan.prices   ARGS plan llama-3.1-8b --rps 10 --isl 2Ki --osl 512 --hardware h100-sxm --price nowhere.csv
  EXIT 4 ERR "nowhere.csv")
roofcast_cli_test(solve.no      ARGS estimate llama-3.1-8b --hardware h100-sxm --context 64Ki --batch 128 --solve kv-heads EXIT 1
  OUT "^ANSWER: none, not even 1 KV head")

# The worked cases are what the program prints.
add_test(NAME cli.planning COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/readme.sh $<TARGET_FILE:roofcast> ${PROJECT_SOURCE_DIR}/docs/planning.md
  WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
set_tests_properties(cli.planning PROPERTIES LABELS cli ENVIRONMENT "XDG_CONFIG_HOME=/dev/null;ROOFCAST_PRESETS=")
