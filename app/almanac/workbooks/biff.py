"""How large binary workbooks are, without reading their cells: how far sheets reach, how long shared texts are.

XLS is a compound file ([MS-CFB]) whose stream "Workbook" is a sequence of records ([MS-XLS] 2.4, 2.5.293); the parts
of an XLSB are sequences of records with lengths of variable size ([MS-XLSB] 2.1.4).
"""

from __future__ import annotations

import math
import struct
import sys
from array import array
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

# Record types of XLS and XLSB.
_SST, _CONTINUE, _LABEL_SST, _DIMENSIONS, _BEGIN = 0x00FC, 0x003C, 0x00FD, 0x0200, 0x0809
# Those that begin with a row and a column. STRING (0x0207), the text of the formula before it, does not.
_CELLS = frozenset((_LABEL_SST, 0x0006, 0x00BD, 0x00BE, 0x00D6, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E))
_ROW_HEADER, _LAST_CELL, _CELL_ISST, _SST_ITEM = 0, 11, 7, 19
_MAX_XLS_COLUMN = 255
_MAX_RECORDS = 3_000_000  # looked at, about two seconds; what is behind them meets the limits of the process

# Compound files: sector numbers from here on are marks, not sectors; entries of the directory and their kind.
_FIRST_MARK = 0xFFFFFFF0
_ENTRY_BYTES, _STREAM_ENTRY = 128, 2
_SMALL_SECTOR_BYTES = 64


class SharedTexts(NamedTuple):
    """``lengths``: characters of each shared text; ``uses``: for each cell that shows one, which."""

    lengths: array[int]
    uses: array[int]

    @property
    def characters(self) -> int:
        """How many characters the cells show."""
        count = len(self.lengths)
        return sum(self.lengths[use] for use in self.uses if use < count)


class PartSize(NamedTuple):
    """How far the largest sheet of a part of a workbook reaches, and the texts that its cells share."""

    rows: int
    columns: int
    shared: SharedTexts


def measure_xls(data: bytes) -> PartSize:
    """How far the largest sheet of an XLS reaches, and its shared texts.

    Raises ValueError when its structure is broken.
    """
    stream = _workbook_stream(data)
    lengths, uses = array("q"), array("q")
    largest = (0, 0)
    rows = columns = 0
    for kind, at, size in islice(_xls_records(stream), _MAX_RECORDS):
        if kind in _CELLS and size >= 6:
            row, column = struct.unpack_from("<HH", stream, at)
            if column > _MAX_XLS_COLUMN:
                raise ValueError("a cell beyond the last possible column")
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            if kind == _LABEL_SST and size >= 10:
                uses.append(int.from_bytes(stream[at + 6 : at + 10], "little"))
        elif kind == _DIMENSIONS and size >= 10:
            down, across = _dimensions(stream, at, size)
            rows, columns = max(rows, down), max(columns, across)
        elif kind == _SST:
            lengths.extend(_text_lengths(_continued(stream, at - 4)))
        elif kind == _BEGIN:  # another sheet
            largest, rows, columns = max(largest, (rows, columns), key=math.prod), 0, 0
    largest = max(largest, (rows, columns), key=math.prod)
    return PartSize(*largest, SharedTexts(lengths, uses))


