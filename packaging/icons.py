"""The program's icon as PNG pictures, and as the one file that Windows or macOS wants."""

from __future__ import annotations

import struct
import subprocess
from collections.abc import Sequence
from pathlib import Path

DRAWING = Path(__file__).resolve().parent / "almanac.svg"
# The kinds of picture in an ICNS file, by their pixels: https://en.wikipedia.org/wiki/Apple_Icon_Image_format
ICNS_KINDS = {16: b"icp4", 32: b"icp5", 64: b"icp6", 128: b"ic07", 256: b"ic08", 512: b"ic09", 1024: b"ic10"}


def png(size: int) -> bytes:
    """Draw the icon as a PNG of ``size`` times ``size`` pixels."""
    drawing = ["rsvg-convert", f"--width={size}", str(DRAWING)]
    return subprocess.run(drawing, check=True, capture_output=True).stdout


def ico(sizes: Sequence[int]) -> bytes:
    """Return the icon as Windows wants it: a table of PNG files."""
    pictures = [png(size) for size in sizes]
    table, offset = struct.pack("<HHH", 0, 1, len(pictures)), 6 + 16 * len(pictures)
    for size, picture in zip(sizes, pictures, strict=True):
        table += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), offset)
        offset += len(picture)
    return table + b"".join(pictures)


def icns() -> bytes:
    """Return the icon as macOS wants it: PNG files, each with its kind and length in front."""
    entries = b""
    for size, kind in ICNS_KINDS.items():
        picture = png(size)
        entries += kind + struct.pack(">I", 8 + len(picture)) + picture
    return b"icns" + struct.pack(">I", 8 + len(entries)) + entries
