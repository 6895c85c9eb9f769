"""Lists that are no history are forecast only when the person says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from almanac.core.problems import stop_with
from almanac.wording.reading import NO_HISTORY

if TYPE_CHECKING:
    from almanac.tables import ReadFile

_ANYWAY = ((NO_HISTORY, "forecast"),)


def require_history(file: ReadFile) -> None:
    """Raises ``ProblemError`` when the file is no history, unless the person chose to forecast it anyway."""
    for finding in file.findings:
        if finding.code == NO_HISTORY and ("repairs", _ANYWAY) not in finding.choices[finding.chosen].sets:
            raise stop_with(
                NO_HISTORY,
                f"{file.reading.file} is no history, so nothing is forecast.",
                finding.why,
                "Choose another date column, or “Forecast it anyway” among the findings "
                "(--repair=no_history=forecast) if the list does say what happened when.",
            )
