"""The program's side of the process that tries a model."""

from __future__ import annotations

import subprocess
from contextlib import suppress

from almanac.core.problems import stop_with
from almanac.core.system import own_process
from almanac.forecasting.models.catalogue import Model
from almanac.forecasting.trial.serve import ARGUMENT, RIGHT

MAX_WAIT_S = 60.0  # three times the processor time it may take: this computer may be busy


def require_tried(model: Model) -> None:
    """Try a model that is not signed. Raises ``ProblemError`` unless it gives its golden values within its limits."""
    if model.signed or _is_right(model):
        return
    raise stop_with(
        "wrong_numbers",
        f"The model {model.manifest.title} does not work on this computer.",
        "It is not signed, so it was first tried on small examples whose forecast is known, within limits.",
        "Use another model; almanac models list shows all that are there.",
    )


def _is_right(model: Model) -> bool:
    manifest = model.manifest.model_dump_json().encode()
    message = b"".join(b"%d\n%b" % (len(part), part) for part in (manifest, model.content))
    with own_process.start(own_process.command(ARGUMENT)) as process:
        try:
            with suppress(BrokenPipeError):  # it ended before it had read everything
                process.communicate(message, MAX_WAIT_S)
        except subprocess.TimeoutExpired:
            process.kill()
        return process.wait() == RIGHT
