#!/bin/bash
# Inside a Debian with Almanac and a namespace without networks: a person's whole way by keyboard, on X11 and on Wayland,
# with every socket and every file that is opened for writing on record. Run by try-installed.sh.
set -u
SUITE=$1 PASSED=0 FAILED=0 WORK="$HOMES/Umsätze – Прогноз 予測"
check() {
    words=$1
    shift
    if "$@"; then PASSED=$((PASSED + 1)); echo "passed: $words"; else FAILED=$((FAILED + 1)); echo "FAILED: $words"; fi
}
person() { runuser -u joerg -- env -i HOME="$HOMES" LANG=C.UTF-8 PATH=/usr/bin:/bin XDG_RUNTIME_DIR=/run/joerg "$@"; }
until_true() {
    end=$((SECONDS + $1))
    shift
    until "$@"; do [ $SECONDS -lt $end ] || return 1; sleep 0.05; done
}
window() { WINDOW=$(xdotool search --onlyvisible --name "$1" 2>/dev/null | head -1); [ -n "$WINDOW" ]; }
press() { xdotool windowfocus --sync "$WINDOW"; xdotool key "$@"; sleep 0.5; }
now() { date +%s.%N; }
since() { echo "$(now) - $1" | awk '{printf "%.2f", $1 - $3}'; }
not() { ! "$@"; }
none_runs() { ! pgrep -u joerg -x almanac >/dev/null; }
memory() { awk '/^VmRSS/ {printf "%.0f MB", $2 * 1024 / 1e6}' "/proc/$1/status"; }
process() { for pid in $(pgrep -u joerg -x almanac); do tr '\0' ' ' <"/proc/$pid/cmdline" | grep -q "$@" -e '--worker' && echo "$pid"; done | head -1; }

install -d -o joerg -m 700 /run/joerg
runuser -u joerg -- mkdir -p "$WORK"
cp /share/corner-shop.csv "$WORK/Läden.csv"
echo "network interfaces here: $(tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d " " | paste -sd " ")"
Xvfb :77 -screen 0 1400x900x24 -nolisten tcp >/dev/null 2>&1 &
X=$!
export DISPLAY=:77
until_true 20 xdotool getdisplaygeometry >/dev/null 2>&1
openbox 2>/dev/null &

echo "== the window on X11, with every call on record"
person DISPLAY=:77 QT_QPA_PLATFORM=xcb strace -f --seccomp-bpf -qq -o "$WORK/trace" -e trace=socket,openat,open,creat,mkdir,mkdirat,rename \
    almanac "$WORK/Läden.csv" 2>/tmp/window.log &
check "opens with a file from a folder with blanks and other letters" until_true 60 window '^Läden.csv'
sleep 4
press alt+n
press alt+u
saving() { press ctrl+s; window '^Save'; }
check "forecasts, and offers to save" until_true 60 saving
window '^Save' && press ctrl+a && xdotool type --delay 60 saved.xlsx && sleep 0.5 && xdotool key Return
check "saves a workbook" until_true 30 test -s "$WORK/saved.xlsx"
sleep 2
import -window root "/share/$SUITE-x11.png"
check "it is a workbook" sh -c "file '$WORK/saved.xlsx' | grep -q 'Microsoft Excel'"
window '^Läden.csv' && press alt+F4
check "the window and everything it started ends" until_true 30 none_runs
check "it printed nothing" test ! -s /tmp/window.log
cat /tmp/window.log
mv "$WORK/trace" /tmp/trace
check "no internet socket was opened" not grep -q 'AF_INET' /tmp/trace
echo "sockets: $(grep -o 'socket([A-Z_]*' /tmp/trace | sort | uniq -c | tr '\n' ' ')"
# Read as written: everything opened for writing that is not the person's, the system's folders for temporary files, or a device.
grep -e 'O_WRONLY' -e 'O_RDWR' -e 'O_CREAT' -e ' mkdir' -e ' creat(' -e 'rename(' /tmp/trace | grep -v -e ' = -1 ' | grep -o '"[^"]*"' | tr -d '"' |
    grep -v -e '^/home/J' -e '^/tmp/' -e '^/dev/' -e '^/proc/' -e '^/run/joerg' -e '^/var/tmp/' -e '^/sys/' | sort -u >/tmp/written
cat /tmp/written
check "written was only where the person's files are" test ! -s /tmp/written

echo "== speed and memory"
for _ in 1 2 3; do
    began=$(now)
    person DISPLAY=:77 QT_QPA_PLATFORM=xcb almanac 2>>/tmp/window.log &
    until_true 60 window '^Almanac$'
    echo "first window: $(since "$began") s"
    sleep 4
    echo "idle: window $(memory "$(process -v)"), worker $(memory "$(process)")"
    window '^Almanac$' && press alt+F4
    until_true 30 none_runs
done

echo "== a home that cannot be written to"
mkdir -p /tmp/closed && mount -t tmpfs -o ro,size=1m tmpfs /tmp/closed
person HOME=/tmp/closed almanac forecast "$WORK/Läden.csv" --output /tmp/closed/out.csv >/tmp/said 2>&1
check "saving there is refused" test $? -eq 1
cat /tmp/said
check "by a sentence" not grep -q -e Traceback -e Errno /tmp/said
person HOME=/tmp/closed almanac forecast "$WORK/Läden.csv" --output "$WORK/out.csv" >/tmp/said 2>&1
check "a forecast for another folder is made" test -s "$WORK/out.csv"
person HOME=/tmp/closed almanac --self-test >/tmp/said 2>&1
check "the self-test finds it" test $? -eq 1
grep NOT /tmp/said
person HOME=/tmp/closed DISPLAY=:77 QT_QPA_PLATFORM=xcb almanac "$WORK/Läden.csv" 2>/tmp/said &
check "the window opens" until_true 60 window '^Läden.csv'
sleep 3
import -window root "/share/$SUITE-closed.png"
press alt+F4
check "and ends" until_true 30 none_runs
check "without a word on the terminal" test ! -s /tmp/said
cat /tmp/said
umount /tmp/closed
kill $X

echo "== Wayland"
unset DISPLAY
case $(weston --version) in *" 9."* | *" 10."*) HOW="--backend=headless-backend.so --use-pixman" ;; *) HOW="--backend=headless --renderer=pixman" ;; esac
cd /run/joerg || exit 1
# shellcheck disable=SC2086 # two words
person weston $HOW --debug --width=1400 --height=900 --socket=wayland-7 --idle-time=0 >/tmp/weston.log 2>&1 &
until_true 20 test -S /run/joerg/wayland-7
person WAYLAND_DISPLAY=wayland-7 almanac "$WORK/Läden.csv" >/tmp/said 2>&1 &
sleep 8
plugin() { grep -ql 'libQt6WaylandClient' "/proc/$(process -v)/maps"; }
check "the window is one of Wayland's" plugin
(cd "$WORK" && person WAYLAND_DISPLAY=wayland-7 sh -c "cd '$WORK' && weston-screenshooter" >/tmp/shot.log 2>&1)
mv "$WORK"/wayland-screenshot*.png "/share/$SUITE-wayland.png"
colours() { [ "$(identify -format %k "/share/$SUITE-wayland.png")" -gt 200 ]; }
check "it shows the file" colours
check "it printed nothing there" test ! -s /tmp/said
cat /tmp/said
pkill -TERM -u joerg -x almanac
check "and ends" until_true 20 none_runs
pkill -u joerg weston
echo "without a network: $PASSED passed, $FAILED failed"
[ $FAILED -eq 0 ]
