"""Work on several cores: threads for what numpy or onnxruntime does outside of Python's lock."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Part = TypeVar("Part")
Made = TypeVar("Made")
MAX_CORES = 8  # each takes memory for its part: chosen by judgement


def usable_cores() -> int:
    """How many cores this process may use, up to ``MAX_CORES``."""
    allowed = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return min(allowed, MAX_CORES)


def side_by_side(work: Callable[[Part], Made], parts: Sequence[Part]) -> list[Made]:
    """What ``work`` makes of each part, in order."""
    cores = usable_cores()
    if cores == 1 or len(parts) < 2:
        return [work(part) for part in parts]
    with ThreadPoolExecutor(cores) as threads:
        return list(threads.map(work, parts))
