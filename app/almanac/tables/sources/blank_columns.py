"""Columns set apart by blanks: cut at the places where no line has anything, or else wherever there are blanks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

Spans = tuple[tuple[int, int], ...]  # first character of each column, and the one after its last
BLANKS = {"  ": re.compile(r"  +"), " ": re.compile(r"[ ]+")}  # two blanks or more, or any
_WORDS = {"  ": re.compile(r"[^ ]+(?: [^ ]+)*"), " ": re.compile(r"[^ ]+")}

# All chosen by judgement.
_LINES = 400  # looked at
_TEXTS = 200  # looked at in a line
_MAX_OVERLAPPED = 2  # columns that a name may overlap; what overlaps more is a title
_MIN_VALUES = 0.5  # share of dates and numbers in a line of data


def find_spans(text: str, blanks: str, is_value: Callable[[str], bool]) -> Spans:
    """Where the columns are, if all lines of data have them at the same places; otherwise none.

    ``blanks``: two for "two or more", or one; ``is_value`` says whether a text is a date or a number.
    """
    lines = [line.rstrip("\r") for line in text.split("\n") if line and not line.isspace()]
    lines = lines[:: max(len(lines) // _LINES, 1)]
    found = [[match.span() for match in _WORDS[blanks].finditer(line)] for line in lines]
    data = [
        spans
        for line, spans in zip(lines, found, strict=True)
        if len(spans) > 1 and _mostly(_some_texts(line, spans), is_value)
    ]
    if not data:
        return ()
    merged = _merged(sorted({span for spans in data for span in spans}))
    usual = Counter(map(len, data)).most_common(1)[0][0]
    return merged if len(merged) >= usual else ()


def _some_texts(line: str, spans: Sequence[tuple[int, int]]) -> list[str]:
    """The texts of a line; of a very long one every so many."""
    return [line[a:b] for a, b in spans[:: max(len(spans) // _TEXTS, 1)]]


def _mostly(texts: Sequence[str], is_value: Callable[[str], bool]) -> bool:
    """Whether so many of the texts are values: it stops once that is certain."""
    count = len(texts)
    needed, others = _MIN_VALUES * count, 0
    for n, text in enumerate(texts):
        others += not is_value(text)
        if n + 1 - others >= needed or others > count - needed:
            break
    return count - others >= needed


def _merged(spans: Sequence[tuple[int, int]]) -> Spans:
    """Spans in order, those that overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, stop in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return tuple(merged)


def with_tabs(text: str, blanks: str, spans: Spans) -> str:
    """The text with a tab between its cells."""
    if not spans:
        return BLANKS[blanks].sub("\t", "\n".join(line.strip(" ") for line in text.split("\n")))
    lines = text.replace("\t", " ").replace("\r", "").split("\n")
    return "\n".join(["\t".join(_cells(line, blanks, spans)) for line in lines])


def _cells(line: str, blanks: str, spans: Spans) -> list[str]:
    """The cells of a line: as many as there are columns, or each by its place."""
    found = list(_WORDS[blanks].finditer(line))
    if len(found) == len(spans):
        return [match[0] for match in found]
    cells = [""] * len(spans)
    for match in found:
        place = _place(*match.span(), spans)
        cells[place] = f"{cells[place]} {match[0]}".strip()
    return cells if found else []


def _place(start: int, stop: int, spans: Spans) -> int:
    """The column of a cell: the one that it overlaps most, or the nearest; of a title the first below it."""
    inside = [n for n, (a, b) in enumerate(spans) if start < b and a < stop]
    if len(inside) > _MAX_OVERLAPPED:
        return inside[0]
    if inside:
        return max(inside, key=lambda n: min(stop, spans[n][1]) - max(start, spans[n][0]))
    return min(range(len(spans)), key=lambda n: max(spans[n][0] - stop, start - spans[n][1]))
