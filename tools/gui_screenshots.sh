#!/usr/bin/env bash
# Pictures of docs/gui.md and README, taken of the window without a display: tools/gui_screenshots.sh [BUILD]
set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:-build/release}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
ROOFCAST_SCREENSHOTS=$folder "$build/tests/roofcast_window_tests" "[screenshots]" > /dev/null
for picture in start_1024 example_0 example_1 example_2 example_3 selected wrong_value pareto_1024 sweep_1024_dark; do
  if command -v pngquant > /dev/null; then
    pngquant --force --quality 60-90 --output "docs/gui/$picture.png" "$folder/$picture.png"
  else
    cp "$folder/$picture.png" "docs/gui/$picture.png"
  fi
done
