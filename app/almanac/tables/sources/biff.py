"""What binary workbooks hold, without taking them apart: how far their cells reach, how long their shared texts are.

XLS is a compound file ([MS-CFB]) whose stream "Workbook" is a row of records ([MS-XLS] 2.4, 2.5.293); the parts of an
XLSB are rows of records with lengths of variable size ([MS-XLSB] 2.1.4).
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Integers

_SST, _CONTINUE, _LABEL_SST, _DIMENSIONS, _BEGIN = 0x00FC, 0x003C, 0x00FD, 0x0200, 0x0809
_CELLS = frozenset((_LABEL_SST, 0x0006, 0x00BD, 0x00BE, 0x00D6, 0x0201, 0x0203, 0x0204, 0x0205, 0x0207, 0x027E))
_ROW_HEADER, _LAST_CELL, _CELL_ISST, _SST_ITEM = 0, 11, 7, 19
_FREE = 0xFFFFFFF0
_KIND_STREAM = 2


@dataclass(frozen=True, eq=False)
class Shared:
    """``lengths``: characters of each shared text, int64; ``uses``: for each cell that shows one, which, int64."""

    lengths: Integers
    uses: Integers


@dataclass(frozen=True, eq=False)
class Part:
    """How far a sheet of an XLSB reaches, and the texts of a part."""

    rows: int
    columns: int
    shared: Shared


def xls_part(data: bytes) -> Part:
    """What an old workbook holds: how far its largest sheet reaches, its shared texts.

    Raises ValueError when its structure is broken.
    """
    stream = _stream(data)
    lengths: list[int] = []
    uses: list[int] = []
    largest = (0, 0)
    rows = columns = at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind in _CELLS and size >= 6:
            row, column = struct.unpack_from("<HH", stream, at + 4)
            if column > 255:
                raise ValueError("a cell where none can be")
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            if kind == _LABEL_SST and size >= 10:
                uses.append(int.from_bytes(stream[at + 10 : at + 14], "little"))
        elif kind == _DIMENSIONS and size >= 10:
            top, down, left, across = struct.unpack_from("<IIHH" if size >= 14 else "<HHHH", stream, at + 4)
            if top > down or left > across:
                raise ValueError("a sheet that ends before it begins")
            rows, columns = max(rows, down), max(columns, across)
        elif kind == _SST:
            lengths += _sst(stream, at)
        elif kind == _BEGIN:  # another sheet
            largest, rows, columns = max(largest, (rows, columns), key=math.prod), 0, 0
        at += 4 + size
    largest = max(largest, (rows, columns), key=math.prod)
    return Part(*largest, Shared(np.array(lengths, dtype=np.int64), np.array(uses, dtype=np.int64)))


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
    """The stream "Workbook" of a compound file.

    Raises ValueError when there is none, or a chain of sectors is broken: a reader that trusts it may never end.
    """
    shift, small_shift = struct.unpack_from("<HH", data, 30)
    if shift not in (9, 12) or small_shift != 6:
        raise ValueError("no compound file")
    size = 1 << shift
    first_directory, cutoff, first_small = struct.unpack_from("<I4xII", data, 48)
    sectors = data[size:]
    more = struct.unpack_from("<I", data, 68)[0]
    tables = list(struct.unpack_from("<109I", data, 76))
    while more < _FREE:
        further = struct.unpack(f"<{size // 4}I", sectors[more * size : (more + 1) * size])
        tables += further[:-1]
        more = further[-1]
        if len(tables) > len(data):
            raise ValueError("tables without end")
    fat = _numbers(b"".join(sectors[n * size : (n + 1) * size] for n in tables if n < _FREE))
    directory = _chain(sectors, size, fat, first_directory)
    if len(directory) % size or not directory:
        raise ValueError("the directory is cut off")
    small_fat = _numbers(_chain(sectors, size, fat, first_small))
    small = _chain(sectors, size, fat, struct.unpack_from("<I", directory, 116)[0])
    found = None
    for at in range(0, len(directory), 128):
        start, length = struct.unpack_from("<II", directory, at + 116)
        if directory[at + 66] != _KIND_STREAM or length == 0:
            continue
        content = _chain(sectors, size, fat, start) if length >= cutoff else _chain(small, 64, small_fat, start)
        if len(content) < length:
            raise ValueError("a stream is cut off")
        name_size = struct.unpack_from("<H", directory, at + 64)[0]
        if directory[at : at + max(name_size - 2, 0)].decode("utf-16-le", "replace").lower() in ("workbook", "book"):
            found = content[:length]
    if found is None:
        raise ValueError("no workbook")
    return found


def _numbers(content: bytes) -> list[int]:
    numbers: list[int] = np.frombuffer(content, dtype="<u4").tolist()
    return numbers


def _chain(sectors: bytes, size: int, fat: list[int], sector: int) -> bytes:
    parts: list[bytes] = []
    while sector < _FREE:
        part = sectors[sector * size : (sector + 1) * size]
        if sector >= len(fat) or len(parts) > len(fat) or not part:
            raise ValueError("a chain without end")
        parts.append(part)
        sector = fat[sector]
    return b"".join(parts)


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
