#!/bin/bash
# Inside a bare Debian: installs the package, has a person use it without a network (use.sh), upgrades and removes it.
set -u
SUITE=$1 PASSED=0 FAILED=0
export DEBIAN_FRONTEND=noninteractive HOMES="/home/Jörg Müller"
check() { # check WORDS COMMAND…: one line, passed or not
    words=$1
    shift
    if "$@"; then PASSED=$((PASSED + 1)); echo "passed: $words"; else FAILED=$((FAILED + 1)); echo "FAILED: $words"; fi
}
quiet() { "$@" >/tmp/said 2>&1; }
person() { runuser -u joerg -- env -i HOME="$HOMES" LANG=C.UTF-8 PATH=/usr/bin:/bin "$@"; }
ours() { find / -xdev \( -path /proc -o -path /share -o -path /home -o -path /tmp \) -prune -o -iname '*almanac*' -print; }
not() { ! "$@"; }

quiet apt-get update
quiet apt-get install -y --no-install-recommends mount passwd # for a full disk, and a person
if [ "$SUITE" = bullseye ]; then # older than what is served
    check "an older system is refused" not quiet apt-get install -y /share/almanac.deb
    check "and the library named that is too old" grep -q 'Depends: libc6 (>= ' /tmp/said
    grep 'Depends' /tmp/said
    check "nothing was installed" test ! -e /usr/lib/almanac
    exit "$FAILED"
fi
useradd --create-home --shell /bin/bash joerg
mv /home/joerg "$HOMES" # some versions of useradd take no such name
sed -i "s#:/home/joerg:#:$HOMES:#" /etc/passwd

echo "== where it cannot be installed"
mkdir -p /usr/lib/almanac && mount -t tmpfs -o size=60m tmpfs /usr/lib/almanac
check "a full disk: apt stops" not quiet apt-get install -y /share/almanac.deb
check "and says why" grep -q 'No space left on device' /tmp/said
umount /usr/lib/almanac
check "a person without permission is told" not quiet person apt-get install -y /share/almanac.deb
check "by a sentence" grep -qi -e 'permission denied' -e 'are you root' /tmp/said

echo "== install"
began=$SECONDS
check "apt install" quiet apt-get install -y /share/almanac.deb
echo "$((SECONDS - began)) s, $(du -sm /usr/lib/almanac | cut -f1) MB"
check "the self-test, before anything else is installed" person almanac --self-test
check "a forecast" person almanac forecast /share/corner-shop.csv --output "$HOMES/first.csv" --quiet
quiet apt-get install -y --no-install-recommends xvfb xdotool openbox x11-utils imagemagick strace weston procps file
check "used without a network" unshare --net bash /share/use.sh "$SUITE"

echo "== a library of the system is missing"
LIBRARY=$(echo /usr/lib/*/libxcb-cursor.so.0)
mv "$LIBRARY" /tmp/away
check "the window does not open" not quiet person DISPLAY=:1 almanac
check "and names what is missing" grep -q 'lacks libxcb-cursor.so.0' /tmp/said
check "and the package that has it" grep -q 'apt install libxcb-cursor0' /tmp/said
mv /tmp/away "$LIBRARY"
check "without a screen it says so" not quiet person almanac
cat /tmp/said

echo "== another version, and removal"
person almanac history list >/tmp/before 2>&1
check "there is earlier work" grep -q 'corner-shop' /tmp/before
check "apt install of a newer version" quiet apt-get install -y /share/newer.deb
person almanac history list >/tmp/after 2>&1
check "the work is still there" cmp /tmp/before /tmp/after
check "back to the older version" quiet apt-get install -y --allow-downgrades /share/almanac.deb
person almanac history list >/tmp/after 2>&1
check "the work is still there again" cmp /tmp/before /tmp/after
check "apt purge" quiet apt-get purge -y almanac
ours | grep -v -e '^/var/lib/apt/' -e '^/var/log/' -e '^/var/cache/' >/tmp/left
cat /tmp/left
check "nothing is left of the program" test ! -s /tmp/left
check "the person's work is" test -s "$HOMES/first.csv" -a -d "$HOMES/.local/state/almanac"
echo "$PASSED passed, $FAILED failed"
[ $FAILED -eq 0 ]
