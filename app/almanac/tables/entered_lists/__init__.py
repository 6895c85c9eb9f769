"""Lists of events and of adjustments that a person writes: their headings in nine languages, and row by row."""

from almanac.tables.entered_lists.adjustments import adjustments_of_rows, read_adjustments
from almanac.tables.entered_lists.events import events_of_json, events_of_rows, read_events

__all__ = ["adjustments_of_rows", "events_of_json", "events_of_rows", "read_adjustments", "read_events"]
