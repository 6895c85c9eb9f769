"""Frozen dataclasses with arrays as compact bytes, and back.

Unlike pickle, unpacking runs no code of the file: it makes only instances of the classes that the caller names. Fields
that a later version has added get their defaults, and fields that it no longer has are left out, so that an older
history stays readable. The bytes of each array are sorted by their position within a number (shuffled, as HDF5 does),
which makes them much smaller when compressed.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import reduce
from pathlib import PurePath
from typing import Any

import numpy as np

from almanac.core.arrays import Floats
from almanac.core.system.cores import side_by_side

_HEADER = struct.Struct(">I")  # the length of the tree in bytes; arrays follow
_LEVEL = 1  # of compression: twice as fast as the usual 6, and 3% larger, measured on forecasts
# Of zlib: before its blocks, the last block, and the start of its checksum.
_BEGINNING, _END, _NO_CHECKSUM, _CHECKSUM_BASE = b"\x78\x01", b"\x03\x00", 1, 65521
_ALONE = 1 << 16  # bytes from which on a part is compressed by itself
# Half the bytes of a mantissa are noise: what comes again there does so by chance. Looking for it takes two thirds of
# the time of packing a forecast, and makes it no smaller (measured).
_TRIED, _MAX_WITHOUT_SEARCH = 1 << 13, 1.1  # bytes that show it; how much larger they may become without the search
_AT_ONCE = 1 << 16  # compressed bytes; they may become a thousand times as many
MANTISSA_BITS = 52
_PLAIN = (str, int, float, bool, type(None))
_SEQUENCES: tuple[type[Any], ...] = (tuple, list)


def class_name(kind: type[Any]) -> str:
    """What a class is called in the bytes: its package and its name, so that it may move within its package."""
    _, *inside = kind.__module__.split(".")
    return f"{inside[0] if inside else ''}.{kind.__name__}"


class UnreadableError(Exception):
    """The bytes are damaged, or hold what this version does not know."""


def pack(value: Any) -> bytes:
    """Plain types, tuples, lists, mappings, enumerations, dates, arrays and dataclasses of these as bytes."""
    packer = _Packer()
    tree = json.dumps(packer.tree(value), ensure_ascii=False, separators=(",", ":")).encode()
    head = _HEADER.pack(len(tree)) + tree
    made = side_by_side(_compressed, _parts(head, packer.arrays))
    checksum = reduce(_continued, made, _NO_CHECKSUM)
    return b"".join([_BEGINNING, *(part.blocks for part in made), _END, checksum.to_bytes(4, "big")])


@dataclass(frozen=True)
class _Plane:
    """The bytes of an array at one position within a number; they are made when asked for: all may fill the memory."""

    array: np.ndarray[Any, Any]
    position: int

    @property
    def plain(self) -> bytes:
        return self.array.view(np.uint8).reshape(-1, self.array.itemsize)[:, self.position].tobytes()


@dataclass(frozen=True)
class _Text:
    plain: bytes


@dataclass(frozen=True)
class _Compressed:
    """``blocks`` of zlib, and the ``checksum`` and the ``size`` of what is in them."""

    blocks: bytes
    checksum: int
    size: int


_Part = list[_Plane | _Text]


def _parts(head: bytes, arrays: Sequence[np.ndarray[Any, Any]]) -> list[_Part]:
    """What is compressed together: large planes each by itself, small ones with those before and after them."""
    parts: list[_Part] = [[_Text(head)]]
    size = len(head)
    for array in (array for array in arrays if array.size):
        for position in range(array.itemsize):
            if size >= _ALONE or array.size >= _ALONE:
                parts.append([])
                size = 0
            parts[-1].append(_Plane(array, position))
            size += array.size
    return parts


def _compressed(part: _Part) -> _Compressed:
    plain = part[0].plain if len(part) == 1 else b"".join(one.plain for one in part)
    return _Compressed(_blocks(plain, _strategy(plain)), zlib.adler32(plain), len(plain))


def _blocks(plain: bytes, strategy: int) -> bytes:
    """Blocks without a beginning and an end: those of several parts may follow one another."""
    compress = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, strategy)
    return compress.compress(plain) + compress.flush(zlib.Z_FULL_FLUSH)


def _strategy(plain: bytes) -> int:
    """Only runs of one byte, where looking for what comes again makes hardly anything smaller."""
    if len(plain) < _ALONE:
        return zlib.Z_DEFAULT_STRATEGY
    sample = plain[len(plain) // 2 :][:_TRIED]
    searched, runs = (len(_blocks(sample, way)) for way in (zlib.Z_DEFAULT_STRATEGY, zlib.Z_RLE))
    return zlib.Z_RLE if runs <= _MAX_WITHOUT_SEARCH * searched else zlib.Z_DEFAULT_STRATEGY


def _continued(checksum: int, part: _Compressed) -> int:
    """The checksum (Adler-32) of everything before and of this part: zlib's ``adler32_combine``."""
    low, high = checksum & 0xFFFF, checksum >> 16
    high += (part.checksum >> 16) + part.size * (low - 1)
    low += (part.checksum & 0xFFFF) - 1
    return (high % _CHECKSUM_BASE) << 16 | low % _CHECKSUM_BASE


