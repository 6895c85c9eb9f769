"""A column of short texts that are mostly different, such as stamps and ids: each is a few 64-bit numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from almanac.core.arrays import Integers, number_type, pick
from almanac.core.system.memory import give_back
from almanac.tables.sources.blocks.cells import BlockCells
from almanac.tables.sources.blocks.distinct import DistinctTexts, groups, is_clean
from almanac.tables.sources.blocks.keys import WORD_BYTES, Keys, words_of
from almanac.tables.values.cells import Codes
from almanac.tables.values.texts import Texts, few_as_list

_AT_ONCE = 1 << 15  # texts, so that little memory is needed
MAX_PACKED = 3  # words of a text: with more, these take as much memory as what they replace
_BYTES_OF_CHARACTER = 4  # at most, in UTF-8
_LOWEST_BYTE = np.uint64(0xFF)
_OTHER = np.uint64(0xFF)  # first byte of a text that is kept elsewhere, before its number: no text in UTF-8 begins so
_SHIFT = np.uint64(8)


class PackedTexts:
    """Every different text of a column once, cleaned, and which one each row holds.

    Each block keeps its different texts, as ``words`` of 8 bytes each, and a small number for each row; they become
    one list at the end. ``DistinctTexts``, which finds each text among those of the blocks before, takes more memory.
    """

    def __init__(self, words: int) -> None:
        """Begin without any text; ``words``: of most texts."""
        self._size = words
        self._words: list[Keys] = []
        self._codes: list[NDArray[np.unsignedinteger]] = []
        self._others = DistinctTexts()  # longer ones, and those that have to be cleaned

    def add(self, cells: BlockCells, column: int) -> None:
        """Add the rows of a block."""
        starts, lengths = cells.starts[column], cells.lengths[column]
        words, ascii_only = words_of(cells.data, starts, lengths, self._size)
        others = np.flatnonzero((lengths > self._size * WORD_BYTES) | ~is_clean(cells, column, ascii_only))
        if len(others):
            words[:, others] = 0
            words[0, others] = self._others.codes(cells, column, others).astype(np.uint64) << _SHIFT | _OTHER
        first, group = groups(words)
        self._words.append(words[:, first])
        self._codes.append(group.astype(np.min_scalar_type(len(first))))

    def finish(self) -> tuple[Codes, Sequence[str]]:
        """Which text each row holds, of ``number_type`` [rows], and all texts. Nothing can be added afterwards."""
        sizes = [block.shape[1] for block in self._words]
        words, done = np.empty((self._size, sum(sizes)), dtype=np.uint64), 0
        self._words.reverse()
        while self._words:  # so that no block is in memory twice for long
            block = self._words.pop()
            words[:, done : done + block.shape[1]] = block
            done += block.shape[1]
        give_back()  # what the blocks left between them
        others = self._others.texts()
        elsewhere = np.flatnonzero(words[0] & _LOWEST_BYTE == _OTHER)
        if len(elsewhere):  # a text that is short once it is clean is the same as one that was written so
            words[:, elsewhere] = self._packed(others)[:, words[0, elsewhere] >> _SHIFT]
        first, group = groups(words)
        codes, done = np.empty(sum(map(len, self._codes)), dtype=number_type(len(first))), 0
        for rows, size in zip(self._codes, sizes, strict=True):
            codes[done : done + len(rows)] = pick(group[:size], rows)
            group = group[size:]
            done += len(rows)
        self._codes, self._others = [], DistinctTexts()
        return codes, few_as_list(_as_texts(words, first, others))

    def _packed(self, texts: Sequence[str]) -> Keys:
        """The words of each text that is short, otherwise its number: uint64 [words, n]."""
        room = self._size * WORD_BYTES
        encoded = [text.encode() for text in texts]
        parts = [
            (text if len(text) <= room else (n << int(_SHIFT) | int(_OTHER)).to_bytes(WORD_BYTES, "little")).ljust(
                room, b"\0"
            )
            for n, text in enumerate(encoded)
        ]
        packed: Keys = np.frombuffer(b"".join(parts), dtype=np.uint64).reshape(-1, self._size).T
        return packed


def _as_texts(words: Keys, some: Codes, others: Sequence[str]) -> Texts:
    """The texts of some different words; ``words``: uint64 [parts, n], ``some``: their places, int32 [k]."""
    most = len(some) * len(words) * WORD_BYTES + sum(map(len, others)) * _BYTES_OF_CHARACTER
    # With room for all from the beginning, nothing is copied to where there is more.
    letters, size = bytearray(0 if others else np.count_nonzero(words.view(np.uint8))), 0
    ends = np.empty(len(some), dtype=number_type(most))
    for first in range(0, len(some), _AT_ONCE):
        at = slice(first, first + _AT_ONCE)
        data, lengths = _letters(words[:, some[at]], others)
        ends[at] = size + np.cumsum(lengths, dtype=np.int64)
        letters[size : size + len(data)] = data
        size += len(data)
    del letters[size:]
    return Texts(letters, ends)


def _letters(words: Keys, others: Sequence[str]) -> tuple[bytes, Integers]:
    """The bytes of some texts end to end, and how many each has: int64 [n]."""
    letters = np.ascontiguousarray(words.T).view(np.uint8).reshape(-1, len(words) * WORD_BYTES)
    elsewhere = np.flatnonzero(words[0] & _LOWEST_BYTE == _OTHER).tolist()
    if not elsewhere:
        filled = letters != 0
        return letters[filled].tobytes(), filled.sum(1)
    parts = [row.rstrip(b"\0") for row in letters.view(f"S{letters.shape[1]}")[:, 0].tolist()]
    for n in elsewhere:
        parts[n] = others[int(words[0, n] >> _SHIFT)].encode()
    return b"".join(parts), np.array(list(map(len, parts)), dtype=np.int64)
