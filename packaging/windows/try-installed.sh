#!/bin/bash
# Inside the root with wine: installs, uses and removes Almanac as a person without any of it would. Run by test.sh.
set -u
export WINEPREFIX=/root/.wine-almanac WINEDEBUG=-all XDG_RUNTIME_DIR=/tmp/xdg WINEDLLOVERRIDES="mscoree,mshtml=;ucrtbase=n,b"
mkdir -p "$XDG_RUNTIME_DIR" && chmod 700 "$XDG_RUNTIME_DIR"
NAME='Jörg Müller' # the person: a name with a blank and letters beyond ASCII is in every path
sed -i "s/^[^:]*:\([^:]*\):0:0:/$NAME:\1:0:0:/" /etc/passwd
C="$WINEPREFIX/drive_c" APPDATA="$WINEPREFIX/drive_c/users/$NAME/AppData"
HERE="$APPDATA/Local/Programs/Almanac" STATE="$APPDATA/Local/almanac" MENU='AppData\Roaming\Microsoft\Windows\Start Menu\Programs'
PASSED=0 FAILED=0

check() { # check WORDS COMMAND…: one line, passed or not
    words=$1
    shift
    if "$@"; then PASSED=$((PASSED + 1)); echo "passed: $words"; else FAILED=$((FAILED + 1)); echo "FAILED: $words"; fi
}
cli() { (cd /share && timeout 300 wine "$HERE/almanac-cli.exe" "$@"); }
files() { find "$C" -type f | sort; }
programs() { pgrep -f 'Almanac\.exe' | wc -l; }
until_true() { # until_true SECONDS COMMAND…
    end=$((SECONDS + $1))
    shift
    until "$@"; do [ $SECONDS -lt $end ] || return 1; sleep 0.3; done
}
window() { WINDOW=$(xdotool search --onlyvisible --name "$1" 2>/dev/null | head -1); [ -n "$WINDOW" ]; }
none_runs() { [ "$(programs)" -eq 0 ]; }
press() { xdotool windowfocus --sync "$WINDOW"; xdotool key "$@"; sleep 0.7; }
memory() { # memory GREP_OPTIONS…: resident megabytes of the window (-v) or of its worker
    for pid in $(pgrep -f 'Almanac\.exe'); do
        tr '\0' ' ' <"/proc/$pid/cmdline" | grep -q "$@" -e '--worker' && awk '/^VmRSS/ {printf "%.0f MB", $2 * 1024 / 1e6}' "/proc/$pid/status"
    done
}
now() { date +%s.%N; }
since() { awk -v from="$1" -v to="$(now)" 'BEGIN {printf "%.1f s", to - from}'; }
picture() { import -window root "/share/$1.png"; }

