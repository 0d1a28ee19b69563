#!/usr/bin/env bash
# Format, file length, clang-tidy. Everything that is checked is checked before it fails.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source tools/dependencies.sh
require_dependencies lint

failed=0
mapfile -t sources < <(git ls-files --cached --others --exclude-standard '*.cpp' '*.hpp')

echo "== clang-format ($(clang-format --version | grep -o 'version [0-9.]*'), ${#sources[@]} files)"
clang-format --dry-run -Werror "${sources[@]}" || failed=1

echo "== file length (limit 400)"
lengths=$(wc -l "${sources[@]}" | grep -v ' total$' | sort -n)
median=$(awk '{ n[NR] = $1 } END { print n[int((NR + 1) / 2)] }' <<< "$lengths")
printf 'median %s lines, longest:\n%s\n' "$median" "$(tail -n 3 <<< "$lengths")"
if long=$(awk '$1 > 400 { print; found = 1 } END { exit !found }' <<< "$lengths"); then
  printf 'longer than 400 lines:\n%s\n' "$long" >&2
  failed=1
fi

# clang-tidy before 19 cannot see std::expected in libstdc++ 12.
tidy=$(command -v clang-tidy || true)
version=$("${tidy:-false}" --version 2> /dev/null | grep -o 'version [0-9]*' | grep -o '[0-9]*' || echo 0)
if ((version < 19)); then
  echo "== clang-tidy skipped: needs 19 or newer (pip install clang-tidy), found ${version/#0/none}"
else
  echo "== clang-tidy $version"
  cmake --preset dev > /dev/null  # compile_commands.json with each source by itself
  mapfile -t units < <(git ls-files 'core/*.cpp' 'hwmodels/*.cpp' 'cli/*.cpp')
  printf '%s\0' "${units[@]}" | xargs -0 -n 4 -P "${ROOFCAST_JOBS:-$(nproc)}" "$tidy" -p build/dev --quiet --extra-arg=-Wno-unknown-warning-option || failed=1
fi

exit "$failed"
