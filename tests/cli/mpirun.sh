#!/usr/bin/env bash
# Ranks of Open MPI are the shards of a sweep. Exit code 77: there is no mpirun.
set -euo pipefail
roofcast=$1

fail() {
  echo "mpirun: $*" >&2
  exit 1
}

command -v mpirun > /dev/null || { echo "skipped: needs mpirun (openmpi-bin)"; exit 77; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
sweep=("$roofcast" sweep llama-3.1-8b --hardware "h100-sxm,h200-sxm" --batch 1..50 --context 1Ki..16Ki:1Ki)

as_root=()
((EUID != 0)) || as_root=(--allow-run-as-root)
mpirun "${as_root[@]}" --oversubscribe -np 3 "${sweep[@]}" --shard auto -j 1 -o "$folder/out.csv" 2> "$folder/said" ||
  fail "exit $?: $(cat "$folder/said")"
for rank in 1 2 3; do
  grep -q "of 1,600 points, shard $rank of 3" "$folder/said" || fail "rank $rank: $(cat "$folder/said")"
done
"$roofcast" merge "$folder"/out-*-of-00003.csv -o "$folder/out.csv"
"${sweep[@]}" -q -o "$folder/whole.csv"
cmp "$folder/out.csv" "$folder/whole.csv" || fail "not the bytes of one process"
