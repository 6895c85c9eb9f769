"""What sets the cells of a text apart: the sign that makes most of it dates and numbers, column by column.

Counts of a sign say little: a product's name may hold more blanks than a line has cells, a decimal comma cuts every
number evenly. Whole columns of dates and numbers come out only where the cells are cut as they were meant.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from almanac.tables.sources.blank_columns import BLANKS, Spans, find_spans, with_tabs
from almanac.tables.sources.decimal_commas import cut_numbers, is_one_column, with_points
from almanac.tables.sources.quotes import read_rows
from almanac.tables.values.cells import clean_cell
from almanac.tables.values.dates.read_dates import looks_like_date, read_clock
from almanac.tables.values.debit_credit_marks import split_mark
from almanac.tables.values.durations import HOURS_AND_MINUTES
from almanac.tables.values.numbers import is_missing_word, looks_like_number

_SIGNS = ",;\t|^~"
_NO_DELIMITER = "nothing cuts the lines into several cells, so a comma is taken"
_BY_COLUMNS = "of those that make most of the text dates and numbers, the one that cuts the earliest line"
_EVENLY = "nothing makes columns of dates or numbers; it is the one that cuts most lines, and the earliest, evenly"
_ONE_COLUMN = "each line is one number with a decimal comma, and nothing else cuts the lines"
_BLANK_COLUMNS = "blanks make far more of the text dates and numbers, column by column, than any sign"
# A blank inside a number only groups thousands, and no sign ends it: "5 2,5" and "7," are pieces of something else.
_CUT = re.compile(r"\d\s(?=\d)(?!\d{3}(?!\d))|[.,]\Z")
# Thousands and lakhs: 1,234,567.89 and 12,34,567. "003,71.80" is two cells that a comma sets apart.
_GROUPED = re.compile(r"\D*\d{1,3}(?:,(?:\d\d,)*\d{3})+(?:\.\d*)?\D*|\D*\d{1,3}(?:\.\d{3})+(?:,\d*)?\D*")

# All chosen by judgement.
_CELLS, _MIN_ROWS, _MAX_COLUMNS = 1000, 20, 100  # cells, rows and columns that are looked at
_FINER_SAMPLE = 64 << 10  # characters in which columns set apart by blanks, and numbers cut in two, are looked for
_TYPED = 0.8  # share of dates and numbers in a column of such
_NEAR = 0.8  # times the best share of characters, from which on a sign explains the text as well
_MIN_BLANKS, _MIN_EVEN = 0.5, 0.6  # shares of characters and of rows that columns set apart by blanks must explain
_MIN_TABS = 0.65  # evenness of tabs, from which on blanks next to them are parts of cells
_MIN_OF_EVENEST = 0.5  # of the evenness of the sign that cuts the lines most evenly
_CELL_BONUS, _MAX_BONUS_CELLS = 0.02, 20  # evenness of more cells counts more


@dataclass(frozen=True)
class DelimiterScore:
    """``typed``: share of an average line that is in columns of dates and numbers; ``even``: how evenly the lines are
    cut, 0 when not at all; ``first``: the first line that is cut so.
    """

    delimiter: str
    typed: float = 0.0
    even: float = 0.0
    first: int = 0


@dataclass(frozen=True)
class DelimiterChoice:
    """The delimiter of a text, the rule that chose it, and the scores of those that were compared.

    ``spans``: where the columns begin and end in every line, when they are set apart by blanks at even places;
    ``cut``: finds the numbers of a column that their decimal commas cut in two.
    """

    delimiter: str
    rule: str
    scores: tuple[DelimiterScore, ...] = ()
    spans: Spans = ()
    cut: re.Pattern[str] | None = None

    @property
    def sign(self) -> str:
        """The one character that separates the cells of ``prepared`` texts."""
        return "\t" if self.delimiter in BLANKS else self.delimiter

    def prepared(self, text: str) -> str:
        """A text with tabs for blanks that set cells apart, and points for commas that cut numbers in two."""
        if self.delimiter in BLANKS:
            return with_tabs(text, self.delimiter, self.spans)
        return text if self.cut is None else with_points(text, self.cut)

    @property
    def prepares(self) -> bool:
        """Whether ``prepared`` changes anything."""
        return self.delimiter in BLANKS or self.cut is not None


def find_delimiter(text: str) -> DelimiterChoice:
    """What sets the cells of a text apart."""
    sample = _whole_lines(text)
    scores = [_score(sample, DelimiterChoice(sign, "")) for sign in _SIGNS if sign in sample]
    scores = [score for score in scores if score.even > 0]
    typed = max((score.typed for score in scores), default=0.0)
    tabs = any(score.delimiter == "\t" and score.even >= _MIN_TABS for score in scores)
    if typed < _NEAR and not tabs and (blanks := _by_blanks(sample, scores)) is not None:
        return blanks
    if not scores:
        return DelimiterChoice(",", _NO_DELIMITER)
    near = [score for score in scores if score.typed >= _NEAR * typed]
    near = [score for score in near if score.even >= _MIN_OF_EVENEST * max(other.even for other in near)]
    if typed == 0:
        even = max(score.even for score in near)
        near = [score for score in near if score.even >= even - 0.1]
    best = min(near, key=lambda score: (score.first, -score.even))
    if best.delimiter == "," and len(scores) == 1 and is_one_column(sample):
        return DelimiterChoice(";", _ONE_COLUMN, tuple(scores))
    if best.delimiter == ",":
        lines = _whole_lines(sample[:_FINER_SAMPLE])
        rows = [row for row in read_rows(lines, ",").rows if any(row)]
        return DelimiterChoice(",", _rule(typed), tuple(scores), cut=cut_numbers(lines, rows))
    return DelimiterChoice(best.delimiter, _rule(typed), tuple(scores))


def _rule(typed: float) -> str:
    return _BY_COLUMNS if typed else _EVENLY


def _by_blanks(sample: str, scores: Sequence[DelimiterScore]) -> DelimiterChoice | None:
    """Blanks as the delimiter, where they explain the text better than any sign does, its first lines included."""
    typed = max((score.typed for score in scores), default=0.0)
    first = min((score.first for score in scores if score.typed and score.typed >= _NEAR * typed), default=0)
    sample = _whole_lines(sample[:_FINER_SAMPLE])
    found = []
    for blanks in BLANKS:
        choice = DelimiterChoice(blanks, _BLANK_COLUMNS, spans=find_spans(sample, blanks, is_value))
        score = _score(sample, choice)
        explains = score.typed >= max(_MIN_BLANKS, typed / _NEAR) and score.even >= _MIN_EVEN
        if explains and (not typed or score.first <= first):
            found.append((score, choice))
    if not found:
        return None
    best = max(score.typed for score, _ in found)
    choice = next(choice for score, choice in found if score.typed >= _NEAR * best)
    return DelimiterChoice(choice.delimiter, choice.rule, (*scores, *(score for score, _ in found)), choice.spans)


def _whole_lines(text: str) -> str:
    """The text up to its last line end; the whole text when it is a single line."""
    return text[: text.rfind("\n") + 1] or text


def _score(sample: str, choice: DelimiterChoice) -> DelimiterScore:
    delimiter = choice.delimiter
    try:
        rows = [row for row in read_rows(choice.prepared(sample), choice.sign).rows if any(row)]
    except csv.Error:
        return DelimiterScore(delimiter)
    widths = [_width(row, len(choice.spans)) for row in rows]
    several = {width: count for width, count in Counter(widths).items() if width > 1}
    if not several:
        return DelimiterScore(delimiter)
    width, count = max(several.items(), key=lambda item: (item[1], item[0]))
    even = count / len(rows) + _CELL_BONUS * min(width, _MAX_BONUS_CELLS)
    return DelimiterScore(delimiter, _typed_share(rows, width), even, widths.index(width))


def _width(row: Sequence[str], places: int) -> int:
    """How many cells a line is cut into; with columns at fixed ``places`` it must have something in most of them."""
    if not places:
        return len(row)
    filled = sum(map(bool, row))
    return places if filled > 1 and 2 * filled >= places else 1


def _typed_share(rows: Sequence[Sequence[str]], width: int) -> float:
    """How much of a row, on average, is dates and numbers in columns that hold mostly such: a share of characters."""
    columns = max(width // _MAX_COLUMNS, 1)  # every so many of a very wide table
    lines = max(len(rows) // max(_CELLS * columns // width, _MIN_ROWS), 1)
    rows = rows[::lines]
    lengths = np.array([sum(map(len, row[::columns])) for row in rows], dtype=np.float64)
    typed = np.zeros(len(rows))
    even = [n for n, row in enumerate(rows) if len(row) == width]
    for column in zip(*(rows[n][::columns] for n in even), strict=True):
        values = [is_value(cell) for cell in column]
        words = [cell for cell, value in zip(column, values, strict=True) if not value and not _is_nothing(cell)]
        # A heading that comes again on every page is one word.
        if len(words) <= sum(values) and len(set(words)) <= max(1, (1 - _TYPED) * (len(words) + sum(values))):
            typed[even] += [len(cell) if value else 0 for cell, value in zip(column, values, strict=True)]
    return float((typed / np.maximum(lengths, 1)).mean())


def _is_nothing(text: str) -> bool:
    return not text or text.isspace() or is_missing_word(text.strip())


@lru_cache(1 << 14)
def is_value(text: str) -> bool:
    """Whether a text is a date, a time, hours and minutes, or a number that was not cut out of something else."""
    cell = clean_cell(text)
    if isinstance(cell, str) and ("  " in cell or "\t" in cell):
        return False
    if looks_like_date(cell) or read_clock(cell) is not None or split_mark(cell) is not None:
        return True
    if isinstance(cell, str) and HOURS_AND_MINUTES.fullmatch(cell):
        return True
    return looks_like_number(cell) and (not isinstance(cell, str) or _is_one_number(cell))


def _is_one_number(text: str) -> bool:
    """Whether a text that looks like a number is not a piece of something, nor several numbers."""
    marks = text.count(",") + text.count(".")
    return _CUT.search(text) is None and (marks < 2 or _GROUPED.fullmatch(text) is not None)
