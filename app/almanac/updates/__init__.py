"""Updates: a newer reading of a table compared with the one before, series by series and period by period."""

from almanac.updates.comparison import compare
from almanac.updates.merging import merge
from almanac.updates.same_table import TableShape, is_same_table, require_same_table
from almanac.updates.update import Correction, Renaming, Update

__all__ = [
    "Correction",
    "Renaming",
    "TableShape",
    "Update",
    "compare",
    "is_same_table",
    "merge",
    "require_same_table",
]
