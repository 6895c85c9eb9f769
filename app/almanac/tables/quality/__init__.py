"""What is odd about the series themselves, and the repairs a person may choose. By default every value is kept."""

from almanac.tables.quality.inspect import Inspected, inspect

__all__ = ["Inspected", "inspect"]
