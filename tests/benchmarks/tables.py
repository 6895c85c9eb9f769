"""Reading beside pandas.read_csv and python-calamine alone on the same file, each in a fresh process."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xlsxwriter
from numpy.typing import NDArray

RUNS = 5
ROWS, SHEET_ROWS, PREVIEW_BYTES = 1_000_000, 100_000, 10 << 20
UNIQUE_ROWS, WIDE_ROWS, WHOLE_ROWS = 420_000, 20_000, 21_500  # 25, 23 and 21 MB
ORDERS = 560_000  # 21 MB
PRELUDE = """
import sys, time
sys.modules["pyarrow"] = None  # as in the installed program
path = sys.argv[1]
"""
# Seconds from the first import of the reader, and the peak of the process's own memory in megabytes.
FOOT = """
seconds = time.perf_counter() - began
from tests.benchmarks.memory import peak_megabytes
print(seconds, peak_megabytes())
"""
ALMANAC = """
from pathlib import Path
began = time.perf_counter()
from almanac.core.jobs import run
from almanac.tables import read
run(read(Path(path)))
"""
PREVIEW = """
from pathlib import Path
began = time.perf_counter()
from almanac.tables import preview
preview(Path(path))
"""
PANDAS = """
began = time.perf_counter()
import pandas
pandas.read_csv(path)
"""
CALAMINE = """
began = time.perf_counter()
import python_calamine
python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
"""


def rows() -> list[tuple[str, str]]:
    found = []
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "million.csv"
        sheet = Path(folder) / "sheet.xlsx"
        write_text(text, ROWS)
        write_sheet(sheet, SHEET_ROWS)
        found += beside(f"{ROWS:,} rows of CSV", text, "pandas.read_csv", PANDAS)
        found += beside(f"{SHEET_ROWS:,} rows of XLSX", sheet, "calamine", CALAMINE)
        for label, write in MEMORY:
            file = Path(folder) / "memory.csv"
            write(file)
            found += beside(label, file, "pandas.read_csv", PANDAS)
        begin = Path(folder) / "ten.csv"
        begin.write_bytes(text.read_bytes()[:PREVIEW_BYTES])
        seconds, peak = measured(PREVIEW, begin)
        found.append(("preview of 10 MB of CSV", f"{seconds:.2f} s, peak {peak:,.0f} MB"))
    return found


def beside(label: str, path: Path, other: str, code: str) -> list[tuple[str, str]]:
    """Almanac's row, the other's, and their ratio."""
    size = path.stat().st_size / 2**20
    (own, own_peak), (theirs, their_peak) = measured(ALMANAC, path), measured(code, path)
    return [
        (f"{label} ({size:.0f} MB) read", f"{own:.2f} s, peak {own_peak:,.0f} MB, {own_peak / size:.1f} x the file"),
        (f"  {other} alone", f"{theirs:.2f} s, peak {their_peak:,.0f} MB, {their_peak / size:.1f} x the file"),
        (f"  Almanac / {other}", f"{own / theirs:.2f} in time, {own_peak / their_peak:.2f} in memory"),
    ]


def measured(code: str, path: Path) -> tuple[float, float]:
    """Medians of seconds and of peak megabytes over several fresh processes."""
    results = []
    for _ in range(RUNS):
        command = [sys.executable, "-c", PRELUDE + code + FOOT, str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        results.append([float(figure) for figure in done.stdout.split()])
    seconds, peak = zip(*results, strict=True)
    return statistics.median(seconds), statistics.median(peak)


def sales(count: int) -> pd.DataFrame:
    """Days of a thousand items, with a price of two decimals and a whole number."""
    chance = np.random.default_rng(0)
    days = pd.date_range("2021-01-01", periods=count // 1000).strftime("%Y-%m-%d")
    items = np.repeat([f"item {k:04d}" for k in range(1000)], len(days))
    price = chance.normal(100, 10, len(items)).round(2)
    return pd.DataFrame(
        {"item": items, "date": np.tile(days, 1000), "price": price, "sold": chance.poisson(30, len(items))}
    )


def write_text(path: Path, count: int) -> None:
    sales(count).to_csv(path, index=False)


def write_unique(path: Path) -> None:
    """Sales that each have a number and a comment of their own."""
    chance = np.random.default_rng(0)
    days = np.sort(chance.choice(pd.date_range("2021-01-01", periods=1200).strftime("%Y-%m-%d"), UNIQUE_ROWS))
    letters = chance.choice(list("abcdefghijklmnopqrstuvwxyz"), (2, UNIQUE_ROWS, 20))
    numbers, comments = (["".join(row) for row in rows] for rows in letters.tolist())
    sold = chance.normal(100, 20, UNIQUE_ROWS).round(2)
    table = pd.DataFrame({"date": days, "number": numbers, "comment": comments, "sold": sold})
    table.to_csv(path, index=False)


def write_wide(path: Path) -> None:
    """Hours of 200 sensors."""
    _write_sensors(path, np.random.default_rng(0).normal(50, 10, (WIDE_ROWS, 200)).round(2))


def write_whole(path: Path) -> None:
    """Hours of 200 sensors that count."""
    _write_sensors(path, np.random.default_rng(0).integers(1000, 9999, (WHOLE_ROWS, 200)))


def write_long_whole(path: Path) -> None:
    """Hours of 200 sensors that count up to ten digits."""
    _write_sensors(path, np.random.default_rng(0).integers(10**9, 10**10, (WHOLE_ROWS // 2, 200)))


def write_blanks(path: Path) -> None:
    """As ``write_whole``, with blank cells and some n/a."""
    chance = np.random.default_rng(0)
    values = chance.integers(1000, 9999, (WHOLE_ROWS + 2000, 200)).astype(object)
    values[chance.random(values.shape) < 0.05] = ""
    values[chance.random(values.shape) < 0.02] = "n/a"
    _write_sensors(path, values)


def write_mixed(path: Path) -> None:
    """Whole numbers and words, column by column."""
    chance = np.random.default_rng(0)
    values = chance.integers(1000, 9999, (WIDE_ROWS, 200)).astype(object)
    values[:, 1::2] = chance.choice(np.array([f"word{k:03d}" for k in range(500)]), (WIDE_ROWS, 100))
    _write_sensors(path, values)


def _write_sensors(path: Path, values: NDArray[Any]) -> None:
    hours = pd.date_range("2020-01-01", periods=len(values), freq="h").strftime("%Y-%m-%d %H:%M")
    pd.DataFrame(values, index=pd.Index(hours, name="time")).add_prefix("sensor ").to_csv(path)


def write_orders(path: Path) -> None:
    """Orders with an id, two German dates and whole numbers."""
    chance = np.random.default_rng(0)
    days = pd.Series(np.sort(chance.choice(pd.date_range("2021-01-01", periods=1200), ORDERS)))
    dates = [(days + pd.Timedelta(days=late)).dt.strftime("%d.%m.%Y") for late in (0, 14)]
    ids, sold = chance.permutation(10**7)[:ORDERS] + 10**7, chance.poisson(30, ORDERS)
    price = chance.integers(100, 99_999, ORDERS)
    table = pd.DataFrame({"date": dates[0], "id": ids, "due": dates[1], "sold": sold, "price": price})
    table.to_csv(path, index=False)


def write_stamps(path: Path) -> None:
    """Orders with three moments each, to the second."""
    chance = np.random.default_rng(0)
    first = np.datetime64("2021-01-01T00:00:00")
    moments = [np.sort(first + chance.integers(0, 10**8, ORDERS // 2).astype("timedelta64[s]")) for _ in range(3)]
    texts = [np.char.replace(when.astype(str), "T", " ") for when in moments]
    table = pd.DataFrame(dict(zip(("created", "shipped", "paid"), texts, strict=True)))
    table["amount"] = chance.normal(100, 10, len(table)).round(2)
    table["customer"] = chance.integers(1, 40_000, len(table))
    table.to_csv(path, index=False)


def write_sheet(path: Path, count: int) -> None:
    table = sales(count)
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, list(table.columns))
    days = pd.to_datetime(table["date"]).dt.to_pydatetime()
    for n, (item, when, price, sold) in enumerate(
        zip(table["item"], days, table["price"], table["sold"], strict=True), 1
    ):
        sheet.write_string(n, 0, item)
        sheet.write_datetime(n, 1, when, day)
        sheet.write_number(n, 2, price)
        sheet.write_number(n, 3, sold)
    book.close()


# Shapes of files above 20 MB whose memory was or is high.
MEMORY = (
    ("nearly unique texts", write_unique),
    ("200 columns of fractions", write_wide),
    ("200 columns of whole numbers", write_whole),
    ("200 columns of ten digits", write_long_whole),
    ("200 columns with blanks", write_blanks),
    ("100 columns of words, 100 of numbers", write_mixed),
    ("orders with ids and German dates", write_orders),
    ("orders with moments", write_stamps),
)
