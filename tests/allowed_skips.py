"""Tests that may be skipped where ALMANAC_NO_SKIPS is set, as in .ci/run, and why; all others must run there."""

from __future__ import annotations

import re

ALLOWED = {
    r"tests/models/training/test_(build|candidates|empty_arrays)\.py": "need PyTorch: `make test-models` runs them",
    r"tests/desktop/test_qt\.py::": "from Python 3.12 on there is nothing to test: its True and None are never freed",
    r"tests/forecasting/gpu/test_webgpu\.py": "needs a graphics card in software: chromium-common on Debian, Mesa 25",
}
# Where ../shared is missing: its files may not be copied into the project.
ALLOWED_WITHOUT_SHARED = {
    r"tests/tables/test_examples\.py::": "real spreadsheets from others, without a licence",
    r"tests/journeys/test_behaviour\.py::test_the_real_examples": "real spreadsheets from others, without a licence",
}


def may_skip(node: str, shared_is_there: bool) -> bool:
    """Whether the test with this node id may be skipped."""
    allowed = ALLOWED if shared_is_there else ALLOWED | ALLOWED_WITHOUT_SHARED
    return any(re.match(pattern, node) for pattern in allowed)
