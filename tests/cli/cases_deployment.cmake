# estimate, compare, sweep: exit codes, error texts, and golden files of a model and a device with round numbers
# (tests/data): weights streamed 0.8 GB and KV 0.2 GB a sequence of 10,000 tokens, at 1 TB/s.
set(round_model tests/data/round_model.json)
set(round_gpu --hardware tests/data/round_gpu.json)

roofcast_cli_test(estimate.golden ARGS estimate ${round_model} ${round_gpu} --context 10000 --batch 10
  GOLDEN estimate_round.txt)
roofcast_cli_test(estimate.json.golden ARGS estimate ${round_model} ${round_gpu} --context 10000 --batch 10 --json
  GOLDEN estimate_round.json)
roofcast_cli_test(compare.golden ARGS compare ${round_model} ${round_gpu} --context 10000 --attention mha,gqa:5,mqa
  GOLDEN compare_round.txt)
roofcast_cli_test(sweep.golden
  ARGS sweep ${round_model} ${round_gpu} --context 1000,10000 --batch 1,10,1000 --attention gqa:5,mqa
  GOLDEN sweep_round.csv)

# The same from a file: its paths are relative to its folder.
roofcast_cli_test(scenario.golden ARGS estimate --scenario tests/data/round_scenario.json GOLDEN estimate_round.txt)
roofcast_cli_test(scenario.override ARGS estimate --scenario tests/data/round_scenario.json --batch 1000 EXIT 1 OUT "^NO")
roofcast_cli_test(diff.equal ARGS diff tests/data/round_scenario.json tests/golden/estimate_round.json OUT "^No difference")
roofcast_cli_test(diff.neither ARGS diff tests/data/round_scenario.json tests/data/round_gpu.json
  EXIT 3 ERR "^roofcast: tests/data/round_gpu.json: is neither a scenario nor an estimate")
roofcast_cli_test(report.stdout ARGS report tests/data/round_scenario.json OUT "^<!DOCTYPE html>" "</html>")
roofcast_cli_test(report.no_file ARGS report nonesuch.json EXIT 4 ERR "^roofcast: nonesuch.json: ")

# An answer "no" is exit 1, with the exact bytes all the same.
roofcast_cli_test(estimate.weights_too_large ARGS estimate llama-3.1-70b --hardware h100-sxm --context 8Ki
  EXIT 1 OUT "^NO" "141,107,412,992 B")
roofcast_cli_test(estimate.batch_too_large ARGS estimate llama-3.1-8b --hardware h100-sxm --context 32Ki --batch 1000
  EXIT 1 OUT "^NO")

# What the user can mend is exit 2 and one line each.
roofcast_cli_test(estimate.no_hardware  ARGS estimate llama-3.1-8b --context 8Ki EXIT 2 ERR "^roofcast: --hardware: missing")
roofcast_cli_test(estimate.no_context   ARGS estimate llama-3.1-8b --hardware h100-sxm EXIT 2 ERR "^roofcast: --context: missing")
roofcast_cli_test(estimate.unknown_gpu  ARGS estimate llama-3.1-8b --hardware h100-smx --context 8Ki
  EXIT 2 ERR "^roofcast: --hardware: 'h100-smx'[^\n]*did you mean 'h100-sxm'[^\n]*\n$")
roofcast_cli_test(estimate.unknown_model ARGS estimate llama-3.1-9b --hardware h100-sxm --context 8Ki
  EXIT 2 ERR "'llama-3.1-9b'[^\n]*did you mean 'llama-3.1-8b'")
roofcast_cli_test(estimate.bad_value    ARGS estimate llama-3.1-8b --hardware h100-sxm --context 8KiB
  EXIT 2 ERR "--context: '8KiB': expected a number of tokens, e.g. 4096 or 32Ki")
roofcast_cli_test(estimate.alias        ARGS estimate llama-3.1-8b --hardware h100-sxm --max-model-len 8Ki OUT "^YES")
roofcast_cli_test(estimate.decimal      ARGS estimate llama-3.1-8b --hardware h100-sxm --context 128k
  ERR "128k is 128,000; 128Ki is 131,072")
roofcast_cli_test(estimate.gpus         ARGS estimate llama-3.1-8b --hardware h100-sxm --context 8Ki --tp 2 --gpus 3
  EXIT 2 ERR "--gpus")
roofcast_cli_test(estimate.imported     ARGS estimate tests/data/tiny_llama_config.json --hardware l40s --context 1Ki OUT "^YES")
roofcast_cli_test(models.import         ARGS models import tests/data/tiny_llama_config.json
  OUT "\"q_heads\": 4, \"kv_heads\": 2, \"head_dim\": 16")
roofcast_cli_test(models.import.none    ARGS models import nonesuch.gguf EXIT 4 ERR "^roofcast: nonesuch.gguf: ")
roofcast_cli_test(models.import.wrong   ARGS models import presets/gpu/h100-sxm.json EXIT 3 ERR "h100-sxm.json")

roofcast_cli_test(sweep.points          ARGS sweep llama-3.1-8b --hardware h100-sxm --batch 1..256:x2 --context 1Ki..128Ki:x2
  OUT "^schema,point,model," "\n1,71,llama-3.1-8b,[^\n]*\n$" ERR "72 points")
roofcast_cli_test(sweep.end_not_hit     ARGS sweep llama-3.1-8b --hardware h100-sxm --batch 1..100:x2 --context 1Ki
  ERR "'1..100:x2' ends at 64; 100 is not hit")
roofcast_cli_test(sweep.where           ARGS sweep llama-3.1-8b --hardware h100-sxm --tp 1,2,4,8 --pp 1,2 --context 1Ki
  --where "tp*pp<=2" OUT "\n1,0,[^\n]*\n1,1,[^\n]*\n1,2,[^\n]*\n$")
roofcast_cli_test(sweep.where.none      ARGS sweep llama-3.1-8b --hardware h100-sxm --context 1Ki --where "tp>8"
  EXIT 1 OUT "^schema,[^\n]*\n$" ERR "--where: keeps none of the points")
roofcast_cli_test(sweep.json            ARGS sweep llama-3.1-8b --hardware h100-sxm --context 1Ki --batch 1,2 --json
  OUT "\n{\"schema\":1,\"point\":0,\"model\":\"llama-3.1-8b\"[^\n]*\"isl_tokens\":null,[^\n]*},\n{[^\n]*}\n")
roofcast_cli_test(sweep.where.bad       ARGS sweep llama-3.1-8b --hardware h100-sxm --context 1Ki --where "tpp<=8"
  EXIT 2 ERR "--where: 'tpp<=8' at 1: unknown column 'tpp'")
roofcast_cli_test(sweep.no_folder       ARGS sweep llama-3.1-8b --hardware h100-sxm --context 1Ki -o nonesuch/out.csv
  EXIT 4 ERR "roofcast: nonesuch/out.csv: cannot be written: No such file or directory")
roofcast_cli_test(merge.no_manifest       ARGS merge tests/golden/sweep_round.csv -o nonesuch.csv
  EXIT 4 ERR "^roofcast: tests/golden/sweep_round.csv.manifest.json: ")
roofcast_cli_test(merge.no_output         ARGS merge tests/golden/sweep_round.csv EXIT 2 ERR "--output")
roofcast_cli_test(compare.unknown       ARGS compare llama-3.1-8b --hardware h100-sxm --context 8Ki --attention mha,gqqa:8
  EXIT 2 ERR "gqqa:8")
