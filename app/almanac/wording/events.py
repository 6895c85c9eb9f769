"""What a person reads about events and their effects."""

from __future__ import annotations

from collections.abc import Sequence

from almanac.core.entered.events import LEFT_OUT_KINDS, NOTHING_KINDS, EventEffect, EventKind
from almanac.core.number_signs import MINUS
from almanac.core.problems import Problem
from almanac.core.text import some
from almanac.wording.formatter import PLAIN, Formatter

MAX_SAID = 12  # effects in the notes of a forecast; the sheet Events has all
KINDS = {
    EventKind.HOLIDAY: "Public holiday",
    EventKind.SALE: "Sale or promotion",
    EventKind.PRICE_CHANGE: "Price change",
    EventKind.CLOSURE: "Closed",
    EventKind.STOCK_OUT: "Out of stock",
    EventKind.ONE_OFF: "One-off",
    EventKind.EXCEPTIONAL: "Exceptional stretch",
}
EVENT_EFFECT, EVENTS_LEFT_OUT = "event_effect", "events_left_out"  # codes of notes
MAX_NAMED = 3  # events in a line
MODELS_KNOW_EVENTS = (
    "The models know of your events, as far as these were known at the time; the others cannot use them."
)
_AT = {-1: "Before {}", 0: "{}", 1: "The day after {}"}


def event_name(effect: EventEffect) -> str:
    """What the effect is of: "Easter Monday", "Before Easter Monday"."""
    return _AT[effect.offset].format(effect.name)


def effect_size(effect: EventEffect, formatter: Formatter = PLAIN) -> str:
    """How large the effect is: "+34%", or "no clear effect"."""
    if effect.kind in LEFT_OUT_KINDS:
        return "left out"
    if not effect.seen:
        return "not known yet"
    return _change(effect.size, effect, formatter) if effect.is_measured else "no clear effect"


def effect_sentence(effect: EventEffect, formatter: Formatter = PLAIN) -> str:
    """The effect in a sentence: "Easter Monday: +34%, seen 3 times, between +20% and +50%." """
    name = event_name(effect)
    if effect.kind in LEFT_OUT_KINDS:
        left_out = f"{name}: {formatter.plural(effect.left_out, 'value')} left out of what is learned."
        return f"{left_out} Nothing is forecast while it lasts." if _has_nothing_to_come(effect) else left_out
    if not effect.seen:
        return f"{name}: not seen before, so the forecast does not change."
    seen = "seen once" if effect.seen == 1 else f"seen {formatter.count(effect.seen)} times"
    if not effect.is_measured:
        return f"{name}: no clear effect, {seen}."
    low, high = _change(effect.low, effect, formatter), _change(effect.high, effect, formatter)
    return f"{name}: {_change(effect.size, effect, formatter)}, {seen}, between {low} and {high}."


def _has_nothing_to_come(effect: EventEffect) -> bool:
    """Whether nothing is forecast at some time because of it."""
    return effect.kind in NOTHING_KINDS and effect.to_come > 0


def event_notes(effects: Sequence[EventEffect]) -> tuple[Problem, ...]:
    """What a forecast says of events: which values were left out, and what the clear effects are."""
    left_out = [effect for effect in effects if effect.left_out]
    measured = [effect for effect in effects if effect.is_measured and effect.kind not in LEFT_OUT_KINDS]
    notes = [_effect_note(effect) for effect in measured[:MAX_SAID]]
    return (*((_left_out_note(left_out),) if left_out else ()), *notes)


def events_line(effects: Sequence[EventEffect], formatter: Formatter = PLAIN) -> str:
    """In a line, which events a forecast knows of, and how many values were left out for them; empty without any."""
    if not effects:
        return ""
    names = list(dict.fromkeys(effect.name for effect in effects))
    known = f"Knows of {formatter.plural(len(names), 'event')}: {some(names, MAX_NAMED)}."
    left_out = sum(effect.left_out for effect in effects)
    verb = "is" if left_out == 1 else "are"
    return f"{known} {formatter.plural(left_out, 'value')} {verb} left out of what is learned." if left_out else known


def events_used(effects: Sequence[EventEffect]) -> str:
    """Which events a forecast knows of, for the sheet About This Forecast."""
    names = list(dict.fromkeys(effect.name for effect in effects))
    return some(names, MAX_SAID) if names else "None."


def _left_out_note(effects: Sequence[EventEffect]) -> Problem:
    count = sum(effect.left_out for effect in effects)
    names = some(list(dict.fromkeys(f"“{effect.name}”" for effect in effects)))
    return Problem(
        EVENTS_LEFT_OUT,
        f"{PLAIN.plural(count, 'value')} during {names} {'is' if count == 1 else 'are'} left out of what is learned.",
        "They do not show the usual course.",
        "Take the event out of the list if they do.",
        count=count,
    )


def _effect_note(effect: EventEffect) -> Problem:
    to_come = "The forecast carries it." if effect.to_come else "None is within the forecast."
    return Problem(
        EVENT_EFFECT,
        effect_sentence(effect),
        "Measured on practice forecasts made without it.",
        to_come,
        count=effect.seen,
    )


def _change(size: float, effect: EventEffect, formatter: Formatter) -> str:
    """A change with its sign: "+34%", or "+1.5 times the usual change" where values may be below 0."""
    sign = "+" if size > 0 else MINUS if size < 0 else ""
    if effect.relative:
        whole = round(abs(size), 2)
        return f"{sign if whole else ''}{formatter.percent(whole)}"
    return f"{sign}{formatter.number(abs(size), 1)} times the usual change"
