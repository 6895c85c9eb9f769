"""Files of every kind that people have, each built here with the right reading of it."""

from tests.tables.kinds import books, calendars, layouts, rhythms, writing
from tests.tables.kinds.kind import MAKERS, Kind

__all__ = ["Kind", "every_kind"]
_ROOMS = (books, calendars, layouts, rhythms, writing)


def every_kind() -> list[Kind]:
    return [kind for maker in MAKERS for kind in maker()]
