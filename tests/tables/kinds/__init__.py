"""Files of every kind that people have, each built here with the right reading of it."""

from functools import cache

from tests.tables.kinds import (
    books,
    calendars,
    clocks,
    counting,
    frequencies,
    layouts,
    letters,
    periods,
    programs,
    publishers,
    shapes,
    writing,
)
from tests.tables.kinds.exports import activities, meters, money
from tests.tables.kinds.sample_file import FAMILIES, SampleFile

__all__ = ["SampleFile", "families"]
_MODULES = (
    activities,
    meters,
    money,
    books,
    calendars,
    clocks,
    counting,
    frequencies,
    layouts,
    letters,
    periods,
    programs,
    publishers,
    shapes,
    writing,
)


@cache
def families() -> dict[str, list[SampleFile]]:
    """The kinds of file, family by family."""
    return {maker.__name__: list(maker()) for maker in FAMILIES}
