#!/bin/sh
# make-appimage.sh VERSION RUNTIME: after packaging/build.py, puts dist/almanac into one file that runs without being installed.
# RUNTIME is the starter of https://github.com/AppImage/type2-runtime for this processor (MIT; the workflow downloads it).
set -eu
cd "$(dirname "$0")/../.."
runtime=$2 tree=build/linux/AppDir image="dist/Almanac-$1-$(uname -m).AppImage"
rm -rf "$tree" "$image"
mkdir -p "$tree/usr/lib"
cp -a dist/almanac "$tree/usr/lib/almanac"
cp -a build/linux/share "$tree/usr/share"
cp "$tree/usr/share/applications/almanac.desktop" "$tree/"
cp "$tree/usr/share/icons/hicolor/256x256/apps/almanac.png" "$tree/almanac.png"
ln -s almanac.png "$tree/.DirIcon"
cat >"$tree/AppRun" <<'RUN'
#!/bin/sh
exec "$(dirname "$(readlink -f "$0")")/usr/lib/almanac/almanac" "$@"
RUN
chmod 755 "$tree/AppRun"
# The same sources give the same file: times, owners and order are set.
made=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
env -u SOURCE_DATE_EPOCH mksquashfs "$tree" build/linux/tree.squashfs -noappend -quiet -no-progress -root-owned -comp zstd \
    -all-time "$made" -mkfs-time "$made" -no-xattrs -processors 1
cat "$runtime" build/linux/tree.squashfs >"$image"
chmod 755 "$image"
rm build/linux/tree.squashfs
du -m "$image"
