#!/bin/sh
# make-dmg.sh VERSION: on a Mac, after packaging/build.py: signs dist/Almanac.app, puts it into a .dmg, and notarises that.
# Signs for everybody with MACOS_IDENTITY ("Developer ID Application: …", in a keychain), else for this Mac alone; notarises with
# MACOS_NOTARY_PROFILE, a profile of `xcrun notarytool store-credentials`.
set -eu
cd "$(dirname "$0")/../.."
version=$1 app=dist/Almanac.app image="dist/Almanac-$1-$(uname -m).dmg"
if [ -n "${MACOS_IDENTITY:-}" ]; then
    codesign --force --deep --timestamp --options runtime --entitlements packaging/macos/entitlements.plist --sign "$MACOS_IDENTITY" "$app"
else
    codesign --force --deep --sign - "$app"
fi
codesign --verify --deep --strict "$app"
stage=$(mktemp -d)
cp -R "$app" "$stage/"
ln -s /Applications "$stage/Applications" # to drag onto
rm -f "$image"
hdiutil create -quiet -volname "Almanac $version" -srcfolder "$stage" -format UDZO "$image"
rm -r "$stage"
if [ -n "${MACOS_NOTARY_PROFILE:-}" ]; then
    xcrun notarytool submit --wait --keychain-profile "$MACOS_NOTARY_PROFILE" "$image"
    xcrun stapler staple "$image"
fi
du -m "$image"
