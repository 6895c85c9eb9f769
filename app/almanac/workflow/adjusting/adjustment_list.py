"""Adjustments from rows of text: the columns series, from, to, set, scale or add (or change and amount), and note."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import datetime
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

from almanac.core.entered.adjustments import END_OF_DAY, Adjustment, AdjustmentKind
from almanac.core.problems import ProblemError, stop_with
from almanac.core.text import normalise, plural, some
from almanac.wording.adjustments import ADJUSTED

if TYPE_CHECKING:
    from almanac.workflow.adjusting.adjusted import Adjusted

COLUMNS = ("series", "from", "to", "change", "amount", "note")
REQUIRED = ("from", "change", "amount")
MAX_SHOWN = 20  # characters of a number that is too large
MAX_ROWS_NAMED = 5  # in a sentence about rows that cannot be used
_CALLED = {"group": "series", "name": "series", "kind": "change", "date": "from"}
_KINDS = {"times": "scale", "multiply": "scale", "plus": "add"}
_DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d")
_MOMENTS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M")
_PLAIN = re.compile(r"[+-]?\d+([.,]\d+)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?|[+-]?\d{1,3}(\.\d{3})+(,\d+)?")
_EITHER = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")  # one thousand two hundred, or one and a fifth
_SIGNS = str.maketrans({"−": "-", "’": "", "'": ""})  # between thousands in Switzerland; a true minus sign
_MONTH = re.compile(r"\d{4}-\d{2}")


def read_adjustments(path: Path) -> tuple[Adjustment, ...]:
    """The adjustments in a spreadsheet. Raises ``ProblemError`` when it cannot be read, naming the bad rows."""
    from almanac import tables

    return adjustments_of_rows(tables.rows_of_file(path), path.name)


def adjustments_of_rows(rows: Sequence[Sequence[str]], file: str) -> tuple[Adjustment, ...]:
    """The adjustments in rows of text, the first of which names the columns. Raises ``ProblemError``."""
    names = [_CALLED.get(normalise(cell), normalise(cell)) for cell in rows[0]] if rows else []
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        raise stop_with(
            "adjustments_without_columns",
            f"{file} has no column {some([f'“{name}”' for name in missing])}.",
            f"A list of adjustments has the columns {', '.join(COLUMNS)}; series, to and note may be left out.",
            "Name the columns so in the first row. “change” is set, scale or add.",
        )
    at = {name: names.index(name) for name in COLUMNS if name in names}
    found, bad = [], []
    for line, row in enumerate(rows[1:], 2):
        if any(cell.strip() for cell in row):
            try:
                found.append(_adjustment({name: row[i].strip() if i < len(row) else "" for name, i in at.items()}))
            except ValueError as why:
                bad.append(f"row {line}: {why}")
    if bad:
        raise _bad_rows(bad, file)
    if not found:
        raise stop_with(
            "no_adjustments",
            f"{file} lists no adjustments.",
            "It has no row below the names of the columns.",
            f"Add rows with {', '.join(COLUMNS)}.",
        )
    return tuple(found)


def _adjustment(entry: Mapping[str, str]) -> Adjustment:
    """Raises ``ValueError`` with the reason for a row that cannot be used."""
    change = normalise(entry["change"])
    try:
        kind = AdjustmentKind(_KINDS.get(change, change))
    except ValueError:
        raise ValueError(f"“{entry['change']}” is not one of {', '.join(AdjustmentKind)}") from None
    amount = _amount(entry["amount"], kind)
    if kind is AdjustmentKind.SCALE and amount < 0:
        raise ValueError("a forecast is not multiplied by less than 0")
    first = _moment(entry["from"], last=False)
    last = _moment(entry.get("to") or entry["from"], last=True)
    return Adjustment(entry.get("series", ""), first, last, kind, amount, entry.get("note", ""))


def _amount(text: str, kind: AdjustmentKind) -> float:
    """A number as people write it; for ``SCALE`` also a percentage, where "+20%" is 1.2."""
    digits = "".join(text.split()).translate(_SIGNS)
    share = digits.endswith("%")
    digits = digits.removesuffix("%")
    if _EITHER.fullmatch(digits):
        raise ValueError(f"“{text}” may be with thousands or with decimals: write it without a sign between thousands")
    if not (_PLAIN.fullmatch(digits) or _GROUPED.fullmatch(digits)) or (share and kind is not AdjustmentKind.SCALE):
        raise ValueError(f"“{text}” is not a number" + (" that is set or added" if share else ""))
    decimal = max(digits.rfind("."), digits.rfind(","))
    several = decimal >= 0 and digits.count(digits[decimal]) > 1
    whole, fraction = (digits, "") if decimal < 0 or several else (digits[:decimal], digits[decimal + 1 :])
    value = float(f"{whole.replace('.', '').replace(',', '')}.{fraction or 0}")
    if not isfinite(value):
        raise ValueError(f"“{text[:MAX_SHOWN]}…” is too large")
    if not share:
        return value
    return (1 + value / 100) if digits[0] in "+-" else value / 100


def _moment(text: str, *, last: bool) -> str:
    """A date in ISO 8601, or a row number as it is; of a month its ``last`` day, or the first."""
    if not text:
        raise ValueError("it has no date")
    if text.isdecimal() and len(text) != len("2026"):
        return text
    if text.isdecimal():
        return f"{text}-12-31" if last else f"{text}-01-01"
    if _MONTH.fullmatch(text) and 1 <= int(text[5:]) <= 12:
        day = monthrange(int(text[:4]), int(text[5:]))[1] if last else 1
        return f"{text}-{day:02d}"
    for form in (*_DAYS, *_MOMENTS):
        try:
            moment = datetime.strptime(text, form)
        except ValueError:
            continue
        if form in _DAYS:
            return f"{moment:%Y-%m-%d}{END_OF_DAY}" if last else f"{moment:%Y-%m-%d}"
        return moment.isoformat()
    raise ValueError(f"“{text}” is not a date such as 2026-07-01")


def require_used(adjusted: Adjusted | None) -> None:
    """Raises ``ProblemError`` when adjustments of a list do not fit the forecast, naming them."""
    if adjusted is not None and adjusted.unused:
        raise stop_with(
            "adjustments_do_not_fit",
            f"{plural(len(adjusted.unused), 'adjustment')} of your list cannot be used.",
            " ".join(note.why for note in adjusted.notes if note.code != ADJUSTED),
            "Correct or delete these rows; --horizon looks further ahead.",
        )


def _bad_rows(bad: Sequence[str], file: str) -> ProblemError:
    more = f" And {len(bad) - MAX_ROWS_NAMED:,} more." if len(bad) > MAX_ROWS_NAMED else ""
    one = len(bad) == 1
    return stop_with(
        "adjustments_not_understood",
        f"A row of {file} cannot be used as an adjustment."
        if one
        else f"{len(bad):,} rows of {file} cannot be used as adjustments.",
        f"{'; '.join(bad[:MAX_ROWS_NAMED])}.{more}",
        "Correct or delete these rows.",
    )
