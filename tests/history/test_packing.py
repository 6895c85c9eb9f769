"""Packing: values come back as they were, foreign bytes make nothing, and rounding keeps ten digits."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

import numpy as np
import pytest

from almanac.history import class_name, pack, rounded
from almanac.history.packing import UnreadableError, unpack


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Point:
    x: Any
    y: Any = 2


CLASSES = {class_name(one): one for one in (Colour, Point)}


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        -3,
        1.5,
        float("inf"),
        "Ümläut “quoted”",
        ("a", "b"),
        (),
        ["a", 1, None, ("b",)],
        {"a": 1, 0.8: ("x",), ("k", 2): None},
        Colour.RED,
        datetime(2026, 1, 2, 3, 4, 5, 6, UTC),
        date(2026, 1, 2),
        Point(Point(1), Colour.RED),
        (Point(1), Point(1)),
    ],
)
def test_values_come_back_as_they_were(value: object) -> None:
    found = unpack(pack(value), CLASSES)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("dtype", ["f8", "f4", "i8", "i4", "u1", "?"])
@pytest.mark.parametrize("shape", [(0,), (5,), (2, 0, 3), (3, 4, 2)])
def test_arrays_come_back_as_they_were(dtype: str, shape: tuple[int, ...]) -> None:
    array = np.random.default_rng(0).integers(0, 200, shape).astype(dtype)
    found = unpack(pack({"first": array, "second": array[..., ::-1]}), {})
    for name, expected in (("first", array), ("second", array[..., ::-1])):
        np.testing.assert_array_equal(found[name], expected)
        assert found[name].dtype == array.dtype


@pytest.mark.parametrize("dtype", [">f8", ">i4", ">u2"])
def test_numbers_in_the_other_order_of_bytes_come_back_as_they_were(dtype: str) -> None:
    array = np.arange(1, 300, dtype=dtype)
    found = unpack(pack(array), {})
    np.testing.assert_array_equal(found, array)
    assert found.dtype == array.dtype.newbyteorder("<")


def test_large_arrays_come_back_as_they_were_between_small_ones() -> None:
    """Their bytes are compressed apart from others, noise without a search for what comes again."""
    rng = np.random.default_rng(0)
    noise, counts = rng.normal(size=(3, 30_000)), rng.integers(0, 9, 70_000)
    value = {"before": np.arange(5), "noise": noise, "flag": np.array([True]), "counts": counts, "after": Point("x")}
    packed = pack(value)
    found = unpack(packed, CLASSES)
    for name in ("before", "noise", "flag", "counts"):
        np.testing.assert_array_equal(found[name], value[name])
    assert found["after"] == Point("x")
    assert len(packed) <= len(zlib.compress(zlib.decompress(packed), 1))


def test_one_instance_for_many_stays_one() -> None:
    point = Point(1)
    found = unpack(pack((point, point)), CLASSES)
    assert found[0] is found[1]


def test_fields_that_came_later_get_their_defaults_and_old_ones_are_left_out() -> None:
    packed = zlib.decompress(pack(Point(1, 5)))
    older = zlib.compress(packed.replace(b'"y":5', b'"z":5'))
    assert unpack(older, CLASSES) == Point(1, 2)


@pytest.mark.parametrize(
    "content", [b"", b"text", zlib.compress(b""), zlib.compress(b"\0\0\0\1["), pack(Point(1))[:-4]]
)
def test_foreign_and_damaged_bytes_are_said(content: bytes) -> None:
    with pytest.raises(UnreadableError):
        unpack(content, CLASSES)


def test_bytes_that_end_early_or_were_changed_are_said() -> None:
    content = pack({"values": np.random.default_rng(0).integers(0, 9, 500), "none": np.empty(0)})
    whole = zlib.decompress(content)
    for at in range(len(content)):
        with pytest.raises(UnreadableError):
            unpack(content[:at], CLASSES)
        changed = content[:at] + bytes([content[at] ^ 0x55]) + content[at + 1 :]
        if not _same(changed, whole):  # zeros may be copied from one place or another
            with pytest.raises(UnreadableError):
                unpack(changed, CLASSES)


def _same(content: bytes, plain: bytes) -> bool:
    try:
        return zlib.decompress(content) == plain
    except zlib.error:
        return False


def test_an_array_larger_than_its_bytes_takes_no_memory() -> None:
    tree = json.dumps({"array": "<f8", "shape": [10**14]}).encode()
    with pytest.raises(UnreadableError):
        unpack(zlib.compress(len(tree).to_bytes(4, "big") + tree + bytes(800)), CLASSES)


def test_only_the_classes_that_are_named_are_made() -> None:
    with pytest.raises(UnreadableError):
        unpack(pack(Point(1)), {})


def test_what_cannot_be_packed_is_a_bug() -> None:
    with pytest.raises(TypeError):
        pack(object())
    with pytest.raises(TypeError):
        pack(np.array([None]))


def test_rounding_keeps_ten_digits_and_infinities() -> None:
    values = np.random.default_rng(0).lognormal(3, 8, 1000) * np.where(np.arange(1000) % 2, 1, -1)
    values[:4] = np.nan, np.inf, 0.0, -0.0
    found = rounded(values)
    np.testing.assert_allclose(found, values, rtol=5e-11)
    assert len(pack(found)) < 0.8 * len(pack(values))
