"""What is loaded ahead of the first use case, so that no one waits for it."""

from __future__ import annotations


def warm_up() -> None:
    """Load the heavy libraries and the model while the person still looks for their file."""
    import onnxruntime  # noqa: F401
    import pandas  # noqa: F401

    from almanac.forecasting.engine import warm_up

    warm_up()


def load_answers() -> None:
    """Load what it takes to receive the results of jobs: none of the heavy libraries, but a tenth of a second."""
    import almanac.evaluation
    import almanac.tables
    import almanac.totals  # noqa: F401
