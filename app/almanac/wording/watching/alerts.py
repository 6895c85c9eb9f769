"""What a person reads about alerts: what changed, since when, how large, how often by chance, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import isfinite

from almanac.core.alerts import Alert, AlertAction, AlertKind
from almanac.core.calendar.frequency import Frequency
from almanac.core.text import some
from almanac.wording.formatter import PLAIN, Formatter
from almanac.wording.phrases import two_digits

ACTIONS: Mapping[AlertAction, str] = {
    AlertAction.CHECK_FILE: "Check the Spreadsheet",
    AlertAction.FORECAST_AGAIN: "Forecast Again",
    AlertAction.RECALIBRATE: "Correct the Ranges",
    AlertAction.OTHER_MODEL: "Try the Other Model",
    AlertAction.GO_BACK: "Go Back to the Earlier Model",
    AlertAction.MARK_ONE_OFF: "Mark as One-Off",
    AlertAction.ASK_STOCK: "Say When It Was Sold Out",
    AlertAction.KEEP_WATCHING: "Keep Watching",
    AlertAction.SNOOZE: "Not for Three Months",
}
KINDS: Mapping[AlertKind, str] = {
    AlertKind.LEVEL: "Level",
    AlertKind.SPREAD: "Swings",
    AlertKind.SEASON: "Season",
    AlertKind.TREND: "Trend",
    AlertKind.ZEROS: "Zeros",
    AlertKind.GAPS: "Gaps",
    AlertKind.UNITS: "Units",
    AlertKind.SIGN: "Sign",
    AlertKind.REPEATED: "Repeated values",
    AlertKind.FREQUENCY: "How often",
    AlertKind.VANISHED: "Missing",
    AlertKind.NEW: "New",
    AlertKind.TEXT: "Text among numbers",
    AlertKind.SAME_FILE: "Same file",
    AlertKind.PARTIAL: "Unfinished period",
    AlertKind.UNLIKE_TRAINING: "Unlike what the model learned from",
}
SOLD_OUT = "Sold out"
QUIET_KINDS = (AlertKind.PARTIAL, AlertKind.NEW)  # noted, but nothing that needs a look
MAX_UNLIKE = 3  # series that are named
RARE = 0.05  # chances a year below this are not counted in years: "almost never"

_Words = Callable[[Alert, Frequency, Formatter], str]


def alert_sentence(alert: Alert, frequency: Frequency, formatter: Formatter = PLAIN) -> str:
    """What changed, since when and how large: "Since 2026-03-03, Store 12 is about 18% above what was expected." """
    return _SENTENCES[alert.kind](alert, frequency, formatter)


def event_name(alert: Alert, action: AlertAction) -> str:
    """What the event is called by which a person explains an alert."""
    return SOLD_OUT if action is AlertAction.ASK_STOCK else f"One-off: {KINDS[alert.kind].lower()}"


def chance_sentence(alert: Alert, formatter: Formatter = PLAIN) -> str:
    """How often this happens by chance; empty for what is seen without statistics."""
    if alert.is_certain or alert.kind is AlertKind.UNLIKE_TRAINING:
        return ""
    if alert.per_year < RARE:
        return f"By chance this happens less than once in {formatter.count(round(1 / RARE))} years."
    years = max(1, int(1 / alert.per_year))
    return f"By chance this happens less than once {'a year' if years == 1 else f'in {formatter.count(years)} years'}."


def stock_sentence(alert: Alert) -> str:
    """Why the person is asked whether it was sold out; empty where they are not."""
    if AlertAction.ASK_STOCK not in alert.actions:
        return ""
    return "If it was sold out, say so: sales cannot exceed the stock, and what was wanted would be forecast too low."


def action_sentence(alert: Alert) -> str:
    """What to do, the proposed action first: "Forecast Again, or: Mark as One-Off, Keep Watching." """
    first, *others = (ACTIONS[action] for action in alert.actions)
    return f"{first}, or: {', '.join(others)}." if others else f"{first}."


def unlike_sentence(found: Sequence[Alert], series: int, formatter: Formatter = PLAIN) -> str:
    """Which of so many series are unlike what the model learned from, and what that means; empty for none."""
    if not found:
        return ""
    which = formatter.plural(series, "series", "series")
    said = some([f"{one.series} ({one.feature})" for one in found], MAX_UNLIKE)
    return (f"{formatter.count(len(found))} of {which} {'is' if len(found) == 1 else 'are'} unlike what the model "
            f"learned from, and may be forecast worse: {said}.")  # fmt: skip


def drift_verdict(alerts: Sequence[Alert], checked: int) -> str:
    """In a sentence whether something needs a look."""
    where = f" in {PLAIN.plural(checked, 'series', 'series')}" if checked else ""
    look = [alert for alert in alerts if alert.kind not in QUIET_KINDS]
    if look:
        return f"{PLAIN.plural(len(look), 'thing')} to look at{where}."
    if not checked:
        return "There is nothing new to compare."
    return f"Nothing needs a look{where}." if alerts else f"Nothing changed{where}."


def _who(alert: Alert, formatter: Formatter, all_of_them: str = "all series together") -> str:
    return alert.series or (formatter.plural(alert.count, "series", "series") if alert.count > 1 else all_of_them)


def _since(alert: Alert, frequency: Frequency, formatter: Formatter) -> str:
    return "" if alert.since is None else f"Since {formatter.period(frequency, alert.since)}, "


def _for_periods(alert: Alert, frequency: Frequency) -> str:
    return f", for {frequency.duration(alert.periods)} now" if alert.periods > 1 else ""


def _level(alert: Alert, frequency: Frequency, formatter: Formatter) -> str:
    amount = _amount(alert, formatter)
    far = f"about {amount}" if amount else "clearly"
    return (f"{_since(alert, frequency, formatter)}{_who(alert, formatter)}: {far} {_direction(alert)} "
            f"what was expected{_for_periods(alert, frequency)}.")  # fmt: skip


def _direction(alert: Alert) -> str:
    return "above" if (alert.amount if isfinite(alert.amount) else alert.size) > 0 else "below"


def _amount(alert: Alert, formatter: Formatter) -> str:
    """How far values are from what was expected: a share, in units where there is none, "" where it is not known."""
    if isfinite(alert.amount):
        return formatter.number(abs(alert.amount), two_digits(abs(alert.amount)))
    return formatter.percent(abs(alert.size)) if alert.has_share and isfinite(alert.size) else ""


def _spread(alert: Alert, frequency: Frequency, formatter: Formatter) -> str:
    factor = alert.size if alert.size >= 1 else 1 / alert.size
    wider = "wider" if alert.size >= 1 else "narrower"
    return (f"{_since(alert, frequency, formatter)}{_who(alert, formatter)}: misses are about "
            f"{formatter.number(factor, 1)} times {wider} than before.")  # fmt: skip


def _season(alert: Alert, frequency: Frequency, formatter: Formatter) -> str:
    return (f"{_since(alert, frequency, formatter)}{_who(alert, formatter)}: highs and lows come at other times "
            "than in earlier years.")  # fmt: skip


def _trend(alert: Alert, frequency: Frequency, formatter: Formatter) -> str:
    amount = _amount(alert, formatter)
    return (f"{_since(alert, frequency, formatter)}{_who(alert, formatter)}: further and further {_direction(alert)} "
            f"what was expected{f', by now about {amount}' if amount else ''}.")  # fmt: skip


def _share(more: str, fewer: str) -> _Words:
    def words(alert: Alert, frequency: Frequency, formatter: Formatter) -> str:
        since = _since(alert, frequency, formatter)
        if alert.size < 0:
            return f"{since}{_who(alert, formatter)}: {fewer}."
        return f"{since}{_who(alert, formatter)}: {more} in {formatter.percent(alert.size)} of periods."

    return words


def _units(alert: Alert, frequency: Frequency, formatter: Formatter) -> str:
    factor = alert.size if alert.size >= 1 else 1 / alert.size
    size = "larger" if alert.size >= 1 else "smaller"
    return (f"{_since(alert, frequency, formatter)}{_who(alert, formatter)}: values are "
            f"{formatter.count(round(factor))} times {size}, as if another unit were used.")  # fmt: skip


def _fixed(text: str) -> _Words:
    """A sentence with ``{since}``, ``{who}`` and ``{count}`` filled in."""

    def words(alert: Alert, frequency: Frequency, formatter: Formatter) -> str:
        count = formatter.count(0 if not isfinite(alert.size) else round(alert.size))
        return text.format(
            since=_since(alert, frequency, formatter), who=_who(alert, formatter, "the spreadsheet"), count=count
        )

    return words


def _partial(alert: Alert, frequency: Frequency, formatter: Formatter) -> str:
    last = "" if alert.since is None else f", {formatter.period(frequency, alert.since)},"
    return f"The last {frequency.period}{last} does not look complete yet."


def _unlike(alert: Alert, _: Frequency, formatter: Formatter) -> str:
    return f"{_who(alert, formatter, 'the spreadsheet')}: {alert.feature}."


_SENTENCES: Mapping[AlertKind, _Words] = {
    AlertKind.LEVEL: _level,
    AlertKind.SPREAD: _spread,
    AlertKind.SEASON: _season,
    AlertKind.TREND: _trend,
    AlertKind.ZEROS: _share("is 0", "no longer 0, where it often was"),
    AlertKind.GAPS: _share("has no value", "has values where there were gaps"),
    AlertKind.UNITS: _units,
    AlertKind.SIGN: _fixed("{since}{who}: values have the opposite sign."),
    AlertKind.REPEATED: _fixed("{since}{who}: {count} values repeat those of an earlier stretch exactly."),
    AlertKind.FREQUENCY: _fixed("{who}: values come at another interval than before."),
    AlertKind.VANISHED: _fixed("{who}: not in the new spreadsheet."),
    AlertKind.NEW: _fixed("{who}: not in the earlier spreadsheet."),
    AlertKind.TEXT: _fixed("{who}: {count} cells hold text where numbers are expected."),
    AlertKind.SAME_FILE: _fixed("This spreadsheet has no values that the earlier one does not have."),
    AlertKind.PARTIAL: _partial,
    AlertKind.UNLIKE_TRAINING: _unlike,
}
