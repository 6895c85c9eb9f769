"""No text in a cell, a heading or a part of a workbook makes a regular expression or a reader take for ever.

Every compiled pattern of the program is tried on texts that are hostile to patterns: long runs of what it may take in
several ways, and an end that does not fit. Four times the text may take about four times as long.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise, product
from pathlib import Path
from time import perf_counter, thread_time
from types import ModuleType
from typing import Any

import pytest
from tests.tables.conftest import Reader, lines, months

import almanac
from almanac.tables.layout.column_names import column_names
from almanac.tables.layout.sample import cell_kind
from almanac.tables.layout.structure import find_structure
from almanac.tables.layout.units import without_unit
from almanac.tables.sources.blank_columns import find_spans, with_tabs
from almanac.tables.sources.delimiters import find_delimiter
from almanac.tables.sources.encodings import find_encoding
from almanac.tables.values.cells import Grid, clean_cell, make_column
from almanac.tables.values.dates.calendar_names import is_year, month_number, quarter_number
from almanac.tables.values.dates.date_text import first_date_text
from almanac.tables.values.dates.one_date import parse_date
from almanac.tables.values.dates.read_dates import is_compact_date, looks_like_date, read_clock, read_dates
from almanac.tables.values.numbers import looks_like_number, read_number, votes, whole_number

SIZES = (125, 500, 2000)  # characters; each is a quarter of the next
PART_SIZES = (500, 2000, 8000)  # bytes: parts of workbooks are long
MAX_GROWTH = 8  # 4 is linear, 16 is quadratic
FLOOR_S = 0.0025  # what the clock and the first call may add; a quadratic pattern takes longer at the last size
SEARCHING = {"search", "findall", "finditer", "sub", "split"}
MODULE_FUNCTIONS = {f"re.{name}" for name in (*SEARCHING, "match", "fullmatch")}

STARTS = ("", "1", "1 ", "(", "€", "2024-01-01 10:00 ", "1 Jan 2024", "Week 1", "a")
RUNS = (" ", "1", "a", "é", "(", ")", ".", ",", "-", "'", "=", "_", "\t", "1 ", "1,", "a ", "a_", "1'", "() ", "ts ")
RUNS += ("=\n",)
PART_STARTS = ("", "1", "a", "<row ", "<sheet ", 'r="A1')
PART_RUNS = (*RUNS, "<v ", "<row ", "<sheet ", "<col ", '"s"', '<c "s"', 'r="', "<table:table-cell ", 'hidden="1"')
ENDS = ("", "x", "!", "\n")


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(almanac.__path__, "almanac."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def patterns_in(value: Any) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from patterns_in(one)
    elif isinstance(value, tuple | list | frozenset | set):
        for one in value:
            yield from patterns_in(one)


def source(module: ModuleType) -> str:
    return Path(module.__file__ or "").read_text(encoding="utf-8")


def searched_names(module: ModuleType) -> set[str]:
    """The names in a module whose patterns are looked for anywhere in a text."""
    tree = ast.parse(source(module))
    owners = (n.value for n in ast.walk(tree) if isinstance(n, ast.Attribute) and n.attr in SEARCHING)
    return {name.id for owner in owners for name in ast.walk(owner) if isinstance(name, ast.Name)}


def pattern_calls() -> dict[str, Callable[[Any], object]]:
    """Every pattern of the program, by its name and the way in which it is used."""
    calls: dict[str, Callable[[Any], object]] = {}
    for module in modules():
        patterns = {name: found for name, value in vars(module).items() if (found := list(patterns_in(value)))}
        searched = searched_names(module) if patterns else set()
        for name, found in patterns.items():
            for n, pattern in enumerate(found):
                calls[f"{module.__name__}.{name}[{n}].fullmatch"] = pattern.fullmatch
                if name in searched:
                    calls[f"{module.__name__}.{name}[{n}].findall"] = pattern.findall
    return calls


CALLS = pattern_calls()


@cache
def hostile_texts() -> list[list[str]]:
    """All texts that are hostile to what reads a cell, in each size."""
    return [[s + run * (size // len(run)) + e for s, run, e in product(STARTS, RUNS, ENDS)] for size in SIZES]


@cache
def hostile_parts() -> list[list[bytes]]:
    """All texts that are hostile to what reads a part of a workbook, in each size."""
    every = list(product(PART_STARTS, PART_RUNS, ENDS))
    return [[as_bytes(s + run * (size // len(run)) + e) for s, run, e in every] for size in PART_SIZES]


def test_some_texts_have_every_beginning_run_and_end() -> None:
    for starts, runs in ((STARTS, RUNS), (PART_STARTS, PART_RUNS)):
        step = 5 if runs is RUNS else 7
        chosen = list(product(starts, runs, ENDS))[::step]
        assert [set(part) for part in zip(*chosen, strict=True)] == [set(starts), set(runs), set(ENDS)]


def seconds(call: Callable[[Any], object], text: Any) -> float:
    """How long one call takes on this processor, whatever else the machine does."""
    start = thread_time()
    call(text)
    return thread_time() - start


def slow_ones(call: Callable[[Any], object], texts: Sequence[Any]) -> Iterator[int]:
    """Which of these texts take more than ``FLOOR_S``.

    Most calls take a microsecond, and asking how long this processor took takes as long: a look at the clock first.
    """
    for n, text in enumerate(texts):
        start = perf_counter()
        call(text)
        if perf_counter() - start > FLOOR_S and seconds(call, text) > FLOOR_S:
            yield n


def assert_linear(call: Callable[[Any], object], texts: Sequence[Sequence[Any]]) -> None:
    """Try all hostile texts, from short to long, so that a call of exponential time fails soon."""
    for shorter, longer in pairwise(texts):
        for n in slow_ones(call, longer):  # this may also be the machine: measure both
            long = longer[n]
            before, after = (min(seconds(call, text) for _ in range(3)) for text in (shorter[n], long))
            assert after < MAX_GROWTH * before + FLOOR_S, f"{after:.2f} s for {long[:30]!r} … {long[-5:]!r}"


def as_bytes(text: str) -> bytes:
    return text.encode("latin-1", "replace")


SOME_OR_ALL = pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["some", "all"])


def some_texts() -> list[list[str]]:
    """A fifth of the texts, with every beginning, run and end: 5 does not divide the number of runs and ends."""
    return [texts[::5] for texts in hostile_texts()]


def some_parts() -> list[list[bytes]]:
    """A seventh of the parts, likewise."""
    return [parts[::7] for parts in hostile_parts()]


@SOME_OR_ALL
@pytest.mark.parametrize("name", CALLS)
def test_no_pattern_takes_more_than_linear_time(name: str, every: bool) -> None:
    call = CALLS[name]
    if isinstance(call.__self__.pattern, bytes):  # type: ignore[attr-defined]
        assert_linear(call, hostile_parts() if every else some_parts())
    else:
        assert_linear(call, hostile_texts() if every else some_texts())


def test_patterns_are_found() -> None:
    assert len(CALLS) > 100
    assert "almanac.tables.values.numbers._NUMBER[0].fullmatch" in CALLS
    assert "almanac.tables.values.dates.date_text._WEEKDAY_AFTER[0].findall" in CALLS


def test_every_pattern_is_in_view() -> None:
    """One that is written where it is used is not among those above: it must be anchored, or short of repetitions."""
    unseen = set()
    for text in filter(re.compile(r"\bre\.").search, map(source, modules())):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in MODULE_FUNCTIONS:
                unseen.add(ast.unparse(node.args[0]))
    simple = {
        "'Column [A-Z]{1,3}'",
        "'[.,]'",
        "'[\\\\W_]+'",
        "'[\\\\W_\\\\d]+'",
        "'^\\\\d{1,2}'",
        "b'\\\\s' + name + b'=\\\\\"([^\\\\\"]*)\\\\\"'",
    }
    assert unseen <= simple


READERS: dict[str, Callable[[str], object]] = {
    "looks_like_number": looks_like_number,
    "read_number with a point": lambda text: read_number(text, "."),
    "read_number with a comma": lambda text: read_number(text, ","),
    "votes": lambda text: votes([text]),
    "whole_number": whole_number,
    "looks_like_date": looks_like_date,
    "read_dates": lambda text: read_dates([text]),
    "parse_date": parse_date.__wrapped__,
    "first_date_text": first_date_text,
    "read_clock": read_clock,
    "is_compact_date": is_compact_date,
    "month_number": month_number.__wrapped__,
    "quarter_number": quarter_number,
    "is_year": is_year,
    "clean_cell": clean_cell,
    "cell_kind": cell_kind,
    "without_unit": lambda text: without_unit(make_column([text, f"{text}2"])),
    "column_names": lambda text: column_names([[text, text], [text, "a"]], (0, 1), (0, 1), {}),
    "find_structure": lambda text: find_structure(Grid([[text, "Sales"], ["2024-01-01", 5], [text, 6]])),
    "with_tabs": lambda text: with_tabs(text, "  ", ()),
    "with_tabs by place": lambda text: with_tabs(text, "  ", ((0, 4), (6, 9))),
    "find_spans": lambda text: find_spans(f"{text}  2\n1  2", "  ", looks_like_number),
    "find_delimiter": find_delimiter,
    "find_encoding": lambda text: find_encoding(as_bytes(text)),
}


@pytest.mark.parametrize("pattern", [r"\s+x", r"(a|\s)+$"])
def test_a_pattern_of_quadratic_time_is_noticed(pattern: str) -> None:
    with pytest.raises(AssertionError):
        assert_linear(re.compile(pattern).findall, some_texts())


@SOME_OR_ALL
@pytest.mark.parametrize("name", READERS)
def test_no_reader_of_texts_takes_more_than_linear_time(name: str, every: bool) -> None:
    assert_linear(READERS[name], hostile_texts() if every else some_texts())


CELLS = {
    "padded with blanks": "1" + " " * 200 + "x",
    "blanks alone in quotation marks": "'" + " " * 5000 + "'",
    "5,000 digits": "1" * 5000,
    "5,000 digits with a sign": "-" + "9" * 5000 + ".5",
    "grouped without end": "1,234" * 1000,
    "digits of another script": "٣" * 5000,
    "20 digits": "2" * 20,
    "brackets": "(" * 3000,
    "a date, padded": "2024-01-01" + " " * 3000 + "x",
}


@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
def test_such_a_text_spoils_only_its_own_cell(read_text: Reader, cell: str) -> None:
    days, values = months(40), [n % 7 for n in range(40)]
    spoilt = [cell if n == 20 else value for n, value in enumerate(values)]
    text = lines(days, spoilt, values, header="Month;Sales;Visits", delimiter=";")
    file = read_text(text, values=("Sales", "Visits"))
    assert file.series.names == ("Sales", "Visits")
    known = file.series.values.reshape(2, 40)
    assert known[1].tolist() == values
    assert [v for n, v in enumerate(known[0].tolist()) if n != 20] == [v for n, v in enumerate(values) if n != 20]
    assert any(20 + 2 in found.rows for found in file.findings), "the row of the cell is in no finding"


@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
def test_such_a_date_spoils_only_its_own_row(read_text: Reader, cell: str) -> None:
    days = [cell if n == 20 else day for n, day in enumerate(months(40))]
    file = read_text(lines(days, range(40), header="Month;Sales", delimiter=";"))
    assert len(file.series.values) == 40
    assert any(20 + 2 in found.rows for found in file.findings), "the row of the cell is in no finding"


@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
@pytest.mark.parametrize("heading", ["{};Sales", "Month;{}", "Month;{}\nMonth;Sales", "{}\n\nMonth;Sales"])
def test_such_a_heading_spoils_no_value(read_text: Reader, cell: str, heading: str) -> None:
    file = read_text(lines(months(40), range(40), header=heading.format(cell), delimiter=";"))
    assert file.series.values.tolist() == list(range(40))


def test_columns_of_such_numbers_are_read(read_text: Reader) -> None:
    """Columns in the places of years, months and parts of a year, where whole numbers are converted."""
    for column in ("1" * 5000, "2" * 20):
        parts = [column if n == 20 else str(n % 12 + 1) for n in range(48)]
        years = [str(2020 + n // 12) for n in range(48)]
        for names in ("Year;Month;Sales", "Year;Period;Sales", "Year;Week;Sales", "Year;Quarter;Sales"):
            file = read_text(lines(years, parts, range(48), header=names, delimiter=";"))
            assert len(file.series) >= 1
