#!/usr/bin/env bash
# Pictures of docs/gui.md and README, taken of the window without a display: tools/gui_screenshots.sh [BUILD]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
build=${1:-build/release}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
ROOFCAST_SCREENSHOTS=$folder "$build/bin/roofcast_window_tests" '[screenshots]' > /dev/null 2>&1
mkdir -p docs/gui
for picture in start_1024 example_1 selected wrong_value operator; do
  cp "$folder/$picture.png" docs/gui/
done
