"""Public holidays of a country, or of a region of it, from the holidays library: offline, by rules."""

from __future__ import annotations

from collections.abc import Sequence

from almanac.core.entered.events import Event, EventKind, Span
from almanac.core.problems import stop_with

LANGUAGE = "en_US"  # of the names, where the library has it; otherwise the country's own


def public_holidays(place: str, years: Sequence[int]) -> tuple[Event, ...]:
    """The public holidays of ``place`` (``DE``, or ``DE-BY`` for a region) in these years, each name an event.

    Raises ``ProblemError`` when the country or region is not known.
    """
    import holidays  # a third of a second: only when asked for

    country, _, region = place.strip().upper().partition("-")
    known = holidays.list_supported_countries()
    if country not in known:
        raise stop_with(
            "country_not_known",
            f"No public holidays are known for “{place}”.",
            "A country is written as its two letters, a region after a hyphen: DE, US, DE-BY, US-CA.",
            "Choose another country, or list the holidays in a file of events.",
        )
    if region and region not in known[country]:
        raise stop_with(
            "region_not_known",
            f"No region “{region}” of {country} is known.",
            f"The regions are {', '.join(known[country])}." if known[country] else f"{country} has no regions here.",
            f"Choose one of these, or {country} alone.",
        )
    found = holidays.country_holidays(country, subdiv=region or None, years=sorted(set(years)), language=LANGUAGE)
    days: dict[str, list[Span]] = {}
    for day in sorted(found):
        for name in found.get_list(day):
            days.setdefault(name, []).append(Span(day, day))
    return tuple(Event(name, EventKind.HOLIDAY, tuple(spans)) for name, spans in days.items())