def unpack(content: bytes, classes: Mapping[str, type[Any]]) -> Any:
    """What was packed, made of these classes by their ``class_name``. Raises ``UnreadableError`` when it cannot be."""
    try:
        plain = _Inflated(content)
        (size,) = _HEADER.unpack(plain.read(_HEADER.size))
        tree = json.loads(plain.read(size))
        made = _Unpacker(plain, classes).value(tree)
        plain.check_rest()
        return made
    except (zlib.error, struct.error, ValueError, TypeError, KeyError, IndexError, AttributeError) as cause:
        raise UnreadableError(str(cause)) from cause


def rounded(values: Floats, bits: int = 34) -> Floats:
    """The values with so many bits of their mantissa, nearest: 34 bits are ten significant digits.

    The zeros that this leaves behind take no room once compressed.
    """
    drop = MANTISSA_BITS - bits
    plain = np.ascontiguousarray(values, np.float64)
    whole = plain.view(np.int64)
    nearest = (whole + (1 << (drop - 1))) & ~((1 << drop) - 1)
    found: Floats = np.where(np.isfinite(plain), nearest.view(np.float64), plain)
    return found


class _Packer:
    """Turns a value into a tree of JSON types, and collects its arrays."""

    def __init__(self) -> None:
        self.arrays: list[np.ndarray[Any, Any]] = []
        self._seen: dict[int, int] = {}  # the same instance again, as for each of thousands of series
        self._kept: list[Any] = []  # what was seen stays alive, so that no other takes its place

    def tree(self, value: Any) -> Any:
        if isinstance(value, Enum):
            return {"enum": class_name(type(value)), "is": value.value}
        if isinstance(value, np.generic):
            value = value.item()
        if isinstance(value, _PLAIN):
            return value
        if isinstance(value, np.ndarray):
            return self._array(value)
        if is_dataclass(value):
            return self._instance(value)
        return self._collection(value)

    def _collection(self, value: Any) -> Any:
        if isinstance(value, _SEQUENCES):
            items: list[Any] = list(value)
            texts = set(map(type, items)) <= {str}
            return {type(value).__name__: items if texts else [self.tree(one) for one in items]}
        if isinstance(value, Mapping):
            return {"map": [[self.tree(key), self.tree(one)] for key, one in value.items()]}
        if isinstance(value, datetime):
            return {"time": value.isoformat()}
        if isinstance(value, date):
            return {"date": value.isoformat()}
        if isinstance(value, PurePath):
            return {"path": str(value)}
        raise TypeError(f"{type(value).__name__} cannot be packed")

    def _instance(self, value: Any) -> Any:
        if id(value) in self._seen:
            return {"again": self._seen[id(value)]}
        parts = {field.name: self.tree(getattr(value, field.name)) for field in fields(value) if field.init}
        self._seen[id(value)] = len(self._kept)
        self._kept.append(value)
        return {"class": class_name(type(value)), "with": parts}

    def _array(self, value: Any) -> Any:
        if value.dtype.kind not in "biuf":
            raise TypeError(f"arrays of {value.dtype} cannot be packed")
        plain = np.ascontiguousarray(value, value.dtype.newbyteorder("<"))
        self.arrays.append(plain)
        return {"array": plain.dtype.str, "shape": list(value.shape)}


