"""What the workbook's sheet Checks says: verdicts, how often ranges and chances held, and where it does worse."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, nan
from typing import TYPE_CHECKING

from almanac.wording.phrases import chance
from almanac.wording.trust import evidence
from almanac.wording.trust.verdicts import DECIDED, words_of

if TYPE_CHECKING:
    from almanac.core.calendar.frequency import Frequency
    from almanac.evaluation import BacktestReport, PitHistogram, ReliabilityCurve

ANALYSTS_SAY = "Analysts say"


@dataclass(frozen=True)
class Section:
    """One part of the sheet: ``lines`` of text, and a table of ``rows`` below ``heads``.

    A number that is not finite leaves its cell empty. The columns ``shares`` are shares of 1, shown as percent; the
    texts of column ``quiet`` are in grey, and so are the lines where ``undecided``: nothing is known for sure.
    """

    heading: str
    lines: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str | float, ...], ...] = ()
    shares: tuple[int, ...] = ()
    quiet: int | None = None
    undecided: bool = False


def sections(
    report: BacktestReport | None, curve: ReliabilityCurve | None, range_note: str, frequency: Frequency
) -> tuple[Section, ...]:
    """The sheet in parts; ``range_note``: how the ranges were made, in a sentence."""
    if report is None:
        return (Section("How far can it be trusted?", (range_note,)),)
    found = []
    if report.typical_miss.is_known:
        found.append(Section(evidence.MISS_HEADING, (evidence.typical_miss(report, frequency),)))
    for verdict in report.verdicts:
        words = words_of(verdict)
        undecided = verdict.answer not in DECIDED
        found.append(Section(words.question, (words.sentence, words.evidence), undecided=undecided))
    if report.checks:
        found += [_ranges(report, range_note), _pit(report.pit)]
    if curve is not None and evidence.has_checked_chances(report, curve):
        found.append(_chances(curve))
    if report.worst_series:
        found.append(_worst_series(report))
    if report.slices:
        found.append(_slices(report))
    if isfinite(report.accuracy.smape):
        found.append(_accuracy(report))
    return tuple(found)


def _ranges(report: BacktestReport, range_note: str) -> Section:
    rows: list[tuple[str | float, ...]] = []
    for level, band in report.coverage.items():
        known: tuple[float, ...] = (nan, nan, nan, nan)
        if band.has_enough_checks:
            known = (band.held, band.low, band.high, report.coverage_uncorrected[level].held)
        rows.append((evidence.promised(level), *known, float(band.checks)))
    return Section(
        evidence.RANGES_HEADING,
        (evidence.ranges_summary(report, range_note),),
        (evidence.PROMISED, evidence.HELD, f"{evidence.HONEST} from", "to", evidence.UNCORRECTED, evidence.CHECKS),
        tuple(rows),
        (1, 2, 3, 4),
    )


def _pit(pit: PitHistogram) -> Section:
    if not pit.shares:
        return Section(evidence.PIT_HEADING, (evidence.pit_sentence(pit),))
    names = evidence.tenth_names(len(pit.shares))
    return Section(
        evidence.PIT_HEADING,
        (evidence.pit_sentence(pit), evidence.pit_explanation(pit)),
        ("Tenth of the forecast", "Values that fell there", ANALYSTS_SAY),
        tuple((name, share, "PIT histogram") for name, share in zip(names, pit.shares, strict=True)),
        (1,),
        quiet=2,
    )


def _accuracy(report: BacktestReport) -> Section:
    metrics = report.accuracy
    season = "compared with the usual change over a season"
    rows = (
        ("Miss, compared with the size of the amounts (0: none, 2: the largest)", metrics.smape, "sMAPE"),
        (f"Miss, {season}", report.mase, "MASE"),
        ("The same when repeating the last season", report.mase_seasonal_naive, "MASE of seasonal naive"),
        ("Miss, large ones weighing more, compared with the usual change", metrics.rmsse, "RMSSE"),
        ("Too high (above 0) or too low (below 0) on average", metrics.bias, "Bias, scaled as MASE"),
        (f"Miss of all ranges together, {season}", metrics.crps, "CRPS, scaled as MASE"),
        ("The same, compared with the size of the amounts", report.wql, "Weighted quantile loss (WQL)"),
        (
            f"Range of {chance(0.8)}: its width, plus a penalty for values outside",
            metrics.interval_80,
            "Interval score, 80%, scaled",
        ),
        (f"Range of {chance(0.95)}: the same", metrics.interval_95, "Interval score, 95%, scaled"),
    )
    return Section(
        "Figures for analysts",
        ("Of all practice forecasts; smaller is better. Empty where there are too few checks.",),
        ("What", "Figure", ANALYSTS_SAY),
        rows,
        quiet=2,
    )


def _chances(curve: ReliabilityCurve) -> Section:
    rows = zip(curve.predicted, curve.observed, curve.counts, strict=True)
    return Section(
        evidence.CHANCES_HEADING,
        (evidence.reliability_summary(curve), *filter(None, [evidence.broken_chance(curve)])),
        evidence.CHANCE_HEADS,
        tuple((float(given), float(true), float(count)) for given, true, count in rows if count),
        (0, 1),
    )


def _worst_series(report: BacktestReport) -> Section:
    return Section(
        evidence.WORST_HEADING,
        (evidence.worst_series_summary(report.worst_series),),
        ("Series", evidence.LIKELY_HELD, f"{evidence.MISSES} (1: the same)", evidence.CHECKS),
        tuple((one.value, one.coverage, one.error, float(one.checks)) for one in report.worst_series),
        (1,),
    )


def _slices(report: BacktestReport) -> Section:
    return Section(
        evidence.SLICES_HEADING,
        (evidence.slices_summary(report.slices),),
        (
            "Part",
            evidence.LIKELY_HELD,
            f"{evidence.MISSES} (1: the same)",
            "Clearly worse in",
            "Series",
            evidence.CHECKS,
        ),
        tuple(
            (
                evidence.slice_label(part),
                part.coverage,
                part.error,
                evidence.reasons(part),
                float(part.series),
                float(part.checks),
            )
            for part in report.slices
        ),
        (1,),
    )
