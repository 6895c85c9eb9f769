#!/bin/sh
# in-root.sh ROOT SHARED COMMAND…: runs a command in a Debian root with namespaces of its own, so that nothing stays mounted
# or running afterwards. The folder SHARED is /share there.
set -eu
root=$1 shared=$2
shift 2
# shellcheck disable=SC2016 # the inner shell expands
exec unshare --mount --pid --fork sh -c '
    root=$1 shared=$2
    shift 2
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    mount --rbind /sys "$root/sys"
    mkdir -p "$root/share" "$root/tmp/.X11-unix"
    mount --bind "$shared" "$root/share"
    cp /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null || true
    exec chroot "$root" /usr/bin/env -i HOME=/root LANG=C.UTF-8 TERM=dumb \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
' sh "$root" "$shared" "$@"
