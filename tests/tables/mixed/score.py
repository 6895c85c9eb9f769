"""Reads tables made of mixed trouble and counts what became of each: right, asked, refused, wrong, or rows lost."""

from __future__ import annotations

import math
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from tests.tables.accounted import read_and_account
from tests.tables.mixed.build import mixed
from tests.tables.mixed.table import Mixed, Series
from tests.tables.mixed.troubles import COMBINATIONS

from almanac.core.arrays import Flags, Floats
from almanac.core.jobs import run
from almanac.core.problems import ProblemError
from almanac.core.text import normalise
from almanac.tables import ReadFile, ReadingOptions, read

RIGHT, ASKED, REFUSED, WRONG = "right", "asked", "refused", "WRONG"


def same(file: ReadFile, table: Mixed, wanted: Series) -> bool:
    """Whether the series of the file are the wanted ones."""
    series = file.series
    if series.frequency.name != table.frequency or len(series) != len(wanted):
        return False
    left = dict(wanted)
    for i, name in enumerate(series.names):
        first = series.frequency.iso(int(series.first[i]))[:10] if table.dates_matter else ""
        got = Read(name if table.names_matter and len(series) > 1 else "", first, series[i])
        dates = series.frequency.dates(series.first[i] + np.arange(len(series[i]))).astype("datetime64[D]")
        firm = ~np.isin(dates, [np.datetime64(day, "D") for day in table.loose])
        match = next((other for other in left if _equal(got, other, left[other], firm)), None)
        if match is None:
            return False
        del left[match]
    return True


@dataclass(frozen=True)
class Read:
    """A series as it was read; ``name`` and ``first`` are empty where they do not matter."""

    name: str
    first: str
    values: Floats


def _equal(got: Read, name: str, truth: tuple[datetime, list[float]], firm: Flags) -> bool:
    first, values = truth
    if got.name and normalise(got.name) != normalise(name):
        return False
    if (got.first and got.first != f"{first:%Y-%m-%d}") or len(got.values) != len(values):
        return False
    return np.allclose(got.values[firm], np.asarray(values)[firm], equal_nan=True, rtol=1e-6, atol=1e-6)


def outcome(path: Path, table: Mixed) -> tuple[str, ReadFile | None]:
    """What became of a table, and how it was read."""
    path.write_text(table.text, encoding="utf-8")
    readings = [table.series, *table.others]
    try:
        file = run(read(path))
    except ProblemError:
        return REFUSED, None
    if any(same(file, table, wanted) for wanted in readings):
        return RIGHT, file
    for question in file.reading.questions:
        for choice in question.choices:
            try:
                answer = run(read(path, ReadingOptions().with_values(**dict(choice.sets))))
            except ProblemError:
                continue
            if any(same(answer, table, wanted) for wanted in readings):
                return ASKED, file
    return WRONG, file


def lost_values(file: ReadFile, table: Mixed) -> list[float]:
    """True values that are in no series, not even in a sum, and whose lines no finding names."""
    truths = [value for _, values in table.series.values() for value in values if not math.isnan(value)]
    if math.isclose(float(np.nansum(file.series.values)), sum(truths), rel_tol=1e-6):
        return []
    named = {row for found in file.findings for row in found.rows}
    lines = table.text.splitlines()
    known = np.sort(file.series.values[np.isfinite(file.series.values)])
    missing = []
    for _, values in table.series.values():
        for value in values:
            if math.isnan(value) or value == 0:
                continue
            at = np.searchsorted(known, value - 1e-6)
            if (at == len(known) or known[at] > value + 1e-6) and not _is_named(f"{value:.2f}", lines, named):
                missing.append(value)
    return missing


def _is_named(number: str, lines: Sequence[str], named: set[int]) -> bool:
    """Whether a finding names a line that holds this number."""
    written = (number, number.replace(".", ","))
    return any(n in named for n, line in enumerate(lines, 1) if any(text in line for text in written))


def is_silent_loss(path: Path, table: Mixed, result: str, file: ReadFile | None) -> bool:
    """Whether a line of the table, or a true value of a wrong reading, is in no series and in no finding."""
    if file is None:
        return False
    return bool(read_and_account(path)[1]) or (result == WRONG and bool(lost_values(file, table)))


def main() -> None:
    first, count = (int(word) for word in (sys.argv[1:3] or ("0", str(len(COMBINATIONS)))))
    counts: Counter[str] = Counter()
    by_trouble: dict[str, Counter[str]] = {}
    losses = 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(first, first + count):
            table = mixed(seed)
            path = Path(folder) / "table.csv"
            result, file = outcome(path, table)
            if is_silent_loss(path, table, result, file):
                losses += 1
                sys.stdout.write(f"LOST     {seed:6} {table.name}\n")
            counts[result] += 1
            for trouble in table.troubles:
                by_trouble.setdefault(trouble, Counter())[result] += 1
            if result in (WRONG, REFUSED):
                read_as = f"{file.series.frequency.name}, {list(file.series.names)[:3]}" if file else ""
                sys.stdout.write(f"{result:8} {seed:6} {table.name}: {read_as}\n")
    for trouble, results in sorted(by_trouble.items()):
        sys.stdout.write(f"{trouble:24} {dict(results)}\n")
    good = counts[RIGHT] + counts[ASKED]
    sys.stdout.write(f"{dict(counts)} of {count}; {good:,} right or asked ({good / count:.1%})\n")
    sys.stdout.write(f"{losses} with lines or values lost without a word\n")


if __name__ == "__main__":
    main()
