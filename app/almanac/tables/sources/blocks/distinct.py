"""The different texts of a column, each kept once, found for a whole block of lines at once."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import numpy as np

from almanac.core.arrays import Flags, Integers, pieces
from almanac.tables.sources.blocks.cells import PADDING, BlockCells
from almanac.tables.sources.blocks.keys import Keys, KeyTable, text_keys
from almanac.tables.values.cells import Codes, clean_cell
from almanac.tables.values.plain_numbers import Bytes, Places
from almanac.tables.values.texts import Texts, few_as_list

_BLANK = ord(" ")
_CLOSING_MARKS = (ord("'"), ord('"'))
_AS_WRITTEN = np.uint64(0x5851F42D4C957F2D)  # sets the keys of texts that are not clean apart from those that are


class DistinctTexts:
    """Every different text of a column once, cleaned, in the order in which they came."""

    def __init__(self) -> None:
        """Begin without any text."""
        self._data = bytearray()
        self._ends: list[Integers] = []
        self._count = 0
        self._table = KeyTable()

    def codes(self, cells: BlockCells, column: int, rows: Integers | None = None) -> Codes:
        """For each row of a block, or of some ``rows``, which text its cell holds: int32 [rows]."""
        some = slice(None) if rows is None else rows
        keys, ascii_only = text_keys(cells.data, cells.starts[column][some], cells.lengths[column][some])
        clean = is_clean(cells, column, ascii_only, some)
        keys ^= np.where(clean, np.uint64(0), _AS_WRITTEN)
        codes = self._table.find(keys)
        new = np.flatnonzero(codes < 0)
        if len(new):
            first, group = groups(keys[:, new])
            added = new[first]
            at = added if rows is None else rows[added]
            codes[new] = self._add(cells, column, at, keys[:, added], clean[added])[group]
        return codes

    def texts(self) -> Sequence[str]:
        """All texts, by their codes. Nothing can be added afterwards."""
        ends = np.concatenate(self._ends) if self._ends else np.zeros(0, dtype=np.int64)
        return few_as_list(Texts(self._data, ends))

    def _add(self, cells: BlockCells, column: int, rows: Integers, keys: Keys, clean: Flags) -> Codes:
        """Keep the texts of some rows, which all differ as they are written: the code of each."""
        data, starts, lengths = cells.data, cells.starts[column][rows], cells.lengths[column][rows]
        if clean.all():
            return self._keep(data, starts, lengths, keys)
        unclean = np.flatnonzero(~clean)
        texts = [clean_cell(cells.raw(column, int(row)).decode(errors="replace")) for row in rows[unclean]]
        cleaned = [str(text).encode(errors="replace") for text in texts]
        lengths[unclean] = list(map(len, cleaned))
        starts[unclean] = len(data) + np.cumsum(lengths[unclean]) - lengths[unclean]
        data = np.concatenate([data, np.frombuffer(b"".join((*cleaned, bytes(PADDING))), dtype=np.uint8)])
        keys_as_written, keys = keys[:, unclean], keys.copy()
        keys[:, unclean] = text_keys(data, starts[unclean], lengths[unclean])[0]
        codes = self._table.find(keys)
        new = np.flatnonzero(codes < 0)
        if len(new):
            first, group = groups(keys[:, new])
            kept = new[first]
            codes[new] = self._keep(data, starts[kept], lengths[kept], keys[:, kept])[group]
        self._table.add(keys_as_written, codes[unclean])
        return codes

    def _keep(self, data: Bytes, starts: Places, lengths: Places, keys: Keys) -> Codes:
        """Keep texts that are new, clean and different from one another: the code of each."""
        ends = np.cumsum(lengths, dtype=np.int64)
        places = np.repeat((starts - (ends - lengths)).astype(np.int32), lengths)
        places += np.arange(len(places), dtype=np.int32)
        self._ends.append(ends + len(self._data))
        self._data += data[places].tobytes()
        codes = np.arange(self._count, self._count + len(ends), dtype=np.int32)
        self._count += len(ends)
        self._table.add(keys, codes)
        return codes


def is_clean(cells: BlockCells, column: int, ascii_only: Flags, some: slice | Integers = slice(None)) -> Flags:
    """Which texts are as ``clean_cell`` would leave them, for certain: bool [N]; ``some``: rows of the block."""
    data, starts, lengths = cells.data, cells.starts[column][some], cells.lengths[column][some]
    last = data[starts + np.maximum(lengths, 1) - 1]
    flags: Flags = (data[starts] > _BLANK) & (last > _BLANK)
    for mark in _CLOSING_MARKS:
        flags &= last != mark
    flags |= lengths == 0
    flags &= ascii_only
    if cells.escaped is not None:
        flags &= ~cells.escaped[column][some]
    return flags


def groups(keys: Keys) -> tuple[Codes, Codes]:
    """Equal keys as one: the first of each group, groups in the order of these, and the group of each key.

    ``keys``: uint64 [parts, N].
    """
    if _ascending(keys):
        each = np.arange(keys.shape[1], dtype=np.int32)
        return each, each
    order = (np.lexsort(keys) if len(keys) > 1 else np.argsort(keys[0])).astype(np.int32)
    begins = np.zeros(len(order), dtype=bool)
    begins[:1] = True
    for part in keys:
        ordered = part[order]
        begins[1:] |= ordered[1:] != ordered[:-1]
        del ordered  # of millions of keys each array counts
    first = np.minimum.reduceat(order, np.flatnonzero(begins))
    by_appearance = np.argsort(first).astype(np.int32)
    number = np.empty_like(by_appearance)
    number[by_appearance] = np.arange(len(first), dtype=np.int32)
    group = np.empty_like(order)
    group[order] = number[np.cumsum(begins, dtype=np.int32) - 1]
    return first[by_appearance], group


def _ascending(keys: Keys) -> bool:
    """Whether each key comes after the one before it as its bytes are written, as the times of one series do."""
    for some in pieces(max(keys.shape[1] - 1, 0)):
        after, same = np.zeros(some.stop - some.start, dtype=bool), np.ones(some.stop - some.start, dtype=bool)
        for part in keys[:, some.start : some.stop + 1]:
            written = part.byteswap() if sys.byteorder == "little" else part
            after |= same & (written[1:] > written[:-1])
            same &= written[1:] == written[:-1]
            if not (after | same).all():
                return False
        if not after.all():
            return False
    return True
