"""What macOS knows about Almanac.app: its documents, its version, the oldest system that it runs on."""

from __future__ import annotations

OLDEST_MACOS = "14.0"  # onnxruntime's and numpy's wheels ask for it; there are none for Intel since onnxruntime 1.24
BUNDLE_ID = "io.github.almanac.Almanac"
# What the Finder offers Almanac for; LSHandlerRank Alternate: never instead of the person's spreadsheet program.
DOCUMENTS = (
    ("CSV table", ("public.comma-separated-values-text",), ("csv",)),
    ("Tab-separated table", ("public.tab-separated-values-text",), ("tsv",)),
    ("Excel workbook", ("org.openxmlformats.spreadsheetml.sheet",), ("xlsx",)),
    ("Excel 97-2004 workbook", ("com.microsoft.excel.xls",), ("xls",)),
    ("Excel binary workbook", ("com.microsoft.excel.sheet.binary.macroenabled",), ("xlsb",)),
    ("OpenDocument spreadsheet", ("org.oasis-open.opendocument.spreadsheet",), ("ods",)),
)


def info_plist(version: str) -> dict[str, object]:
    """Return the entries of Info.plist that PyInstaller does not write by itself."""
    return {
        "CFBundleDisplayName": "Almanac",
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": name,
                "CFBundleTypeRole": "Viewer",
                "LSHandlerRank": "Alternate",
                "LSItemContentTypes": list(types),
                "CFBundleTypeExtensions": list(suffixes),
            }
            for name, types, suffixes in DOCUMENTS
        ],
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "LSApplicationCategoryType": "public.app-category.business",
        "LSMinimumSystemVersion": OLDEST_MACOS,
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": "The Almanac authors. Apache-2.0.",
    }
