"""What binary workbooks hold, without taking them apart: how long the texts are that their cells share.

XLS is a compound file ([MS-CFB]) whose stream "Workbook" is a row of records ([MS-XLS] 2.4, 2.5.293); the parts of an
XLSB are rows of records with lengths of variable size ([MS-XLSB] 2.1.4).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_SST, _CONTINUE, _LABEL_SST = 0x00FC, 0x003C, 0x00FD
_ROW_HEADER, _LAST_CELL, _CELL_ISST, _SST_ITEM = 0, 11, 7, 19
_FREE = 0xFFFFFFF0


@dataclass(frozen=True, eq=False)
class Shared:
    """``lengths``: characters of each shared text, int64; ``uses``: for each cell that shows one, which, int64."""

    lengths: NDArray[np.int64]
    uses: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Part:
    """How far a sheet of an XLSB reaches, and the texts of a part."""

    rows: int
    columns: int
    shared: Shared


def xls_texts(data: bytes) -> Shared:
    """The shared texts of an old workbook. Raises ValueError when it is not one."""
    stream = _stream(data)
    lengths: list[int] = []
    uses: list[int] = []
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind == _LABEL_SST and size >= 10:
            uses.append(int.from_bytes(stream[at + 10 : at + 14], "little"))
        elif kind == _SST:
            lengths += _sst(stream, at)
        at += 4 + size
    return Shared(np.array(lengths, dtype=np.int64), np.array(uses, dtype=np.int64))


def _sst(stream: bytes, at: int) -> list[int]:
    """The characters of each text in the table that begins here and goes on in CONTINUE records."""
    pieces: list[bytes] = []
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if pieces and kind != _CONTINUE:
            break
        pieces.append(stream[at + 4 : at + 4 + size])
        at += 4 + size
    lengths: list[int] = []
    piece, place = 0, 8
    while piece < len(pieces):
        if place + 3 > len(pieces[piece]):  # a text begins in one record
            piece, place = piece + 1, 0
            continue
        letters, flags = struct.unpack_from("<HB", pieces[piece], place)
        place += 3
        runs = ext = 0
        if flags & 8:
            runs, place = int.from_bytes(pieces[piece][place : place + 2], "little"), place + 2
        if flags & 4:
            ext, place = int.from_bytes(pieces[piece][place : place + 4], "little"), place + 4
        lengths.append(letters)
        wide, left = 1 + (flags & 1), letters
        while piece < len(pieces) and left:
            here = min(left, (len(pieces[piece]) - place) // wide)
            left, place = left - here, place + here * wide
            if left:  # the rest of the text, with a byte in front that says how wide its letters are
                piece, place = piece + 1, 1
                wide = 1 + (pieces[piece][0] & 1) if piece < len(pieces) and pieces[piece] else 1
        place += 4 * runs + ext
        while piece < len(pieces) and place > len(pieces[piece]):
            place -= len(pieces[piece])
            piece += 1
    return lengths


def _stream(data: bytes) -> bytes:
    """The stream "Workbook" of a compound file. Raises ValueError when there is none."""
    if len(data) < 512:
        raise ValueError("no compound file")
    shift = struct.unpack_from("<H", data, 30)[0]
    if shift not in (9, 12):
        raise ValueError("no compound file")
    size = 1 << shift
    (first_directory,) = struct.unpack_from("<I", data, 48)
    tables = list(struct.unpack_from("<109I", data, 76))
    (more,) = struct.unpack_from("<I", data, 68)
    for _ in range(len(data) // size):
        if more >= _FREE:
            break
        further = struct.unpack(f"<{size // 4}I", _sector(data, more, size))
        tables += further[:-1]
        more = further[-1]
    fat = np.frombuffer(b"".join(_sector(data, n, size) for n in tables if n < _FREE), dtype="<u4").tolist()
    directory = _chain(data, fat, first_directory, size)
    for at in range(0, len(directory) - 127, 128):
        name = directory[at : at + 2 * 8].decode("utf-16-le", "replace").rstrip("\0").lower()
        if name in ("workbook", "book"):
            (start,) = struct.unpack_from("<I", directory, at + 116)
            (length,) = struct.unpack_from("<I", directory, at + 120)
            return _chain(data, fat, start, size)[:length] if length >= 4096 else b""  # smaller ones do no harm
    raise ValueError("no workbook")


def _chain(data: bytes, fat: list[int], sector: int, size: int) -> bytes:
    parts: list[bytes] = []
    while sector < len(fat) and len(parts) <= len(fat):
        parts.append(_sector(data, sector, size))
        sector = fat[sector]
    return b"".join(parts)


def _sector(data: bytes, number: int, size: int) -> bytes:
    part = data[(number + 1) * size : (number + 2) * size]
    return part.ljust(size, b"\0")


def xlsb_part(data: bytes) -> Part:
    """How much a part of a binary workbook holds."""
    rows = columns = 0
    lengths: list[int] = []
    uses: list[int] = []
    for kind, at, size in _records(data):
        if kind == _SST_ITEM and size >= 5:
            lengths.append(int.from_bytes(data[at + 1 : at + 5], "little"))
        elif kind == _ROW_HEADER and size >= 4:
            rows = max(rows, int.from_bytes(data[at : at + 4], "little") + 1)
        elif kind <= _LAST_CELL and size >= 4:
            columns = max(columns, int.from_bytes(data[at : at + 4], "little") + 1)
            if kind == _CELL_ISST and size >= 12:
                uses.append(int.from_bytes(data[at + 8 : at + 12], "little"))
    return Part(rows, columns, Shared(np.array(lengths, dtype=np.int64), np.array(uses, dtype=np.int64)))


def _records(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, place and size of each record of an XLSB part."""
    at, end = 0, len(data)
    while at + 1 < end:
        kind, at = data[at], at + 1
        if kind & 0x80:
            kind, at = (kind & 0x7F) | (data[at] << 7), at + 1
        size = shift = 0
        while at < end and shift < 28:
            byte, at = data[at], at + 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        yield kind, at, size
        at += size
