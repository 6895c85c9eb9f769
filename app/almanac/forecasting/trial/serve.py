"""The process that tries a model: it opens the graph and compares its golden values, or ends trying."""

from __future__ import annotations

import os
from typing import NoReturn

from almanac.core.system.bounds import limit_this_process
from almanac.core.system.pipes import take_over_pipes

ARGUMENT = "--try-model"  # of the program, when it is to be this process
MAX_MEMORY = 4 << 30  # onnxruntime reserves far more than it uses; chosen by judgement
MAX_SECONDS = 20  # of a processor; the bundled ones take two, most of it for loading onnxruntime
RIGHT, WRONG = 0, 1


def main() -> NoReturn:
    """Read a manifest and a graph, each with its length on a line before it, and say with the exit code what it is."""
    incoming, _ = take_over_pipes()
    limit_this_process(MAX_MEMORY, MAX_SECONDS)
    manifest, content = (incoming.read(int(incoming.readline())) for _ in range(2))
    try:
        os._exit(RIGHT if _is_right(manifest, content) else WRONG)
    finally:  # whatever a graph that nobody vouches for does, it is not right
        os._exit(WRONG)


def _is_right(manifest: bytes, content: bytes) -> bool:
    from almanac.forecasting.golden import wrong_on_processor
    from almanac.forecasting.models.catalogue import Model
    from almanac.forecasting.models.manifest import Manifest

    model = Model(Manifest.model_validate_json(manifest), content, "")
    return bool(model.manifest.golden) and wrong_on_processor(model) is None
