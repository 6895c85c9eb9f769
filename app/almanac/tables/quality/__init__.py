"""What is odd about the values of finished series, and the repairs a person may choose. By default all are kept."""

from almanac.tables.quality.inspection import Inspected, inspect

__all__ = ["Inspected", "inspect"]
