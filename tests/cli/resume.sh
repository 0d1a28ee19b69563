#!/usr/bin/env bash
# Sweeps that end early, by every means, and go on.
set -euo pipefail
roofcast=$1

fail() {
  echo "resume: $*" >&2
  exit 1
}

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
out=$folder/out.csv
whole=$folder/whole.csv
partial=$out.partial
axes=(llama-3.1-8b --hardware h100-sxm --batch 1..100 --context 1..400)

sweep() { "$roofcast" sweep "${axes[@]}" -o "$out" "$@"; }

# Starts it in the background and stops it once it has written more than there was; again where it ended before.
start() {
  local before state
  for ((try = 0; try < 50; ++try)); do
    before=$(bytes)
    "$roofcast" sweep "${axes[@]}" -o "$out" -q -j 1 "$@" 2> "$folder/err" &
    pid=$!
    # The header is there before the first row is.
    until [[ $(bytes) -gt $((before > header ? before : header)) ]] || ! kill -0 "$pid" 2> /dev/null; do sleep 0.001; done
    kill -STOP "$pid" 2> /dev/null || true
    until state=$(ps -o state= -p "$pid") && [[ $state == [TZ]* ]] || [[ -z $state ]]; do sleep 0.001; done
    [[ ! -e $partial ]] || return 0
    kill -CONT "$pid" 2> /dev/null || true
    wait "$pid" || fail "exit $?: $(cat "$folder/err")"
    [[ ${1-} != --resume ]] || return 1
    rm "$out" "$out.manifest.json"
  done
  fail "never caught while it ran"
}

bytes() { stat -c %s "$partial" 2> /dev/null || echo 0; }

ended_with() {
  local code=0
  wait "$pid" || code=$?
  [[ $code == "$1" ]] || fail "exit $code, not $1: $(cat "$folder/err")"
}

sweep -q
mv "$out" "$whole"
header=$(head -n 1 "$whole" | wc -c)
hash=$(sha256sum < "$whole" | cut -d ' ' -f 1)
rm "$out.manifest.json"

same() {
  cmp "$out" "$whole" || fail "$1: not the bytes of an uninterrupted sweep"
  grep -q "\"sha256\": \"$hash\"" "$out.manifest.json" || fail "$1: not the hash of an uninterrupted sweep"
  grep -q '"rows": 40000' "$out.manifest.json" || fail "$1: not the rows of an uninterrupted sweep"
  local left=("$folder"/*)
  [[ ${left[*]##*/} == "err ${out##*/} ${out##*/}.manifest.json ${whole##*/}" ]] || fail "$1: left ${left[*]##*/}"
}

# Killed again and again, each time a little further.
killed() {
  local kills=0
  while [[ $kills -lt 10 ]] && start --resume; do
    kill -KILL "$pid"
    wait "$pid" 2> /dev/null || kills=$((kills + 1))
  done
  [[ -e $out ]] || sweep -q --resume -j 2
  [[ $kills -gt 0 ]] || fail "$1: was never killed"
  same "$1: kill -9, $kills times"
  [[ $(sweep --resume 2>&1) == "$out: already complete" ]] || fail "$1: complete, but computed again"
  rm "$out" "$out.manifest.json"
}
killed plain

# Ctrl-C.
start
kill -INT "$pid"
kill -CONT "$pid"
ended_with 130
grep -q -- "finished rows are in $partial: --resume goes on" "$folder/err" || fail "Ctrl-C: $(cat "$folder/err")"
cp "$partial" "$folder/kept"
code=0
said=$(sweep -q --resume --tpot 50ms 2>&1) || code=$?
[[ $code == 2 && $said == *"was begun with other arguments or presets"* ]] || fail "other arguments: exit $code, $said"
cmp "$partial" "$folder/kept" || fail "other arguments: rows were touched"
rm "$folder/kept"
sweep -q --resume
same "Ctrl-C"

# A disk that is full; a limit on a file's size stands for it.
rm "$out" "$out.manifest.json"
echo old > "$out"
code=0
said=$( (trap '' XFSZ; ulimit -f 1000; sweep -q) 2>&1) || code=$?
[[ $code == 4 && $said == *"$partial: cannot be written: "*"--resume goes on"* ]] || fail "full disk: exit $code, $said"
[[ $(cat "$out") == old ]] || fail "full disk: the file was touched"
sweep -q --resume
same "full disk"

# Two at once: the second is refused and the first is not disturbed.
rm "$out" "$out.manifest.json"
start
code=0
said=$(sweep -q --resume 2>&1) || code=$?
kill -CONT "$pid"
[[ $code == 4 && $said == *"$partial: is being written by another process"* ]] || fail "two at once: exit $code, $said"
ended_with 0
same "two at once"

if [[ -e /dev/full ]]; then
  code=0
  said=$("$roofcast" sweep "${axes[@]}" -q -o /dev/full 2>&1) || code=$?
  [[ $code == 4 && $said == "roofcast: /dev/full: cannot be written: No space left on device" ]] || fail "/dev/full: exit $code, $said"
fi
mkfifo "$folder/pipe"
cat "$folder/pipe" > "$folder/piped.csv" &
reader=$!
"$roofcast" sweep "${axes[@]}" -q -o "$folder/pipe"
wait "$reader"
cmp "$folder/piped.csv" "$whole" || fail "pipe: other bytes"
[[ ! -e $folder/pipe.manifest.json ]] || fail "pipe: has a manifest"

# Compressed: whole frames stay, and the bytes are those of an uninterrupted sweep again.
rm -f "$folder"/piped.csv "$folder"/pipe "$out" "$out.manifest.json"
out=$folder/out.csv.zst partial=$out.partial
sweep -q
rm "$whole"
mv "$out" "$folder/whole.csv.zst"
rm "$out.manifest.json"
whole=$folder/whole.csv.zst
hash=$(sha256sum < "$whole" | cut -d ' ' -f 1)
killed compressed
