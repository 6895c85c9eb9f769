"""Reads the real examples and prints how much of each comes out right: twelve next to the project, or three in it."""

from __future__ import annotations

import csv
import gzip
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from almanac.core.jobs import run
from almanac.core.problems import ProblemError
from almanac.core.series import SeriesSet
from almanac.tables import ReadFile, read

TESTS = Path(__file__).resolve().parents[1]
TWELVE, THREE = TESTS.parents[1] / "shared" / "data" / "spreadsheets", TESTS / "data" / "examples"
DATA = TWELVE if TWELVE.is_dir() else THREE


@dataclass(frozen=True)
class Score:
    """``series``: how many of the true ones were found; ``right``: share of all true values that are equal."""

    file: str
    read: ReadFile | None
    problem: str
    true_series: int
    series: int
    right: float


def truth(path: Path) -> dict[str, dict[np.datetime64, float]]:
    found: dict[str, dict[np.datetime64, float]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if not row["value"]:
                continue
            day = np.datetime64(row["date"].replace(" ", "T"), "s")
            found.setdefault(row["series_id"], {})[day] = float(row["value"])
    return found


def loose(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.lower())


def series_values(series: SeriesSet, i: int) -> dict[np.datetime64, float]:
    numbers = series.first[i] + np.arange(series.lengths[i])
    return dict(zip(series.frequency.dates(numbers), series[i].tolist(), strict=True))


def find_series(series: SeriesSet, label: str, alone: bool) -> int | None:
    if alone and len(series) == 1:
        return 0
    names = [loose(name) for name in series.names]
    wanted = loose(label)
    for i, keys in enumerate(series.keys):
        if wanted in map(loose, keys) and "ADJUSTED" not in keys:
            return i
    for test in (lambda n: n == wanted, lambda n: n.endswith(wanted), lambda n: wanted in n):
        matches = [i for i, name in enumerate(names) if test(name)]
        if len(matches) >= 1:
            return matches[0]
    return None


def score(row: dict[str, str]) -> Score:
    try:
        file = run(read(DATA / row["file"]))
    except ProblemError as stopped:
        return Score(row["file"], None, stopped.problem.code, int(row["n_series"]), 0, float(not row["truth"]))
    if not row["truth"]:
        return Score(row["file"], file, "read although there is nothing to forecast", 0, 0, 0.0)
    wanted = truth(DATA / row["truth"])
    right = total = matched = 0
    for label, values in wanted.items():
        total += len(values)
        name = row["value_column"] if len(wanted) == 1 else label
        i = find_series(file.series, name, len(wanted) == 1)
        if i is None:
            continue
        matched += 1
        mine = series_values(file.series, i)
        for day, value in values.items():
            got = mine.get(day, np.nan)
            right += bool(np.isclose(got, value, rtol=1e-9, atol=1e-9))
    return Score(row["file"], file, "", len(wanted), matched, right / max(total, 1))


def rows() -> list[dict[str, str]]:
    with (DATA / "manifest.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def main() -> None:
    for row in rows():
        result = score(row)
        line = f"{result.right:7.1%}  {result.series:3}/{result.true_series:<3} {result.file[:30]:30}"
        if result.read is None:
            sys.stdout.write(f"{line} stopped: {result.problem}\n")
            continue
        reading = result.read.reading
        sys.stdout.write(
            f"{line} sheet={reading.sheet} line={reading.header_row} when={reading.date_column!r} "
            f"values={list(reading.value_columns)[:5]} by={list(reading.series_columns)} {reading.frequency.name} "
            f"[{row['freq']}] series={len(result.read.series)} {reading.decimal!r} {reading.encoding}\n"
        )
        for finding in result.read.findings if "-v" in sys.argv else ():
            sys.stdout.write(
                f"           {finding.code} ({finding.count}): {finding.what} {finding.why} {finding.fix}\n"
            )


if __name__ == "__main__":
    main()
