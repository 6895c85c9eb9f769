"""Where the cells of a block of delimited text are, found for all of its lines at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from almanac.core.arrays import Flags, Integers
from almanac.tables.values.plain_numbers import Bytes, Places

PADDING = 64  # zero bytes after a block, so that whole words can be read at its last cells
_QUOTE, _LINE_END, _RETURN = (ord(sign) for sign in '"\n\r')


@dataclass(frozen=True, eq=False)
class BlockCells:
    """The cells of N lines: ``starts`` and ``lengths``, int32 [width, N], say where each is in ``data``, without its
    quotation marks; cells that a line does not have are empty.

    ``escaped``: bool [width, N], cells in which quotation marks are doubled; None when there are none.
    """

    data: Bytes
    starts: Places
    lengths: Places
    escaped: Flags | None = None

    @property
    def rows(self) -> int:
        """How many lines there are."""
        return int(self.starts.shape[1])

    def raw(self, column: int, row: int) -> bytes:
        """The bytes of one cell, with doubled quotation marks as one."""
        start, length = int(self.starts[column, row]), int(self.lengths[column, row])
        raw = self.data[start : start + length].tobytes()
        return raw.replace(b'""', b'"') if self.escaped is not None and self.escaped[column, row] else raw


def is_regular(block: bytes, delimiter: str) -> bool:
    """Whether lines end as usual, and quotation marks open and close whole cells of a single line."""
    if block.count(b"\r") != block.count(b"\r\n"):
        return False
    if b'"' not in block:
        return True
    data = np.frombuffer(b"".join((b"\n", block, b"\n")), dtype=np.uint8)
    quotes = np.flatnonzero(data == _QUOTE)
    if len(quotes) % 2:
        return False
    before, after = data[quotes[::2] - 1], data[quotes[1::2] + 1]
    ends = (ord(delimiter), _LINE_END, _QUOTE)
    if not (np.isin(before, ends).all() and np.isin(after, (*ends, _RETURN)).all()):
        return False
    return not _inside(np.flatnonzero(data == _LINE_END), quotes).any()


def find_cells(block: bytes, delimiter: str, width: int, skip: int = 0) -> BlockCells:
    """The cells of a block in which every quotation mark opens or closes a cell, or is doubled inside one.

    ``skip``: lines at its beginning that are left out. Cells beyond ``width`` are left out, too.
    """
    end = b"" if block.endswith(b"\n") or not block else b"\n"
    data = np.frombuffer(b"".join((block, end, bytes(PADDING))), dtype=np.uint8)
    text = data[: len(data) - PADDING]
    ends = np.flatnonzero((text == ord(delimiter)) | (text == _LINE_END)).astype(np.int32)
    quotes = np.flatnonzero(text == _QUOTE).astype(np.int32)
    if len(quotes):
        ends = ends[~_inside(ends, quotes)]
    starts = np.empty_like(ends)
    starts[:1], starts[1:] = 0, ends[:-1] + 1
    last = text[ends] == _LINE_END
    if skip:
        first = int(np.flatnonzero(last)[skip - 1]) + 1 if skip <= last.sum() else len(ends)
        starts, ends, last = starts[first:], ends[first:], last[first:]
    lengths = ends - starts
    lengths[last] -= (lengths[last] > 0) & (text[ends[last] - 1] == _RETURN)
    starts, lengths = _by_column(starts, lengths, last, width)
    return BlockCells(data, starts, lengths) if not len(quotes) else _unquoted(data, starts, lengths, quotes)


def _inside(places: NDArray[np.integer], quotes: NDArray[np.integer]) -> Flags:
    """Which places are between an opening and a closing quotation mark."""
    inside: Flags = np.searchsorted(quotes, places) % 2 == 1
    return inside


def _by_column(starts: Places, lengths: Places, last: Flags, width: int) -> tuple[Places, Places]:
    """Starts and lengths of all cells in order, as int32 [width, lines]; ``last``: the last cell of each line."""
    count = int(last.sum())
    if count * width == len(starts) and last[width - 1 :: width].all():
        starts, lengths = (np.ascontiguousarray(places.reshape(count, width).T) for places in (starts, lengths))
        return starts, lengths
    line: Integers = np.cumsum(last) - last
    first = np.concatenate([[0], np.flatnonzero(last)[:-1] + 1]) if count else np.zeros(0, dtype=np.int64)
    column = np.arange(len(starts)) - first[line]
    kept = column < width
    at = column[kept], line[kept]
    all_starts, all_lengths = np.zeros((2, width, count), dtype=np.int32)
    all_starts[at], all_lengths[at] = starts[kept], lengths[kept]
    return all_starts, all_lengths


def _unquoted(data: Bytes, starts: Places, lengths: Places, quotes: Places) -> BlockCells:
    """The cells without the quotation marks around them."""
    quoted = (lengths > 1) & (data[starts] == _QUOTE)
    starts, lengths = starts + quoted, lengths - 2 * quoted.astype(np.int32)
    escaped = quoted & (np.searchsorted(quotes, starts) < np.searchsorted(quotes, starts + lengths))
    return BlockCells(data, starts, lengths, escaped if escaped.any() else None)
