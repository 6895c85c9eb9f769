#!/bin/bash
# Inside the root with wine: takes the pictures of Setup for docs/pictures. Run by take-pictures.sh.
set -eu
export WINEPREFIX=/root/.wine-pictures WINEDEBUG=-all XDG_RUNTIME_DIR=/tmp/xdg-pictures WINEDLLOVERRIDES="mscoree,mshtml="
mkdir -p "$XDG_RUNTIME_DIR" && chmod 700 "$XDG_RUNTIME_DIR"
rm -rf "$WINEPREFIX"
sed -i 's/^[^:]*:\([^:]*\):0:0:/anna:\1:0:0:/' /etc/passwd
timeout 300 wineboot -i >/dev/null 2>&1
wineserver -w
cp /share/dlls/*.dll "$WINEPREFIX/drive_c/windows/system32/"
export WINEDLLOVERRIDES="mscoree,mshtml=;ucrtbase=n,b" DISPLAY=:78
rm -f /tmp/.X78-lock
Xvfb :78 -screen 0 1200x800x24 -noreset >/dev/null 2>&1 &
sleep 2
openbox 2>/dev/null &
HERE="$WINEPREFIX/drive_c/users/anna/AppData/Local/Programs/Almanac"
window() {
    WINDOW=$(xdotool search --onlyvisible --name "$1" 2>/dev/null | tail -1)
    [ -n "$WINDOW" ]
}
shown() { # shown TITLE: waits for the window
    end=$((SECONDS + 120))
    until window "$1"; do [ $SECONDS -lt $end ] || { echo "There is no window $1." && exit 1; }; sleep 0.5; done
    sleep 2
}
picture() { import -frame -window "$WINDOW" -strip +dither -colors 128 "/share/$1.png"; }
wine /share/Setup.exe &
shown '^Almanac Setup'
picture windows-1-folder
xdotool windowfocus --sync "$WINDOW" key Return
until [ -e "$HERE/Uninstall.exe" ]; do sleep 0.5; done
sleep 6
shown '^Almanac Setup'
picture windows-2-done
xdotool windowfocus --sync "$WINDOW" key Return
shown '^Almanac$'
sleep 6
picture windows-3-first-window
xdotool windowfocus --sync "$WINDOW" key alt+F4
sleep 4
wine "$HERE/Uninstall.exe" &
shown '^Almanac Uninstall'
xdotool windowfocus --sync "$WINDOW" key Return
asked() { [ "$(xdotool search --onlyvisible --name '^Almanac Uninstall' 2>/dev/null | wc -l)" -gt 1 ]; }
until asked; do sleep 0.5; done
sleep 2
import -window root +dither -colors 128 -strip -crop 580x382+310+212 +repage /share/windows-4-remove.png
xdotool key Return
sleep 2
wineserver -k
