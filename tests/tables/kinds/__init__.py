"""Files of every kind that people have, each built here with the right reading of it."""

from functools import cache

from tests.tables.kinds import (
    books,
    calendars,
    clocks,
    counting,
    layouts,
    letters,
    periods,
    programs,
    publishers,
    rhythms,
    shapes,
    writing,
)
from tests.tables.kinds.kind import MAKERS, Kind

__all__ = ["Kind", "families"]
_ROOMS = (books, calendars, clocks, counting, layouts, letters, periods, programs, publishers, rhythms, shapes, writing)


@cache
def families() -> dict[str, list[Kind]]:
    """The kinds of file, family by family."""
    return {maker.__name__: list(maker()) for maker in MAKERS}
