# estimate, compare, explain: the tour of README, as an 80-column terminal shows it.
function(roofcast_tour_test name golden)
  roofcast_cli_test(${name} GOLDEN ${golden} ${ARGN})
  set_tests_properties(cli.${name} PROPERTIES ENVIRONMENT "COLUMNS=80;XDG_CONFIG_HOME=${CMAKE_CURRENT_BINARY_DIR}/no-config;ROOFCAST_PRESETS=")
endfunction()

roofcast_tour_test(tour.estimate tour_estimate.txt ARGS estimate llama-3.1-8b --hardware h100-sxm --context 32Ki)
roofcast_tour_test(tour.compare tour_compare.txt
  ARGS compare llama-3.1-8b --hardware h100-sxm --context 32Ki --attention mha,gqa:8,gqa:4,mqa)
roofcast_tour_test(tour.replicated tour_replicated.txt
  ARGS compare llama-3.1-70b --hardware h100-sxm --context 32Ki --tp 8 --attention mha,gqa:8,gqa:4,mqa)
roofcast_tour_test(tour.explain tour_explain.txt ARGS explain kv_bytes_per_token --model llama-3.1-8b)

roofcast_cli_test(estimate.no      ARGS estimate llama-3.1-8b --hardware h100-sxm --context 32Ki --batch 64 EXIT 1 OUT "^NO: ")
roofcast_cli_test(estimate.unknown ARGS estimate lama-3.1-8b --hardware h100-sxm --context 32Ki EXIT 2 ERR "did you mean 'llama-3.1-8b'")
roofcast_cli_test(estimate.file    ARGS estimate nowhere.json --hardware h100-sxm --context 32Ki EXIT 4 ERR "nowhere.json")
roofcast_cli_test(explain.unknown  ARGS explain kv_poll EXIT 2 ERR "did you mean 'kv_pool'")
