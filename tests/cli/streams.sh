#!/usr/bin/env bash
# Results that nobody can read: a reader that left, a full disk, a closed stdout.
set -euo pipefail
roofcast=$1

fail() {
  echo "streams: $*" >&2
  exit 1
}

# A reader that went away ends the program quietly, by the signal (141 = 128 + SIGPIPE).
errors=$({ "$roofcast" help --man; echo "exit $?" >&2; } 2>&1 > >(exec true) | cat)
[[ $errors == "exit 141" || $errors == "exit 0" ]] || fail "left reader: $errors"
code=0
errors=$( (trap '' PIPE; for _ in {1..200}; do "$roofcast" help --man || exit $?; done) 2>&1 > >(exec true)) || code=$?
[[ $code == 141 && -z $errors ]] || fail "left reader, signal ignored by the parent: exit $code, '$errors'"

# So does the reader of a sweep that has enough: at once, not when the last of 10 M points is computed.
errors=$({ timeout 30 "$roofcast" sweep llama-3.1-8b --hardware h100-sxm --batch 1..1000 --context 1..10000 --csv -q; echo "exit $?" >&2; } 2>&1 > >(head -n 2 > /dev/null) | cat)
[[ $errors == "exit 141" ]] || fail "sweep into head: $errors"

if [[ -e /dev/full ]]; then
  code=0
  errors=$("$roofcast" help --man 2>&1 > /dev/full) || code=$?
  [[ $code == 4 ]] || fail "full disk: exit $code"
  [[ $errors == "roofcast: stdout: cannot be written: No space left on device" ]] || fail "full disk: $errors"
fi

errors=$("$roofcast" help --man 2>&1 >&-) || fail "closed stdout: exit $?"
[[ -z $errors ]] || fail "closed stdout: $errors"

# An interrupted sweep keeps its finished rows beside the file's name, whole lines only, and says so.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$roofcast" sweep llama-3.1-8b --hardware h100-sxm --batch 1..1000 --context 1..50000 -o "$folder/out.csv" 2> "$folder.err" &
sweep=$!
# The header is there before the first row is.
until [[ $(wc -l < "$folder/out.csv.partial" || true) -gt 1 ]] || ! kill -0 "$sweep"; do sleep 0.01; done 2> /dev/null
kill -TERM "$sweep"
code=0
wait "$sweep" || code=$?
[[ $code == 130 ]] || fail "interrupted: exit $code"
left=("$folder"/*)
[[ ${left[*]##*/} == "out.csv.partial out.csv.partial.plan.json" ]] || fail "interrupted: left ${left[*]##*/}"
rows=$(($(wc -l < "$folder/out.csv.partial") - 1))
[[ $(tail -c 1 "$folder/out.csv.partial" | wc -l) == 1 ]] || fail "interrupted: the last line is not whole"
said=$(tr -d , < "$folder.err")
[[ $said == *"out.csv: interrupted $rows finished rows are in $folder/out.csv.partial"* ]] || fail "interrupted: $(cat "$folder.err")"
rm -f "$folder.err" "$folder"/*

# Stopped at once, mostly before the first row: without a row there is nothing to keep, and no file is left.
for _ in {1..5}; do
  "$roofcast" sweep llama-3.1-8b --hardware h100-sxm --batch 1..1000 --context 1..50000 -q -o "$folder/out.csv" 2> "$folder.err" &
  sweep=$!
  until [[ -e $folder/out.csv.partial ]] || ! kill -0 "$sweep" 2> /dev/null; do :; done
  kill -TERM "$sweep"
  code=0
  wait "$sweep" || code=$?
  [[ $code == 130 ]] || fail "interrupted at once: exit $code"
  left=("$folder"/*)
  if [[ $(< "$folder.err") == *"interrupted before any row was written" ]]; then
    [[ ${left[*]##*/} == "*" ]] || fail "interrupted before any row: left ${left[*]##*/}"
  else
    [[ ${left[*]##*/} == "out.csv.partial out.csv.partial.plan.json" ]] || fail "interrupted at once: left ${left[*]##*/}"
  fi
  rm -f "$folder.err" "$folder"/*
done

# Colour needs a terminal; a pipe is none.
"$roofcast" help | grep -q $'\x1b' && fail "escape sequences in a pipe"
exit 0
