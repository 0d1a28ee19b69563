#!/usr/bin/env bash
# Every block of a document that starts with "$ roofcast ..." shows what the program prints. A last line "..." stands
# for the rest of the output. Several commands may share a block.
# ROOFCAST_UPDATE_GOLDEN=1 writes the present output into the document instead.
set -euo pipefail
roofcast=$1 document=$2
PATH=$(dirname "$roofcast"):$PATH
export COLUMNS=100
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# shown COMMAND LINES: what the document has to show; LINES empty: everything.
shown() {
  bash -c "$1" > "$folder/out" 2> /dev/null || true
  if [[ -n $2 ]]; then
    head -n "$2" "$folder/out"
    echo ...
  else
    cat "$folder/out"
  fi
}

# Rewrites the document with the present output, then compares.
in_block=false command='' lines=()
flush() {
  [[ -n $command ]] || return 0
  local keep=''
  if ((${#lines[@]} > 0)) && [[ ${lines[-1]} == ... ]]; then keep=$((${#lines[@]} - 1)); fi
  shown "$command" "$keep"
  command='' lines=()
}
while IFS= read -r line; do
  if [[ $line == '```'* ]]; then
    flush
    if $in_block; then in_block=false; else in_block=true; fi
    printf '%s\n' "$line"
  elif $in_block && [[ $line == '$ roofcast '* ]]; then
    flush
    command=${line#\$ }
    printf '%s\n' "$line"
  elif [[ -n $command ]]; then
    lines+=("$line")
  else
    printf '%s\n' "$line"
  fi
done < "$document" > "$folder/document"

if [[ -n ${ROOFCAST_UPDATE_GOLDEN:-} ]]; then
  cp "$folder/document" "$document"
elif ! diff -u "$document" "$folder/document"; then
  echo "$document does not show what the program prints" >&2
  exit 1
fi
