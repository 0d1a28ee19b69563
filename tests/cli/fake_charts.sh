#!/bin/sh
# Stands in for roofcast-charts: checks how it is called, and writes what it was asked to draw.
set -eu
[ "$1" = --output ] && [ "$3" = --theme ] && [ "$5" = --size ] && [ $# -eq 7 ] || { echo "roofcast-charts: odd call: $*" >&2; exit 2; }
[ "$6" != 666x666 ] || { echo "roofcast-charts: the disk is full" >&2; exit 4; }
grep -q roofcast/figure/1 "$7"
echo "<svg>$4 $6</svg>" > "$2"
