"""Numbers that stand for texts, 128 bits each, and a table of those that are known, for whole arrays at once."""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

from almanac.core.arrays import Flags
from almanac.tables.values.cells import Codes
from almanac.tables.values.plain_numbers import Bytes, Places

Keys = NDArray[np.uint64]
WORD_BYTES = 8
_MAX_WORDS = 32  # of a text; a longer one is hashed on its own. Chosen by judgement
_FIRST_NOT_ASCII = 0x80
_NOT_ASCII = np.uint64(0x8080808080808080)
# Odd numbers without a pattern, from the digits of the golden ratio and of prime roots, by which words are mixed.
_MIXERS = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))
_FIRST_SIZE = 1 << 10
_GROWTH = 1.25  # of the room for keys, when it is full; chosen by judgement
_MAX_LOAD = 0.5  # share of a table's places in use: with more, many keys meet another at theirs; chosen by judgement


def text_keys(data: Bytes, starts: Places, lengths: Places) -> tuple[Keys, Flags]:
    """A key for each of N texts, uint64 [2, N], and which are ASCII, bool [N].

    ``data`` goes on for at least 16 bytes after the last text.
    """
    keys = np.empty((2, len(starts)), dtype=np.uint64)
    keys[:] = lengths.astype(np.uint64)
    ascii_only = np.ones(len(starts), dtype=bool)
    words = _aligned(data)
    long = np.flatnonzero(lengths > _MAX_WORDS * WORD_BYTES).tolist()
    rows = None  # those that are not at their end: all, at first
    for done in range(0, min(int(lengths.max(initial=0)), _MAX_WORDS * WORD_BYTES), WORD_BYTES):
        if done:
            rows = np.flatnonzero(lengths > done)
        here, left = (starts, lengths) if rows is None else (starts[rows] + np.int32(done), lengths[rows] - done)
        word = _words(words, here, left)
        at = slice(None) if rows is None else rows
        ascii_only[at] &= word & _NOT_ASCII == 0
        for key, mixer in zip(keys, _MIXERS, strict=True):
            key[at] = _mixed(key[at] ^ word, mixer)
    for row in long:
        text = data[starts[row] : starts[row] + lengths[row]]
        keys[:, row] = np.frombuffer(hashlib.blake2b(text.tobytes(), digest_size=16).digest(), dtype=np.uint64)
        ascii_only[row] = bool((text < _FIRST_NOT_ASCII).all())
    return keys, ascii_only


def words_of(data: Bytes, starts: Places, lengths: Places, count: int) -> tuple[Keys, Flags]:
    """The first bytes of each of N texts, 8 a word and zero beyond its end, uint64 [count, N], and whether they are
    all ASCII, bool [N].

    ``data`` goes on for at least ``8 * count + 8`` bytes after the last text.
    """
    aligned = _aligned(data)
    words = np.empty((count, len(starts)), dtype=np.uint64)
    for n, word in enumerate(words):
        word[:] = _words(aligned, starts + np.int32(n * WORD_BYTES), lengths - np.int32(n * WORD_BYTES))
    return words, (np.bitwise_or.reduce(words, axis=0) & _NOT_ASCII) == 0


def _aligned(data: Bytes) -> Keys:
    return data[: len(data) // WORD_BYTES * WORD_BYTES].view(np.uint64)


def _words(words: Keys, starts: Places, lengths: Places) -> Keys:
    """The first 8 bytes of each text, zero beyond its end: uint64 [N]."""
    at, bits = starts >> 3, ((starts & 7) << 3).astype(np.uint64)
    word: Keys = words[at] >> bits
    word |= (words[at + 1] << np.uint64(1)) << (np.uint64(63) - bits)
    beyond = ((WORD_BYTES - np.clip(lengths, 0, WORD_BYTES)) << 3).astype(np.uint64)
    mask = np.where(lengths > 0, ~np.uint64(0) >> np.minimum(beyond, np.uint64(63)), np.uint64(0))
    word &= mask
    return word


def _mixed(keys: Keys, mixer: np.uint64) -> Keys:
    """Numbers whose bits all depend on all bits of the keys; different ones for different keys."""
    keys ^= keys >> np.uint64(32)
    keys *= mixer
    keys ^= keys >> np.uint64(29)
    keys *= mixer
    keys ^= keys >> np.uint64(32)
    return keys


class KeyTable:
    """The code of each known key: a hash table with open addressing, for many keys at once."""

    def __init__(self) -> None:
        """Begin without any key."""
        self._count = 0
        self._keys = np.empty((2, _FIRST_SIZE), dtype=np.uint64)
        self._codes = np.empty(_FIRST_SIZE, dtype=np.int32)
        self._places = np.full(_FIRST_SIZE, -1, dtype=np.int32)  # which key is at each place

    def find(self, keys: Keys) -> Codes:
        """The code of each key, -1 where it is not known: int32 [N]."""
        place, mask = self._first_places(keys[0])
        known = self._places[place]
        hit = (known >= 0) & (self._keys[:, known] == keys).all(0)
        codes: Codes = np.where(hit, self._codes[known], np.int32(-1))
        rows = np.flatnonzero((known >= 0) & ~hit)
        while len(rows):
            place[rows] = (place[rows] + 1) & mask
            known = self._places[place[rows]]
            hit = (known >= 0) & (self._keys[:, known] == keys[:, rows]).all(0)
            codes[rows[hit]] = self._codes[known[hit]]
            rows = rows[(known >= 0) & ~hit]
        return codes

    def add(self, keys: Keys, codes: Codes) -> None:
        """Add keys, all different from one another and from those that are known."""
        first, self._count = self._count, self._count + keys.shape[1]
        if self._count > self._keys.shape[1]:
            room = max(self._count, int(self._keys.shape[1] * _GROWTH))
            grown = np.empty((2, room), dtype=np.uint64), np.empty(room, dtype=np.int32)
            grown[0][:, :first], grown[1][:first] = self._keys[:, :first], self._codes[:first]
            self._keys, self._codes = grown
        self._keys[:, first : self._count], self._codes[first : self._count] = keys, codes
        if self._count > _MAX_LOAD * len(self._places):
            size = 1 << int(self._count / _MAX_LOAD).bit_length()
            self._places = np.full(size, -1, dtype=np.int32)
            first = 0
        self._enter(first)

    def _enter(self, first: int) -> None:
        """Give the keys from a number on their places."""
        numbers = np.arange(first, self._count, dtype=np.int32)
        place, mask = self._first_places(self._keys[0, first : self._count])
        while len(numbers):
            free = self._places[place] < 0
            self._places[place[free]] = numbers[free]
            left = self._places[place] != numbers  # taken, by one of these perhaps
            numbers, place = numbers[left], (place[left] + 1) & mask

    def _first_places(self, keys: Keys) -> tuple[NDArray[np.int64], int]:
        """Where each key is looked for first, and what keeps places inside the table."""
        mask = len(self._places) - 1
        return (keys & np.uint64(mask)).astype(np.int64), mask
