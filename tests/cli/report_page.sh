#!/usr/bin/env bash
# The report in a browser: nothing is said on its console, and on a phone nothing but tables and charts scrolls
# sideways. Skipped where no Chromium is installed.
set -euo pipefail
roofcast=$1
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
if [[ -z $browser ]]; then
  echo 'skipped: no Chromium'
  exit 0
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$roofcast" estimate llama-3.1-70b --hardware h100-sxm --tp 8 --isl 8Ki --osl 1Ki --tpot 50ms --save "$folder/s.json" > /dev/null
"$roofcast" report "$folder/s.json" -o "$folder/r.html" --quiet

# A frame as wide as a phone: windows have a least width of their own.
{
  printf '<!DOCTYPE html><iframe id="f" style="border:0;width:390px;height:800px" srcdoc="'
  sed 's/&/\&amp;/g; s/"/\&quot;/g' "$folder/r.html"
  printf '"></iframe><script>onload=()=>{const p=document.getElementById("f").contentDocument.documentElement;'
  printf 'document.title="width "+p.scrollWidth+" of "+p.clientWidth+" height "+(p.scrollHeight>2000)}</script>'
} > "$folder/phone.html"
"$browser" --headless --no-sandbox --disable-gpu --user-data-dir="$folder/profile" --enable-logging=stderr \
  --dump-dom "file://$folder/phone.html" > "$folder/dom.html" 2> "$folder/log"
if grep -F CONSOLE "$folder/log"; then
  echo 'the page says something on the console'
  exit 1
fi
title=$(grep -o '<title>width[^<]*' "$folder/dom.html" || true)
echo "$title"
[[ $title =~ 'width '([0-9]+)' of '([0-9]+)' height true' ]] && ((BASH_REMATCH[1] <= BASH_REMATCH[2]))
