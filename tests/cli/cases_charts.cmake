# Charts without a window. What is drawn is drawn by another program; these cases put a script in its place.
set(fake_charts ${CMAKE_CURRENT_LIST_DIR}/fake_charts.sh)
set(charts ${CMAKE_CURRENT_BINARY_DIR}/charts)
file(MAKE_DIRECTORY ${charts})
set(round_model tests/data/round_model.json --hardware tests/data/round_gpu.json --context 1000)

# roofcast_chart_test(name PROGRAM fake_charts ...): the same with ROOFCAST_CHARTS.
function(roofcast_chart_test name)
  cmake_parse_arguments(ARG "" "PROGRAM" "" ${ARGN})
  roofcast_cli_test(${name} ${ARG_UNPARSED_ARGUMENTS})
  set_property(TEST cli.${name} APPEND PROPERTY ENVIRONMENT "ROOFCAST_CHARTS=${ARG_PROGRAM}")
endfunction()

roofcast_chart_test(charts.drawn PROGRAM ${fake_charts}
  ARGS plot tests/golden/sweep_round.csv --kind throughput -o ${charts}/t.svg --theme dark --size 640x480
  ERR "t.svg: written")
roofcast_chart_test(charts.refused PROGRAM ${fake_charts}
  ARGS plot tests/golden/sweep_round.csv -o ${charts}/t.svg --size 666x666 EXIT 4 ERR "roofcast-charts: the disk is full")
roofcast_chart_test(charts.missing PROGRAM ${charts}/nowhere
  ARGS plot tests/golden/sweep_round.csv -o ${charts}/t.png EXIT 4 ERR "install the package roofcast-gui")
roofcast_chart_test(charts.values PROGRAM ${charts}/nowhere
  ARGS plot tests/golden/sweep_round.csv --kind pareto -o ${charts}/p.csv)
roofcast_chart_test(charts.estimate PROGRAM ${charts}/nowhere
  ARGS estimate ${round_model} --chart ${charts}/e.json --chart-kind memory OUT "KV cache" ERR "e.json: written")
roofcast_chart_test(charts.compare PROGRAM ${charts}/nowhere
  ARGS compare ${round_model} --attention mha,mqa --chart ${charts}/c.csv --chart-kind limits ERR "c.csv: written")

roofcast_cli_test(plot.ascii  ARGS plot tests/golden/sweep_round.csv --ascii GOLDEN plot_round.txt)
roofcast_cli_test(plot.kind   ARGS plot tests/golden/sweep_round.csv --kind throughputs --ascii EXIT 2 ERR "throughput")
roofcast_cli_test(plot.ending ARGS plot tests/golden/sweep_round.csv -o chart.pdf EXIT 2 ERR "chart.pdf.: expected a name that ends in .svg")
roofcast_cli_test(plot.size   ARGS plot tests/golden/sweep_round.csv -o chart.svg --size 12 EXIT 2 ERR "WIDTHxHEIGHT")
roofcast_cli_test(plot.size_least ARGS plot tests/golden/sweep_round.csv -o chart.svg --size 299x800 EXIT 2 ERR "300 to 10000 pixels")
roofcast_cli_test(plot.nowhere ARGS plot tests/golden/sweep_round.csv EXIT 2 ERR "--output: missing")
roofcast_cli_test(plot.missing ARGS plot nowhere.csv --ascii EXIT 4 ERR "nowhere.csv")
roofcast_cli_test(plot.not_a_sweep ARGS plot tests/data/measured_round.csv --ascii EXIT 3 ERR "measured_round.csv:1:.*has no column 'model'")
roofcast_cli_test(plot.no_predictions ARGS plot tests/data/measured_round.csv --kind parity --ascii EXIT 3 ERR "has no predictions")
roofcast_cli_test(roofline.table ARGS roofline ${round_model} --batch 1,10 GOLDEN roofline_round.txt)
roofcast_cli_test(roofline.csv   ARGS roofline ${round_model} --phase decode --batch 10 --csv OUT "^phase,batch,operator,layers,")
roofcast_cli_test(roofline.phase ARGS roofline ${round_model} --phase decoding EXIT 2 ERR "expected decode or prefill")
roofcast_cli_test(roofline.measured_missing ARGS roofline ${round_model} --measured nowhere.csv EXIT 4 ERR "nowhere.csv")
roofcast_cli_test(roofline.measured_unused ARGS roofline ${round_model} --measured tests/data/measured_round.csv ERR "note: --measured: shown in charts alone")
roofcast_cli_test(roofline.csv_and_chart ARGS roofline ${round_model} --csv -o ${charts}/r.csv OUT "^phase,batch,operator,layers," ERR "r.csv: written")
roofcast_cli_test(roofline.csv_or_ascii ARGS roofline ${round_model} --csv --ascii EXIT 2 ERR "--ascii: excludes --json and --csv")
roofcast_cli_test(roofline.measured ARGS roofline ${round_model} --measured tests/data/measured_round.csv --ascii OUT "measured decode_attention")
