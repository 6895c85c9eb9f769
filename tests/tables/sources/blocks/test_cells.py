"""Cells found for a whole block at once are those that the csv module finds line by line."""

from __future__ import annotations

import random

import numpy as np
import pytest

from almanac.tables.sources.blocks.cells import find_cells, is_regular
from almanac.tables.sources.blocks.distinct import DistinctTexts
from almanac.tables.sources.blocks.keys import KeyTable, text_keys
from almanac.tables.sources.blocks.packed_texts import PackedTexts
from almanac.tables.sources.quotes import as_text, read_rows
from almanac.tables.values.cells import clean_cell

WIDTH = 3
FEW = range(15)  # as many as have each property of random_text at least once
SEEDS = [FEW, pytest.param(range(15, 300), marks=pytest.mark.slow)]
LONG = ("x" * 40, "y" * 300, "ü" * 300)
PLAIN = ("a", "", "Käse", " x ", "'q'", "abcdefgh", "abcdefghi", "1.5", '="007"', "\u200bz", *LONG)
QUOTED = (*PLAIN, "Milk, fresh", 'say "hi"', '"', '""', "line\nbreak", "line\r\nbreak")


def random_text(seed: int) -> str:
    chance = random.Random(seed)
    cells = PLAIN if seed % 3 == 0 else QUOTED
    widths = (3, 3, 3, 2, 4, 1) if seed % 2 else (WIDTH,)
    rows = [[chance.choice(cells) for _ in range(chance.choice(widths))] for _ in range(chance.randrange(1, 40))]
    if seed % 3 == 0:
        rows = [[cell.replace('"', "") for cell in row] for row in rows]
    text = as_text(rows, ",")
    if seed % 5 == 0:
        text = text.replace("\r\n", "\n").replace("\n", "\r\n")
    return text.removesuffix("\n") if seed % 7 == 0 else text


@pytest.mark.parametrize("seeds", SEEDS)
def test_cells_are_those_that_the_csv_module_finds(seeds: range) -> None:
    for seed in seeds:
        text = random_text(seed)
        wanted = read_rows(text, ",").rows
        cells = find_cells(text.encode(), ",", WIDTH)
        assert cells.rows == len(wanted)
        for i in range(WIDTH):
            found = [cells.raw(i, row).decode() for row in range(cells.rows)]
            assert found == [row[i] if i < len(row) else "" for row in wanted], seed


@pytest.mark.parametrize("seeds", SEEDS)
def test_each_text_is_kept_once_and_clean(seeds: range) -> None:
    for seed in seeds:
        texts = [random_text(seed), random_text(seed + 1), random_text(seed)]
        blocks = [find_cells(text.encode(), ",", WIDTH) for text in texts]
        rows = [row for text in texts for row in read_rows(text, ",").rows]
        for i in range(WIDTH):
            distinct = DistinctTexts()
            codes = np.concatenate([distinct.codes(cells, i) for cells in blocks])
            kept = list(distinct.texts())
            wanted = [clean_cell(row[i] if i < len(row) else "") for row in rows]
            assert [kept[code] for code in codes] == wanted, seed
            assert kept == list(dict.fromkeys(wanted)), seed  # in the order in which they came


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("words", [1, 2, 4])
def test_packed_texts_are_the_same(words: int, seeds: range) -> None:
    for seed in seeds:
        texts = [random_text(seed), random_text(seed + 1), random_text(seed)]
        blocks = [find_cells(text.encode(), ",", WIDTH) for text in texts]
        for i in range(WIDTH):
            distinct, packed = DistinctTexts(), PackedTexts(words)
            wanted = np.concatenate([distinct.codes(cells, i) for cells in blocks])
            for cells in blocks:
                packed.add(cells, i)
            codes, kept = packed.finish()
            names = list(distinct.texts())
            assert [kept[code] for code in codes] == [names[code] for code in wanted], seed
            assert list(kept) == names, seed


def test_lines_at_the_beginning_can_be_left_out() -> None:
    cells = find_cells(b'title\n"two\nlines",b\n1,2\n3,4', ",", 2, skip=2)
    assert [cells.raw(0, row) for row in range(cells.rows)] == [b"1", b"3"]
    assert find_cells(b"a\nb\n", ",", 2, skip=5).rows == 0
    assert find_cells(b"", ",", 2).rows == 0


@pytest.mark.parametrize(
    ("text", "regular"),
    [
        (b"a,b\n1,2\n", True),
        (b'"a","b, c"\r\n"x ""y""",2\r\n', True),
        (b'"""a"""\n', True),
        (b'a,5 "inch" pipe\n', False),  # inside a cell
        (b'a,"b" c\n', False),
        (b'a,"b\n', False),  # never closed
        (b'"a\nb",c\n', False),  # over two lines: looked at more closely
        (b"a,b\r1,2\n", False),  # lines that end in two ways
    ],
)
def test_blocks_with_odd_quotation_marks_are_recognised(text: bytes, regular: bool) -> None:
    assert is_regular(text, ",") is regular


def test_a_cell_of_megabytes_takes_no_longer_than_its_bytes() -> None:
    cells = find_cells(b"a," + b'"' * (2 << 20) + b"\nb,c\n", ",", 2)
    assert len(DistinctTexts().codes(cells, 1)) == 2


def test_a_hundred_thousand_keys_are_all_found_again() -> None:
    texts = [f"{n:x}-{n % 7}" for n in range(100_000)]
    cells = find_cells("\n".join(texts).encode(), ",", 1)
    keys, ascii_only = text_keys(cells.data, cells.starts[0], cells.lengths[0])
    assert ascii_only.all()
    table = KeyTable()
    for first in range(0, len(texts), 30_000):
        part = slice(first, first + 30_000)
        assert (table.find(keys[:, part]) == -1).all()
        table.add(keys[:, part], np.arange(len(texts), dtype=np.int32)[part])
    assert np.array_equal(table.find(keys), np.arange(len(texts)))