class _Inflated:
    """The bytes that were compressed, a part at a time: all of them may fill the memory."""

    def __init__(self, content: bytes) -> None:
        self._content, self._at = memoryview(content), 0
        self._inflate = zlib.decompressobj()
        self._ready = bytearray()

    def read(self, size: int) -> bytes:
        """The next ``size`` bytes. Raises ``ValueError`` when there are fewer, ``zlib.error`` when they are damaged."""
        while len(self._ready) < size and self._at < len(self._content):
            self._ready += self._inflate.decompress(self._content[self._at : self._at + _AT_ONCE])
            self._at += _AT_ONCE
        if len(self._ready) < size:
            raise ValueError("the bytes end too early")
        taken = bytes(memoryview(self._ready)[:size])
        del self._ready[:size]
        return taken

    def check_rest(self) -> None:
        """Raise ``ValueError`` or ``zlib.error`` when what is left is damaged: its checksum comes last."""
        for start in range(self._at, len(self._content), _AT_ONCE):
            self._inflate.decompress(self._content[start : start + _AT_ONCE])
        if not self._inflate.eof:
            raise ValueError("the bytes end too early")


class _Unpacker:
    """Turns a tree back into a value; arrays are taken in the order in which they were packed."""

    def __init__(self, arrays: _Inflated, classes: Mapping[str, type[Any]]) -> None:
        self._arrays = arrays
        self._classes = classes
        self._kept: list[Any] = []

    def value(self, tree: Any) -> Any:
        if not isinstance(tree, dict):
            return tree
        kind = next(iter(tree))
        return _UNPACK[kind](self, tree)

    def items(self, tree: Any) -> list[Any]:
        return [self.value(one) if isinstance(one, dict) else one for one in next(iter(tree.values()))]

    def map(self, tree: Any) -> dict[Any, Any]:
        return {self.value(key): self.value(one) for key, one in tree["map"]}

    def instance(self, tree: Any) -> Any:
        kind = self._classes[tree["class"]]
        known = {field.name for field in fields(kind)}
        parts = {name: self.value(one) for name, one in tree["with"].items()}
        made = kind(**{name: one for name, one in parts.items() if name in known})
        self._kept.append(made)
        return made

    def again(self, tree: Any) -> Any:
        return self._kept[tree["again"]]

    def enum(self, tree: Any) -> Any:
        return self._classes[tree["enum"]](tree["is"])

    def array(self, tree: Any) -> Any:
        dtype, shape = np.dtype(tree["array"]), tuple(tree["shape"])
        count = int(np.prod(shape, dtype=np.int64))
        first = self._arrays.read(count)  # before memory is taken for what a damaged tree promises
        whole = np.empty((count, dtype.itemsize), np.uint8)
        for k in range(dtype.itemsize):
            whole[:, k] = np.frombuffer(self._arrays.read(count) if k else first, np.uint8)
        return whole.reshape(-1).view(dtype).reshape(shape)


_UNPACK: Mapping[str, Any] = {
    "tuple": lambda unpacker, tree: tuple(unpacker.items(tree)),
    "list": _Unpacker.items,
    "map": _Unpacker.map,
    "class": _Unpacker.instance,
    "again": _Unpacker.again,
    "enum": _Unpacker.enum,
    "array": _Unpacker.array,
    "time": lambda _, tree: datetime.fromisoformat(tree["time"]),
    "date": lambda _, tree: date.fromisoformat(tree["date"]),
    "path": lambda _, tree: PurePath(tree["path"]),
}
