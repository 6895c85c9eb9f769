"""The record of processing activities that article 30 of the GDPR asks for, as far as a program can know it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from almanac import __version__
from almanac.core.text import plural
from almanac.wording.accountability.kept_files import FoundFiles

YOURS = "(for you to fill in)"
KILOBYTE = 1024
# Article 30 (1) a to g, and what the program knows of each.
ACTIVITY = (
    ("Activity", f"Forecasting of time series from spreadsheets with Almanac {__version__}, on this computer"),
    ("Controller and contact", YOURS),
    ("Purpose", YOURS),
    ("Legal basis", YOURS),
    ("Persons concerned", f"Those in the spreadsheets that were opened: {YOURS}"),
    ("Categories of data", f"Dates, amounts and names of series of those spreadsheets: {YOURS}"),
    ("Recipients", "None: Almanac sends nothing to anyone"),
    ("Transfers to other countries", "None"),
    ("Limits for erasure", f"Until deleted, as listed below; {YOURS}"),
    (
        "Measures",
        "No access to networks; files for this user alone (mode 0600 on Linux and macOS); workbooks taken apart in a "
        f"limited process; signed models; logs without data; erasure that overwrites; encryption of the disk: {YOURS}",
    ),
)


def record_of_processing(folder: Path, found: tuple[FoundFiles, ...], made: datetime) -> str:
    """The record in Markdown: the activity, and what is kept in ``folder`` now."""
    lines = ["# Record of processing (GDPR, article 30)", "", f"Made on {made:%Y-%m-%d %H:%M}.", ""]
    for label, text in ACTIVITY:
        lines += [f"**{label}:** {text}.", ""]
    lines += ["## What is kept on this computer now", "", f"In {folder}:", ""]
    if not found:
        lines += ["Nothing.", ""]
    for one in found:
        size = f"{plural(one.count, 'file')}, {one.size / KILOBYTE:,.0f} KB, the oldest of {one.oldest:%Y-%m-%d}"
        lines += [f"* `{one.kind.pattern}`: {one.kind.holds}. {size}.", f"  Kept: {one.kind.period}. "]
        lines[-1] += f"Deleted by: {one.kind.deletion}."
    lines += ["", "Files that you saved yourself are where you put them, and are not listed."]
    return "\n".join(lines) + "\n"
