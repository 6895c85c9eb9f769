"""The graphics card for one model: whether a forecast uses it, and what to say when it cannot."""

from __future__ import annotations

from almanac.core.arrays import Singles
from almanac.core.problems import Problem
from almanac.core.system import paths
from almanac.forecasting.device import Device
from almanac.forecasting.gpu.client import CardProcess
from almanac.forecasting.gpu.providers import PROVIDERS, Provider
from almanac.forecasting.gpu.trial import FAILURES, OnProcessor, start, try_out
from almanac.forecasting.gpu.verdicts import LARGE, TrialResult, Verdict, read_verdict, write_verdict
from almanac.forecasting.models.catalogue import Model
from almanac.forecasting.sessions import Feed

# From here on a forecast takes the careful model seconds on a processor, and a trial does not make it much longer.
# Practice runs are smaller: a person would not see a note of theirs. Chosen by judgement.
MIN_SERIES = 30_000

_REASONS = {
    TrialResult.NO_CARD: "Almanac found none on this computer that it can use",
    TrialResult.CRASHED: "its driver stopped working",
    TrialResult.HANGS: "it did not answer within a minute",
    TrialResult.WRONG: "in a self-check it did not give the expected results",
}
_ONE_SEASON = "this version of the model would crash its driver where there are fewer than two seasons"
_SAME_FORECAST = "The forecast is the same, it only takes longer."
_FROM_NOW_ON = (
    "The forecast is the same. Almanac uses the processor from now on, "
    "and tries the graphics card again when its driver changes."
)


class Card:
    """Starts the process that has the graphics card when a forecast gains by it, and gives it batches.

    ``wish``: "gpu" always uses it, "auto" only for many series and where it was measured to be faster, "cpu" never.
    """

    BATCH = LARGE[0]  # a card takes hardly longer for four times as many series (measured)

    def __init__(self, model: Model, wish: Device, on_processor: OnProcessor) -> None:
        self._model = model
        self._wish = wish
        self._on_processor = on_processor
        self._process: CardProcess | None = None
        self._verdict: Verdict | None = None
        self._lost = False  # in the life of this program
        self._active = False
        self._said: Problem | None = None  # in this forecast
        self._batches = 0  # of this forecast that the card has made

    def prepare(self, series: int, points: float) -> None:
        """Decide whether the forecast that comes now uses the card; start or try it if necessary.

        ``points``: how many each of so many series has, at the mean.
        """
        self._said, self._batches = None, 0
        wanted = self._wish == "gpu" or (self._wish == "auto" and series >= MIN_SERIES)
        self._active = wanted and not self._lost and self._is_ready(series, points)

    @property
    def title(self) -> str | None:
        """What the card is called in this forecast; None when the processor has made all of it."""
        return self._provider.title if self._batches else None

    @property
    def active(self) -> bool:
        """Whether the next batch may go to the card."""
        return self._active

    @property
    def notes(self) -> tuple[Problem, ...]:
        """What a person should know about this forecast."""
        if self._wish == "gpu" and not self._batches:
            known = self._verdict.outcome if self._verdict else TrialResult.NO_CARD
            return (_not_used(_REASONS.get(known, _ONE_SEASON), _SAME_FORECAST),)
        return (self._said,) if self._said else ()

    def run(self, feed: Feed) -> Singles | None:
        """Quantiles float32 [batch, steps, levels]; None when the processor has to make them."""
        if not self._active or self._process is None or not self._suits(feed):
            return None
        try:
            made = self._process.run(feed)
        except tuple(FAILURES) as failure:
            self._lose(FAILURES[type(failure)])
            return None
        self._batches += 1
        return made

    def close(self) -> None:
        """End its process."""
        if self._process is not None:
            self._process.close()
        self._process, self._active = None, False

    @property
    def _provider(self) -> Provider:
        return next(p for p in PROVIDERS if self._verdict and p.name == self._verdict.provider)

    def _suits(self, feed: Feed) -> bool:
        first, second = feed["seasons"]
        if not self._provider.takes(self._model.manifest, (int(first), int(second))):
            return False
        return self._wish == "gpu" or (self._verdict is not None and self._verdict.is_faster(*feed["values"].shape))

    def _is_ready(self, series: int, points: float) -> bool:
        """Whether the process runs, and is worth using for so many series."""
        if self._verdict is None:
            self._verdict = read_verdict(paths.state(), self._model.checksum)
        known = self._verdict
        if known is None or (known.outcome is not TrialResult.RIGHT and self._wish == "gpu"):
            return self._try(series, points)
        if known.outcome is not TrialResult.RIGHT or not self._is_worth_it(known, series, points):
            return False
        if self._process is None:
            self._start()
        return self._process is not None

    def _is_worth_it(self, known: Verdict, series: int, points: float) -> bool:
        return self._wish == "gpu" or known.is_worth_starting(series, points)

    def _try(self, series: int, points: float) -> bool:
        self._verdict, self._process = try_out(self._model, self._on_processor)
        write_verdict(paths.state(), self._model.checksum, self._verdict)
        if self._process is None:
            self._lost = True
            if self._verdict.outcome is not TrialResult.NO_CARD:
                self._said = _not_used(_REASONS[self._verdict.outcome], _FROM_NOW_ON)
        elif not self._is_worth_it(self._verdict, series, points):
            self.close()
        return self._process is not None

    def _start(self) -> None:
        try:
            self._process = start(self._model, self._provider)
        except tuple(FAILURES) as failure:
            self._lose(FAILURES[type(failure)])
            return
        if self._process is None:
            self._lose(TrialResult.NO_CARD)

    def _lose(self, outcome: TrialResult) -> None:
        """Remember that the card cannot be used; the processor goes on."""
        self._process, self._active, self._lost = None, False, True
        self._verdict = Verdict(outcome, self._verdict.provider if self._verdict else "")
        write_verdict(paths.state(), self._model.checksum, self._verdict)
        self._said = _not_used(_REASONS[outcome], _FROM_NOW_ON, partly=self._batches > 0)


def _not_used(reason: str, fix: str, partly: bool = False) -> Problem:
    return Problem(
        "gpu_not_used",
        f"The graphics card was not used{' to the end' if partly else ''}: {reason}.",
        "Almanac checks a card before it trusts it, and otherwise uses the processor (CPU).",
        fix,
    )