def _xls_records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, position of the content, and size of each record of an XLS stream."""
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, at + 4, size
        at += 4 + size


def _dimensions(stream: bytes, at: int, size: int) -> tuple[int, int]:
    """Rows and columns that a DIMENSIONS record declares."""
    top, down, left, across = struct.unpack_from("<IIHH" if size >= 14 else "<HHHH", stream, at)
    if top > down or left > across:
        raise ValueError("a sheet that ends before it begins")
    return down, across


def _continued(stream: bytes, at: int) -> list[bytes]:
    """The contents of the record that begins here and of the CONTINUE records after it."""
    pieces: list[bytes] = []
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if pieces and kind != _CONTINUE:
            break
        pieces.append(stream[at + 4 : at + 4 + size])
        at += 4 + size
    return pieces


def _text_lengths(pieces: list[bytes]) -> list[int]:
    """The characters of each text in a table of shared texts, whose texts may go on from one record to the next."""
    lengths: list[int] = []
    piece, place = 0, 8
    while piece < len(pieces):
        if place + 3 > len(pieces[piece]):  # the header of a text is never split
            piece, place = piece + 1, 0
            continue
        letters, flags = struct.unpack_from("<HB", pieces[piece], place)
        place += 3
        runs = extension = 0
        if flags & 8:
            runs, place = int.from_bytes(pieces[piece][place : place + 2], "little"), place + 2
        if flags & 4:
            extension, place = int.from_bytes(pieces[piece][place : place + 4], "little"), place + 4
        lengths.append(letters)
        piece, place = _after_letters(pieces, piece, place, letters, 1 + (flags & 1))
        place += 4 * runs + extension
        while piece < len(pieces) and place > len(pieces[piece]):
            place -= len(pieces[piece])
            piece += 1
    return lengths


def _after_letters(pieces: list[bytes], piece: int, place: int, letters: int, width: int) -> tuple[int, int]:
    """Piece and place after so many letters of ``width`` bytes; each CONTINUE record begins with its own width."""
    while piece < len(pieces) and letters:
        here = min(letters, (len(pieces[piece]) - place) // width)
        letters, place = letters - here, place + here * width
        if letters:
            piece, place = piece + 1, 1
            width = 1 + (pieces[piece][0] & 1) if piece < len(pieces) and pieces[piece] else 1
    return piece, place


def _workbook_stream(data: bytes) -> bytes:
    """The stream "Workbook" of a compound file.

    Raises ValueError when there is none, or when a chain of sectors is broken: a reader that trusts it may never end.
    """
    shift, small_shift = struct.unpack_from("<HH", data, 30)
    if shift not in (9, 12) or small_shift != 6:
        raise ValueError("no compound file")
    size = 1 << shift
    first_directory, cutoff, first_small = struct.unpack_from("<I4xII", data, 48)
    sectors = data[size:]
    fat = _sector_table(data, sectors, size)
    directory = _chain(sectors, size, fat, first_directory)
    if len(directory) % size or not directory:
        raise ValueError("the directory is cut off")
    small_fat = _uint32s(_chain(sectors, size, fat, first_small))
    small = _chain(sectors, size, fat, struct.unpack_from("<I", directory, 116)[0])
    found = None
    for at in range(0, len(directory), _ENTRY_BYTES):
        start, length = struct.unpack_from("<II", directory, at + 116)
        if directory[at + 66] != _STREAM_ENTRY or length == 0:
            continue
        if length >= cutoff:
            content = _chain(sectors, size, fat, start)
        else:
            content = _chain(small, _SMALL_SECTOR_BYTES, small_fat, start)
        if len(content) < length:
            raise ValueError("a stream is cut off")
        name_size = struct.unpack_from("<H", directory, at + 64)[0]
        if directory[at : at + max(name_size - 2, 0)].decode("utf-16-le", "replace").lower() in ("workbook", "book"):
            found = content[:length]
    if found is None:
        raise ValueError("no workbook")
    return found


def _sector_table(data: bytes, sectors: bytes, size: int) -> list[int]:
    """The file allocation table: for each sector the next one of its chain."""
    further = struct.unpack_from("<I", data, 68)[0]
    tables = list(struct.unpack_from("<109I", data, 76))
    while further < _FIRST_MARK:
        numbers = struct.unpack(f"<{size // 4}I", sectors[further * size : (further + 1) * size])
        tables += numbers[:-1]
        further = numbers[-1]
        if len(tables) > len(data):
            raise ValueError("tables without end")
    return _uint32s(b"".join(sectors[n * size : (n + 1) * size] for n in tables if n < _FIRST_MARK))


def _uint32s(content: bytes) -> list[int]:
    numbers = array("I", content)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tolist()


def _chain(sectors: bytes, size: int, fat: list[int], sector: int) -> bytes:
    """The contents of a chain of sectors."""
    parts: list[bytes] = []
    while sector < _FIRST_MARK:
        part = sectors[sector * size : (sector + 1) * size]
        if sector >= len(fat) or len(parts) > len(fat) or not part:
            raise ValueError("a chain without end")
        parts.append(part)
        sector = fat[sector]
    return b"".join(parts)


def measure_xlsb_part(data: bytes) -> PartSize:
    """How far the sheet in a part of an XLSB reaches, and its shared texts."""
    rows = columns = 0
    lengths, uses = array("q"), array("q")
    for kind, at, size in islice(_xlsb_records(data), _MAX_RECORDS):
        if kind == _SST_ITEM and size >= 5:
            lengths.append(int.from_bytes(data[at + 1 : at + 5], "little"))
        elif kind == _ROW_HEADER and size >= 4:
            rows = max(rows, int.from_bytes(data[at : at + 4], "little") + 1)
        elif kind <= _LAST_CELL and size >= 4:
            columns = max(columns, int.from_bytes(data[at : at + 4], "little") + 1)
            if kind == _CELL_ISST and size >= 12:
                uses.append(int.from_bytes(data[at + 8 : at + 12], "little"))
    return PartSize(rows, columns, SharedTexts(lengths, uses))


def _xlsb_records(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, position of the content, and size of each record of an XLSB part."""
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
