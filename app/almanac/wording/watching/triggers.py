"""The settings of triggers as questions with answers, and what a trigger that fired says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from almanac.core.triggers import Firing, Reaction, Trigger

HOW_OFTEN = "How often may it warn for nothing?"
ANSWERS_HOW_OFTEN: Mapping[float, str] = {
    0.25: "About once in 4 years; changes are seen later",
    1.0: "About once a year",
    4.0: "About four times a year; changes are seen sooner",
}
REACTIONS: Mapping[Reaction, str] = {
    Reaction.ALWAYS: "Do it, and say so",
    Reaction.ASK: "Ask me",
    Reaction.NEVER: "Only show the change",
}


@dataclass(frozen=True)
class TriggerWords:
    """The ``question`` of a setting, and what is said when the trigger ``acts`` or ``asks``."""

    question: str
    acts: str
    asks: str


TRIGGERS: Mapping[Trigger, TriggerWords] = {
    Trigger.FORECAST_AGAIN: TriggerWords(
        "When level, trend or season change: forecast again?",
        "Forecast again, as the pattern changed.",
        "The pattern changed. Forecast again?",
    ),
    Trigger.RECALIBRATE: TriggerWords(
        "When values swing more widely than the ranges say: correct the ranges?",
        "The ranges are corrected as soon as enough values have come since they began to swing more widely.",
        "Values swing more widely than the ranges say. Correct the ranges?",
    ),
    Trigger.OTHER_MODEL: TriggerWords(
        "When a change is still there after that: try the other model?",
        "The other model is tried, as forecasting again was not enough.",
        "Forecasting again was not enough. Try the other model?",
    ),
    Trigger.ROLLBACK: TriggerWords(
        "When it began with a new version of the model: go back to the version before?",
        "Back at the version of the model before, as the change began with the new one.",
        "This began with the new version of the model. Go back to the one before?",
    ),
}


def firing_sentence(firing: Firing) -> str:
    """What is said: that it was done, or whether it may be."""
    words = TRIGGERS[firing.trigger]
    return words.acts if firing.reaction is Reaction.ALWAYS else words.asks


def done_sentences(firings: Sequence[Firing]) -> tuple[str, ...]:
    """What was done without asking, each said once."""
    done = (firing_sentence(firing) for firing in firings if firing.reaction is Reaction.ALWAYS)
    return tuple(dict.fromkeys(done))
