"""Check my data without a worker, and what it would ask one for."""

from __future__ import annotations

import pytest
from tests.window_fixtures import WindowUnderTest

from almanac.desktop.pages.data.page import DataPage
from almanac.tables import ReadingOptions


@pytest.fixture
def data(still: WindowUnderTest) -> DataPage:
    return still.data


@pytest.fixture
def asked(data: DataPage) -> list[ReadingOptions]:
    """Collects the options that the page wants the file read with, instead of reading it."""
    options: list[ReadingOptions] = []
    data.options_chosen.disconnect()
    data.options_chosen.connect(options.append)
    return options
