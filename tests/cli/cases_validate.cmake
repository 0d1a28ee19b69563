# validate: a table written by hand against the device of round numbers, so that every figure can be checked by eye.
set(round validate tests/data/measured_round.csv --hardware tests/data/round_gpu.json)
roofcast_cli_test(validate.golden.text GOLDEN validate_round.txt ARGS ${round})
roofcast_cli_test(validate.golden.csv  GOLDEN validate_round.csv ARGS ${round} --csv)
roofcast_cli_test(validate.tolerance   ARGS ${round} --tolerance 10% EXIT 1 ERR "median APE [0-9.]+% is above --tolerance 10%")
roofcast_cli_test(validate.missing     ARGS validate nowhere.csv EXIT 4 ERR "nowhere.csv")
roofcast_cli_test(validate.none        ARGS validate EXIT 2 ERR "FILE")
roofcast_cli_test(validate.not_measured ARGS validate tests/golden/sweep_round.csv EXIT 3 ERR "sweep_round.csv:1:[0-9]+: has no column 'op'")
roofcast_cli_test(validate.hardware    ARGS validate tests/data/measured_round.csv --csv OUT "^by,op," ERR "no row could be predicted")
