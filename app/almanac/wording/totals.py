"""Totals in words: "Next 28 days: about 1,310, 80% likely 1,190 to 1,440; last year 1,250, +5%"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from almanac.core.distribution.levels import LIKELY
from almanac.core.number_signs import MINUS
from almanac.core.problems import Problem
from almanac.core.text import agree, some
from almanac.wording.formatter import PLAIN, Formatter, rounded
from almanac.wording.phrases import RangeSupport, carried_decimals, decimals_for, from_to, percent, two_digits
from almanac.wording.trust.verdicts import how_it_held

if TYPE_CHECKING:
    from almanac.evaluation.report.coverage import CoverageBand

EVERYTHING = "Everything"
MAX_NAMES = 5
MAX_TOTAL_DECIMALS = 2
WHOLE_FROM = 20  # totals; chosen by judgement


@dataclass(frozen=True)
class TotalFigures:
    """What is known of one total: NaN where something is not known; ``decimals``: of its values at most.

    ``forecast``: what it was before the person adjusted it, NaN where they did not; ``averaged``: whether it is an
    average, of prices or temperatures.
    """

    point: float
    low: float
    high: float
    last_year: float
    growth: float
    decimals: int = MAX_TOTAL_DECIMALS
    forecast: float = np.nan
    averaged: bool = False


def total_sentence(
    figures: TotalFigures, support: RangeSupport = RangeSupport.CHECKED, formatter: Formatter = PLAIN
) -> str:
    """The total, how sure it is, and last year: "about 1,310, 80% likely 1,190 to 1,440; last year 1,250, +5%"."""
    if not np.isfinite(figures.point):
        return "nothing to forecast"
    decimals = total_decimals(figures)
    amounts = figures.point, figures.low, figures.high, figures.last_year
    point, low, high, last_year = (formatter.number(x, decimals) for x in amounts)
    doubt = _doubt(support)
    adjusted = ""
    if np.isfinite(figures.forecast):
        adjusted = f", adjusted by you (forecast: {formatter.number(figures.forecast, decimals)})"
    likely = "perhaps" if support is RangeSupport.TOO_NARROW else f"{percent(LIKELY)} likely"
    parts = [f"about {point}{adjusted}, {likely} {from_to(low, high)}{doubt}"]
    if np.isfinite(figures.last_year):
        parts.append(", ".join(filter(None, (f"last year {last_year}", change_on_last_year(figures, formatter)))))
    return "; ".join(parts)


def _doubt(support: RangeSupport) -> str:
    if support is RangeSupport.UNDER_WAY:
        return " (checking on your past …)"
    return f" ({support.doubt})" if support.doubt else ""


def total_decimals(figures: TotalFigures) -> int:
    """How many decimals suit the figures: none from 20 up, where a total of people or things is meant."""
    known = np.array([figures.point, figures.high])
    size = float(np.nanmax(np.abs(known), initial=0))
    suitable = min(decimals_for(known), figures.decimals, max(MAX_TOTAL_DECIMALS, two_digits(size)))
    if not figures.averaged and size >= WHOLE_FROM:
        suitable = 0
    return min(suitable, carried_decimals(*(np.array([x]) for x in (figures.point, figures.low, figures.high))))


def change_on_last_year(figures: TotalFigures, formatter: Formatter = PLAIN) -> str:
    """How much more than last year: "+5%"; "−0.6" where a share says nothing, as of temperatures; "" if unknown."""
    if np.isfinite(figures.growth):
        return signed_percent(figures.growth, formatter)
    if not np.isfinite([figures.point, figures.last_year]).all() or figures.last_year == 0:
        return ""
    decimals = total_decimals(figures)
    return signed_amount(rounded(figures.point, decimals) - rounded(figures.last_year, decimals), decimals, formatter)


def signed_amount(amount: float, decimals: int, formatter: Formatter = PLAIN) -> str:
    """0.6 as "+0.6", -3 as "−3", what rounds to zero as "±0"."""
    return _signed(rounded(amount, decimals), formatter.number(abs(amount), decimals))


def signed_percent(share: float, formatter: Formatter = PLAIN) -> str:
    """0.05 as "+5%", -0.05 as "−5%", next to nothing as "±0%"."""
    return _signed(round(share * 100), formatter.percent(abs(share)))


def _signed(shown: float, size: str) -> str:
    return f"{'+' if shown > 0 else MINUS if shown < 0 else '±'}{size}"


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


def apart_note(kinds: Sequence[str]) -> Problem:
    """Amounts of several kinds have no total; those whose kind has no name are called the others."""
    named = [*filter(None, kinds), *(["the others"] if "" in kinds else [])]
    return Problem(
        "not_added_together",
        f"{some(named, MAX_NAMES)} are not added together.",
        "Their names, or what they add up to, say that they are amounts of different kinds.",
        "If they are parts of one whole, say so under Check My Data, or give all of them the same unit in their "
        "headings, such as Lunch (€).",
        count=len(kinds),
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
    """What a line is about: "Next 28 days, on average", "North, next 28 days", "Price, on average, 2026-07"."""
    average = ["on average"] if averaged else []
    if not group:
        return ", ".join([span, *average])
    return ", ".join([group, *average, span.replace("Next ", "next ", 1)])


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
