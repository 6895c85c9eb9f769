"""Names of numbers that begin again with each day, week, month or event: "Daily Rain", "Energy today"."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

Span = Literal["day", "week", "month", "event"]

# English, German, French, Spanish, Italian, Portuguese, Dutch, Polish and Swedish, in lower case without accents.
_NAMES: dict[Span, str] = {
    "day": r"daily|today|taglich\w*|tages\w+|heute|journalier\w*|jour|diari[oa]|hoy|giornalier[oaie]|oggi|hoje|"
    r"dagelijkse?|vandaag|dzienn[yae]|dzisiaj|dzis|daglig\w*|idag",
    "week": r"weekly|this week|wochentlich\w*|wochen\w+|hebdomadaire|semaine|semanal|settimanal[ei]|wekelijkse?|"
    r"tygodniow[yae]|veckovis",
    "month": r"monthly|this month|monatlich\w*|monats\w+|mensuel\w*|mensual|mensil[ei]|mensal|maandelijkse?|"
    r"miesieczn[yae]|manatlig\w*",
    "event": r"(?:event|storm) ?rain|rain ?(?:event|storm)",
}
_SPANS = {span: re.compile(rf"\b(?:{words})") for span, words in _NAMES.items()}
_EXTREMES = re.compile(r"\b(?:max|min|maximum|minimum|peak|high|low|highest|lowest|avg|average|mean)\b")
_ANY = re.compile("|".join(pattern.pattern for pattern in _SPANS.values()))


@cache
def span_so_far(words: str) -> Span | None:
    """With what numbers may begin again below a name of these words, in lower case; None where it does not say so."""
    if _ANY.search(words) is None or _EXTREMES.search(words):
        return None
    return next(span for span, pattern in _SPANS.items() if pattern.search(words))
