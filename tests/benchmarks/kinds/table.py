"""The table of all kinds, the worst first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.training.evaluation.results import KindFigure, shown_ratio, summary

HEADS = ("error %", "best %", "ratio", "WQL", "range", "its", "sum off", "sums")


def lines(figures: Sequence[KindFigure]) -> Iterator[str]:
    """Heads, one line for each kind, and a line on all of them."""
    yield f"{'kind':<58}" + "".join(f"{head:>9}" for head in HEADS) + "  best of all"
    for f in sorted(figures, key=lambda f: -f.ratio):
        numbers = (f"{f.error:.2f}", f"{f.best_error:.2f}", shown_ratio(f.ratio), shown_ratio(f.wql_ratio))
        numbers += (f"{f.coverage:.0f}%", f"{f.achievable_coverage:.0f}%")
        numbers += ("", "") if f.sum_off is None else (f"{f.sum_off:+.0f}%", f"{f.sum_ratio:.2f}")
        simple = f"{f.best}; simple: {f.simple} {f.simple_error:.2f}"
        yield f"{f.name:<58}" + "".join(f"{number:>9}" for number in numbers) + f"  {simple}"
    yield summary(figures)
