"""A file such as people have, with the one right reading of it."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

NAN = float("nan")


@dataclass(frozen=True)
class SampleFile:
    """``series``: for each series' name the date of its first value and its values, evenly spaced; ``file``: its name.

    ``asked``: the code of the question a person must be asked, when two readings are truly possible; one of its
    answers gives ``series``.
    """

    name: str
    content: bytes
    frequency: str
    series: dict[str, tuple[str, list[float]]]
    file: str = "table.csv"
    asked: str | None = None


Family = Callable[[], Sequence[SampleFile]]
FAMILIES: list[Family] = []


def family(maker: Family) -> Family:
    """Registers a function that makes files of one kind."""
    FAMILIES.append(maker)
    return maker


def numbers(count: int, start: float = 100.0, step: float = 7.25) -> list[float]:
    """Values with two decimals that rise and swing a little."""
    return [round(start + step * n + (n * 37 % 11) * 3.5, 2) for n in range(count)]


def wholes(count: int, start: int = 985) -> list[float]:
    """Whole values, some below and some above a thousand."""
    return [float(start + 13 * n + n * 37 % 23 * 5) for n in range(count)]


def table(*columns: Sequence[Any], header: str | None = None, delimiter: str = ",", end: str = "\n") -> str:
    rows = [delimiter.join(str(cell) for cell in row) for row in zip(*columns, strict=True)]
    return end.join([*([header] if header is not None else []), *rows]) + end


def months(count: int, form: str = "{y}-{m:02d}-01", year: int = 2019, start: int = 0) -> list[str]:
    return [form.format(y=year + n // 12, m=n % 12 + 1) for n in range(start, start + count)]


def single(
    name: str, text: str, values: list[float], first: str = "2019-01-01", frequency: str = "monthly", **more: Any
) -> SampleFile:
    """One series called ``series`` (or Sales) in a text file."""
    title = more.pop("series", "Sales")
    encoding = more.pop("encoding", "utf-8")
    return SampleFile(name, text.encode(encoding), frequency, {title: (first, values)}, **more)


def workbook(fill: Callable[[Any], None], **options: Any) -> bytes:
    """The bytes of a workbook that ``fill`` writes with XlsxWriter."""
    import xlsxwriter

    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, **options})
    fill(book)
    book.close()
    return content.getvalue()
