"""How long it takes to see that the bundled models are signed and unchanged, and to try each on known numbers."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from almanac.core.jobs import run
from almanac.forecasting.models.status import model_statuses
from almanac.workflow import verify_models

MAX_MS = 50  # of the processor, for all of them on a quiet machine


def _median_ms(work: Callable[[], object], runs: int) -> float:
    """Milliseconds of the processor: what else runs on the machine counts for little."""
    work()  # warm
    spent = []
    for _ in range(runs):
        began = time.process_time()
        work()
        spent.append(1000 * (time.process_time() - began))
    return statistics.median(spent)


def rows() -> list[tuple[str, str]]:
    """One for what every start of a forecast looks at, one for ``almanac models verify``."""
    count = len(model_statuses())
    unchanged, tried = _median_ms(model_statuses, 15), _median_ms(lambda: run(verify_models()), 3)
    return [
        (f"{count} models, signed and unchanged", f"{unchanged:.0f} ms of the processor (limit {MAX_MS})"),
        (f"{count} models, each also opened and tried", f"{tried / 1000:.1f} s of the processor"),
    ]
