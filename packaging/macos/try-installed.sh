#!/bin/sh
# try-installed.sh IMAGE.dmg: on a Mac, installs as a person would, tries the program, and removes it.
set -eu
here=$(mktemp -d) out=$(mktemp -d)
hdiutil attach -quiet -nobrowse -mountpoint "$here" "$1"
cp -R "$here/Almanac.app" /Applications/
hdiutil detach -quiet "$here"
program=/Applications/Almanac.app/Contents/MacOS/almanac
"$program" --self-test
"$program" forecast resources/samples/corner-shop.csv --output "$out/forecast.csv" --device cpu --quiet
test -s "$out/forecast.csv"
plutil -lint /Applications/Almanac.app/Contents/Info.plist
open -a /Applications/Almanac.app resources/samples/corner-shop.csv
sleep 15
pgrep -f 'Almanac.app/Contents/MacOS/almanac.*--worker' >/dev/null
osascript -e 'quit app "Almanac"'
sleep 5
if pgrep -f Almanac.app >/dev/null; then echo "It still runs." && exit 1; fi
rm -rf /Applications/Almanac.app