echo "== a fresh person"
rm -rf "$WINEPREFIX" /share/*.png /share/windows.csv
WINEDLLOVERRIDES="mscoree,mshtml=" timeout 300 wineboot -i >/dev/null 2>&1
wineserver -w
cp /share/dlls/*.dll "$C/windows/system32/"
# Without 3D: wine would bring Mesa's compiler into the window, 100 MB that Windows does not have there.
wine reg add 'HKCU\Software\Wine\Direct3D' /v renderer /d no3d /f >/dev/null 2>&1
wineserver -w
files >/tmp/before

echo "== install"
began=$SECONDS
check "Setup.exe /S" timeout 300 wine /share/Setup.exe /S
wineserver -w
echo "$((SECONDS - began)) s, $(du -sm "$HERE" | cut -f1) MB, $(find "$HERE" -type f | wc -l) files"
check "in the Start menu" test -e "$APPDATA/Roaming/Microsoft/Windows/Start Menu/Programs/Almanac.lnk"
check "offered for spreadsheets" grep -q 'Almanac.Table' "$WINEPREFIX/user.reg"

echo "== the command line"
cli --self-test
check "the self-test" test $? -eq 0
check "a forecast" cli forecast corner-shop.csv --output windows.csv --device cpu --quiet
check "equal to Linux's to the bit" cmp /share/linux.csv /share/windows.csv
cli check corner-shop.csv >/tmp/said
check "UTF-8 into a pipe" iconv -f utf-8 -t utf-8 -o /dev/null /tmp/said
cli check nowhere.csv 2>/dev/null
check "a missing file has exit code 1" test $? -eq 1

echo "== the window"
rm -f /tmp/.X77-lock
Xvfb :77 -screen 0 1400x900x24 -noreset >/dev/null 2>&1 &
X=$!
export DISPLAY=:77
sleep 2
openbox 2>/dev/null &
(cd /share && wine "$HERE/Almanac.exe" corner-shop.csv >/share/window.log 2>&1 &)
check "opens with a file" until_true 60 window '^corner-shop.csv'
sleep 3
picture 1-file
press alt+n
press alt+u
saving() { press ctrl+s; window '^Save'; }
began=$(now)
check "forecasts, and offers to save" until_true 60 saving
echo "from the use of the data to a forecast of 12 series that can be saved: $(since "$began")"
picture 2-save
window '^Save' && press ctrl+a && xdotool type --delay 60 'Z:\share\saved.xlsx' && sleep 0.5 && xdotool key Return
check "saves a workbook" until_true 30 test -s /share/saved.xlsx
sleep 2
picture 3-saved
check "the window and its worker run" test "$(programs)" -ge 2
pgrep -af 'Almanac\.exe' | cut -c1-120
worker=$(pgrep -f 'Almanac\.exe.*--worker' | head -1)
[ -n "$worker" ] && kill -9 "$worker"
another() { now=$(pgrep -f 'Almanac\.exe.*--worker' | head -1); [ -n "$now" ] && [ "$now" != "$worker" ]; }
check "a killed worker is replaced" until_true 30 another
sleep 3
for pid in $(pgrep -f 'Almanac\.exe'); do
    tr '\0' ' ' <"/proc/$pid/cmdline" | grep -q -e '--worker' || kill -9 "$pid"
done
check "a killed window leaves no worker" until_true 20 none_runs
wineserver -k
sleep 2
began=$(now)
(wine start "C:\\users\\$NAME\\$MENU\\Almanac.lnk" >/dev/null 2>&1 &)
check "starts again from the Start menu" until_true 60 window '^Almanac'
echo "first window, with the start of wine itself: $(since "$began")"
sleep 6
echo "idle, with what wine adds: window $(memory -v), worker $(memory)"
picture 4-start
count() { xdotool search --onlyvisible --name 'Almanac$' 2>/dev/null | wc -l; }
(cd /share && wine "$HERE/Almanac.exe" other.csv >>/share/window.log 2>&1 &)
check "a second start opens its file in the first window" until_true 60 window '^other.csv'
sleep 2
check "and is no second window" test "$(count)" -eq 1
picture 5-second

echo "== install over a running program"
end_window() { # at once, as the task manager does
    for pid in $(pgrep -f 'Almanac\.exe'); do tr '\0' ' ' <"/proc/$pid/cmdline" | grep -q -e '--worker' || kill -9 "$pid"; done
    until_true 30 none_runs || return 1
    wineserver -k
    sleep 2
}
check "nothing runs any more" end_window
# Who keeps no history has unsaved work.
(cd /share && ALMANAC_HISTORY=off wine "$HERE/Almanac.exe" other.csv >>/share/window.log 2>&1 &)
check "opens without a history" until_true 60 window '^other.csv'
sleep 3
press alt+n
press alt+u
check "there is unsaved work" until_true 60 saving
xdotool key Escape
sleep 1
timeout 300 wine /share/Setup.exe /S
check "refused while something is not saved" test $? -eq 4
check "the window is still there" window '^other.csv'
picture 6-unsaved
check "nothing runs again" end_window
(wine "$HERE/Almanac.exe" >>/share/window.log 2>&1 &)
check "opens once more" until_true 60 window '^Almanac$'
sleep 5
check "an idle window is closed for the upgrade" timeout 300 wine /share/Setup.exe /S
check "and has ended" none_runs
kill $X
wineserver -w
check "works after the upgrade" cli --version

echo "== where it cannot be installed, or is far away"
refused() { # refused CODE ARGUMENT
    timeout 300 wine /share/Setup.exe /S "$2"
    [ $? -eq "$1" ]
}
mkdir -p /tmp/small /tmp/closed
mount -t tmpfs -o size=60m tmpfs /tmp/small
mount -t tmpfs -o ro,size=1m tmpfs /tmp/closed
check "a full disk is refused" refused 6 '/D=Z:\tmp\small\Almanac'
check "and nothing is left there" test -z "$(ls /tmp/small)"
check "a folder without permission is refused" refused 5 '/D=Z:\tmp\closed\Almanac'
umount /tmp/small /tmp/closed
ODD='Jörg Müller – Прогноз 予測'
# Setup takes what follows /D= as it stands, without quotation marks: cmd hands it over like that.
check "a folder with blanks and other letters" timeout 300 wine cmd /c "Z:\\share\\Setup.exe /S /D=C:\\$ODD"
wineserver -w
check "works there" timeout 300 wine "$C/$ODD/almanac-cli.exe" --self-test
check "is removed from there" timeout 300 wine "$C/$ODD/Uninstall.exe" /S
wineserver -w
check "nothing is left there" test ! -e "$C/$ODD"
check "back in its place" timeout 300 wine /share/Setup.exe /S
wineserver -w

echo "== remove"
rm -f /share/again.xlsx
check "Uninstall.exe /S" timeout 300 wine "$HERE/Uninstall.exe" /S
sleep 8
wineserver -w
sleep 3
files | comm -13 /tmp/before - | sed "s|$WINEPREFIX/||" >/share/left.txt
sort /share/left.txt
check "only the person's work is left" sh -c "! grep -v -e 'AppData/Local/almanac/' -e 'windows/' /share/left.txt"
# Wine itself notes which Linux menu (Z:) stood for the Start menu's entry; Windows has no such thing.
check "nothing in the registry" sh -c "! grep -i almanac '$WINEPREFIX/user.reg' | grep -qv 'Z:'"
check "the person's settings are kept" test -d "$STATE"
wineserver -k
echo "$PASSED passed, $FAILED failed"
[ $FAILED -eq 0 ]
