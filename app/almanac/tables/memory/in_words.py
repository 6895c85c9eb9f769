"""Corrections of a reading as the person who made them reads them."""

from __future__ import annotations

from datetime import date

from almanac.tables.findings.registry import REGISTRY
from almanac.tables.memory.remembered import without_answers
from almanac.tables.reading import ReadingOptions
from almanac.wording.reading import ORDERS

_LABELS = {(entry.code, treatment.name): treatment.label for entry in REGISTRY for treatment in entry.treatments}
_OPTIONS = {
    (entry.option, treatment.name): treatment.label
    for entry in REGISTRY
    if entry.option
    for treatment in entry.treatments
}
_MONTHS = tuple(f"{date(2000, month, 1):%B}" for month in range(1, 13))


def in_words(options: ReadingOptions) -> str:
    """What the person chose: "forecast: Total; periods without a value: count as zero"."""
    options = without_answers(options)
    values, series = ", ".join(options.values), ", ".join(options.series)
    chosen = (
        options.sheet and f"sheet “{options.sheet}”",
        options.date and f"date: “{options.date}”",
        values and f"forecast: {values}",
        series and f"split by: {series}",
        options.frequency and f"rhythm: {options.frequency}",
        options.day_first is not None and ORDERS[bool(options.day_first)],
        options.fiscal_start is not None and f"fiscal years begin in {_MONTHS[options.fiscal_start % 12]}",
        options.first_year is not None and f"dates without a year begin in {options.first_year}",
        options.decimal and f"“{options.decimal}” is the decimal sign",
        len(options.missing) > 0 and f"missing: {', '.join(f'{number:g}' for number in options.missing)}",
        options.sign and f"money in and out: {_label('sign', options.sign)}",
        options.repeated and f"several rows of one date: {_label('repeated', options.repeated)}",
        options.gaps and f"periods without a value: {_label('gaps', options.gaps)}",
        *(_treatment(key, name) for key, name in options.repairs),
    )
    return "; ".join(words for words in chosen if words)


def _label(option: str, value: str) -> str:
    return _OPTIONS.get((option, value), value).lower()


def _treatment(key: str, name: str) -> str:
    """The treatment of one finding: "text among numbers in “Sold”: count as zero"."""
    code, _, column = key.partition(":")
    where = f" in “{column}”" if column else ""
    return f"{code.replace('_', ' ')}{where}: {_LABELS.get((code, name), name).lower()}"
