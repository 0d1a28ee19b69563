#!/usr/bin/env bash
# The completion scripts, run by the shells they are for. A shell that is not there is not tested.
set -euo pipefail
roofcast=$1
PATH=$(dirname "$roofcast"):$PATH

fail() {
  echo "completion: $*" >&2
  exit 1
}

# Shells keep notes in the user's folder; here it is one of our own.
HOME=$(mktemp -d)
trap 'rm -rf "$HOME"' EXIT
export HOME XDG_CONFIG_HOME=$HOME/config XDG_DATA_HOME=$HOME/data

# shellcheck source=/dev/null
source <("$roofcast" completion bash)

# offers LINE-WORDS... -- EXPECTED: one of the replies to the last word.
offers() {
  COMP_WORDS=()
  while [[ $1 != -- ]]; do
    COMP_WORDS+=("$1")
    shift
  done
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
  _roofcast || true  # compgen fails where it finds nothing
  [[ " ${COMPREPLY[*]} " == *" $2 "* ]] || fail "'${COMP_WORDS[*]}' offers '${COMPREPLY[*]}', not '$2'"
}

offers roofcast "" -- models
offers roofcast comp -- completion
offers roofcast models "" -- show
offers roofcast models show llama-3.1-8 -- llama-3.1-8b
offers roofcast hardware show h100 -- h100-sxm
offers roofcast models list --se -- --search
offers roofcast completion "" -- fish
offers roofcast help mod -- models

for shell in zsh fish; do
  command -v "$shell" > /dev/null || continue
  "$shell" -n <("$roofcast" completion "$shell") || fail "$shell does not read its script"
done
if command -v fish > /dev/null; then
  offered=$(fish --no-config -c 'roofcast completion fish | source; complete -C "roofcast models show llama-3.1-8"')
  [[ $offered == llama-3.1-8b* ]] || fail "fish offers '$offered'"
fi
