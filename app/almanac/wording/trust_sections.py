"""What the workbook's sheet Checks says: the verdicts, how often ranges and chances held, and where it does worse."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

from almanac.core.levels import LIKELY
from almanac.wording.phrases import chance

if TYPE_CHECKING:
    from almanac.evaluation import BacktestReport, PitHistogram, ReliabilityCurve


@dataclass(frozen=True)
class Section:
    """One part of the sheet. ``rows`` stand under ``heads``; a figure that is not finite leaves its cell empty. The
    columns ``shares`` are shares of 1, shown as percent; the texts of column ``quiet`` stand back."""

    heading: str
    lines: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str | float, ...], ...] = ()
    shares: tuple[int, ...] = ()
    quiet: int | None = None


def sections(practice: BacktestReport | None, kept: ReliabilityCurve | None, ranges: str) -> tuple[Section, ...]:
    """The sheet in parts; ``ranges``: how the ranges came to be, in a sentence."""
    if practice is None:
        return (Section("How far can it be trusted?", (ranges,)),)
    told = [Section(v.question, (v.sentence, v.evidence)) for v in practice.verdicts]
    if practice.checks:
        told.append(_ranges(practice, ranges))
        told.append(_fell(practice.pit))
    if kept is not None and practice.coverage[LIKELY].has_enough_checks:
        told.append(_chances(kept))
    if practice.worst_series:
        told.append(_worst(practice))
    if practice.slices:
        told.append(_parts(practice))
    if isfinite(practice.accuracy.smape):
        told.append(_figures(practice))
    return tuple(told)


def _ranges(practice: BacktestReport, ranges: str) -> Section:
    nan = float("nan")
    rows: list[tuple[str | float, ...]] = []
    for level, band in practice.coverage.items():
        known = band.has_enough_checks
        figures = (
            (band.held, band.low, band.high, practice.coverage_uncorrected[level].held)
            if known
            else (nan, nan, nan, nan)
        )
        rows.append((f"{chance(level)} cases", *figures, float(band.checks)))
    return Section(
        "How often did the ranges hold?",
        (f"{practice.forecasts:,} practice forecasts, each made with what was known then. {ranges}",),
        ("Promised to hold in", "Held", "An honest range holds from", "to", "Uncorrected", "Checks"),
        tuple(rows),
        (1, 2, 3, 4),
    )


def _fell(tenths: PitHistogram) -> Section:
    heading = "Where did the values fall?"
    if not tenths.shares:
        return Section(heading, (tenths.sentence,))
    names = ("Lowest", *(str(k) for k in range(2, len(tenths.shares))), "Highest")
    return Section(
        heading,
        (
            tenths.sentence,
            "Each practice forecast is cut into ten tenths, from the lowest it foresaw to the highest; each is "
            "promised to hold 1 value in 10. "
            f"By chance, honest ones have {tenths.low:.0%} to {tenths.high:.0%} in each.",
        ),
        ("Tenth of what was foreseen", "Values that fell there", "Analysts say"),
        tuple((name, share, "PIT histogram") for name, share in zip(names, tenths.shares, strict=True)),
        (1,),
        quiet=2,
    )


def _figures(practice: BacktestReport) -> Section:
    more = practice.accuracy
    season = "beside the usual change over a season"
    rows = (
        ("Miss, beside the size of the amounts (0: none, 2: the most)", more.smape, "sMAPE"),
        (f"Miss, {season}", practice.mase, "MASE"),
        ("The same of repeating the last season", practice.mase_seasonal_naive, "MASE of seasonal naive"),
        ("Miss, large ones weighing more, beside the usual change", more.rmsse, "RMSSE"),
        ("Leaning (above 0: too high, below 0: too low)", more.bias, "Bias, scaled as MASE"),
        (f"Miss of all ranges together, {season}", more.crps, "CRPS, scaled as MASE"),
        ("The same, beside the size of the amounts", practice.wql, "Weighted quantile loss (WQL)"),
        (
            "Range of 8 in 10: its width, and a fine for what fell outside",
            more.interval_80,
            "Interval score, 80%, scaled",
        ),
        ("Range of 95 in 100: the same", more.interval_95, "Interval score, 95%, scaled"),
    )
    return Section(
        "Figures for analysts",
        ("Of all practice forecasts; the smaller, the better. Empty where too few checks stand behind it.",),
        ("What", "Figure", "Analysts say"),
        rows,
        quiet=2,
    )


def _chances(kept: ReliabilityCurve) -> Section:
    rows = zip(kept.predicted, kept.observed, kept.counts, strict=True)
    off = kept.expected_calibration_error * 100
    return Section(
        "Did chances come true as often as told?",
        (f"{kept.events:,} chances told in practice runs; off by {off:.1f} points of 100 on average.",),
        ("Chance told, about", "Came true", "Answers"),
        tuple((float(told), float(true), float(count)) for told, true, count in rows if count),
        (0, 1),
    )


def _worst(practice: BacktestReport) -> Section:
    failing = sum(bool(one.reasons) for one in practice.worst_series)
    line = (
        f"The ranges of the first {failing} clearly fail."
        if failing
        else "None fails by more than chance would have it."
    )
    return Section(
        "Which series do worst?",
        (line,),
        ("Series", "Range of 8 in 10 held", "Misses beside the others (1: alike)", "Checks"),
        tuple((one.value, one.coverage, one.error, float(one.checks)) for one in practice.worst_series),
        (1,),
    )


def _parts(practice: BacktestReport) -> Section:
    worse = sum(bool(part.reasons) for part in practice.slices)
    line = f"{worse} of {len(practice.slices)} parts do clearly worse than chance would have it; they stand first."
    return Section(
        "Where does it do worse?",
        (line if worse else "No part does clearly worse; the differences may be chance.",),
        (
            "Part",
            "Range of 8 in 10 held",
            "Misses beside the others (1: alike)",
            "Clearly worse in",
            "Series",
            "Checks",
        ),
        tuple(
            (f"{p.by}: {p.value}", p.coverage, p.error, ", ".join(p.reasons), float(p.series), float(p.checks))
            for p in practice.slices
        ),
        (1,),
    )
