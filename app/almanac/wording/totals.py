"""Totals in words: "Next 28 days: about 1,310, 80% likely 1,190 to 1,440; last year 1,250, +5%"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from almanac.core.distribution.levels import LIKELY
from almanac.core.problems import Problem
from almanac.core.text import agree, some
from almanac.wording.formatter import PLAIN, Formatter
from almanac.wording.phrases import RangeSupport, decimals_for, from_to, percent
from almanac.wording.trust.verdicts import how_it_held

if TYPE_CHECKING:
    from almanac.evaluation.report.coverage import CoverageBand

EVERYTHING = "Everything"
MAX_NAMES = 5
MAX_TOTAL_DECIMALS = 2


@dataclass(frozen=True)
class TotalFigures:
    """What is known of one total: NaN where something is not known; ``decimals``: of its values at most.

    ``forecast``: what it was before the person adjusted it, NaN where they did not.
    """

    point: float
    low: float
    high: float
    last_year: float
    growth: float
    decimals: int = MAX_TOTAL_DECIMALS
    forecast: float = np.nan


def total_sentence(
    figures: TotalFigures, support: RangeSupport = RangeSupport.CHECKED, formatter: Formatter = PLAIN
) -> str:
    """The total, how sure it is, and last year: "about 1,310, 80% likely 1,190 to 1,440; last year 1,250, +5%"."""
    if not np.isfinite(figures.point):
        return "nothing to forecast"
    decimals = total_decimals(figures)
    point, low, high = (formatter.number(x, decimals) for x in (figures.point, figures.low, figures.high))
    doubt = _doubt(support)
    adjusted = ""
    if np.isfinite(figures.forecast):
        adjusted = f", adjusted by you (forecast: {formatter.number(figures.forecast, decimals)})"
    likely = "perhaps" if support is RangeSupport.TOO_NARROW else f"{percent(LIKELY)} likely"
    parts = [f"about {point}{adjusted}, {likely} {from_to(low, high)}{doubt}"]
    if np.isfinite(figures.last_year):
        grown = f", {signed_percent(figures.growth, formatter)}" if np.isfinite(figures.growth) else ""
        parts.append(f"last year {formatter.number(figures.last_year, decimals)}{grown}")
    return "; ".join(parts)


def _doubt(support: RangeSupport) -> str:
    if support is RangeSupport.UNDER_WAY:
        return " (checking on your past …)"
    return f" ({support.doubt})" if support.doubt else ""


def total_decimals(figures: TotalFigures) -> int:
    """How many decimals suit the figures: none from 20 up, where a total of people or things is meant."""
    known = np.array([figures.point, figures.high])
    return (
        0
        if np.nanmax(np.abs(known), initial=0) >= 20
        else min(decimals_for(known), figures.decimals, MAX_TOTAL_DECIMALS)
    )


def signed_percent(share: float, formatter: Formatter = PLAIN) -> str:
    """0.05 as "+5%", -0.05 as "−5%", next to nothing as "±0%"."""
    shown = formatter.percent(abs(share))
    if round(share * 100) == 0:
        return f"±{shown}"
    return f"{'+' if share > 0 else '−'}{shown}"


def over_note(names: list[str], since: str) -> Problem:
    """Series that ended long before the others add nothing to a total."""
    count = len(names)
    return Problem(
        "not_in_total",
        f"{some(names, MAX_NAMES)} {agree(count, 'is', 'are')} not in the totals.",
        f"{agree(count, 'It', 'They')} ended more than the whole forecast before {since}, where the totals begin.",
        "Nothing, if nothing more is to come from there; otherwise add the latest values to your file.",
        count=count,
    )


def averaged_note(everything: bool) -> Problem:
    """Levels such as prices are averaged."""
    which = "The values" if everything else "Some of the values"
    return Problem(
        "averaged_in_totals",
        f"{which} are averaged instead of added up.",
        "Prices, temperatures and other levels have no total.",
        "Nothing, unless they are amounts; then say so under Check My Data.",
    )


def group_name(key: tuple[str, ...], kind: str) -> str:
    """A group in words: "North · Bread"; "Everything"; with what it adds up, where that is not the same for all."""
    named = " · ".join(part or "(blank)" for part in key) or EVERYTHING
    return f"{named} · {kind}" if kind else named


def line_title(span: str, group: str, averaged: bool) -> str:
    """What a line is about: "Next 28 days", "North, next 28 days", "Price, on average, 2026-07 (partial)"."""
    before = [part for part in (group, "on average" if averaged else "") if part]
    return ", ".join([*before, span.replace("Next ", "next ", 1) if before else span])


def span_title(label: str, partial: bool, duration: str) -> str:
    """A span in words; ``duration``: of the whole horizon ("28 days"), empty for a calendar span."""
    if duration:
        return f"Next {duration.removeprefix('1 ')}"
    return f"{label} (partial)" if partial else label


def coverage_sentence(band: CoverageBand, formatter: Formatter = PLAIN) -> str:
    """How often ranges of totals held in the past: "In your past, 78% of such totals were within …: as promised."."""
    if not band.has_enough_checks or not np.isfinite(band.held):
        return "Your past is too short to check how often such ranges of totals hold."
    share, promise = formatter.percent(band.held), f"{percent(band.level)} promised"
    return f"In your past, {share} of such totals were within their likely range ({promise}): {how_it_held(band)}."
