"""The manual page of ``almanac``, written from the list of its commands."""

from __future__ import annotations

from datetime import date

from almanac import __version__
from almanac.cli.registry import COMMANDS

PAGE = r""".TH ALMANAC 1 "{date}" "Almanac {version}" "User Commands"
.SH NAME
almanac \- forecast every series in a spreadsheet
.SH SYNOPSIS
.B almanac
.RI [ FILE ]
.br
.B almanac
.I COMMAND
.RI [ OPTION ]...
.SH DESCRIPTION
Without a command, the window opens, with the file if there is one.
It reads a CSV, Excel or OpenDocument file, forecasts every series in it with a small model that runs on this computer,
says how far each forecast can be trusted, and saves an Excel workbook with charts. Nothing leaves the computer.
.SH COMMANDS
.B almanac
.I COMMAND
.B \-\-help
lists the options of a command.
{commands}
.SH OPTIONS
.TP
.B \-\-version
Print the version.
.TP
.B \-\-debug
Write a log of what is done, without anything from your file.
.SH EXIT STATUS
0: done. 1: something is wrong with the input, and what to do is printed. 2: wrong usage.
3: a fault in Almanac. 130: interrupted.
.SH ENVIRONMENT
.TP
.B ALMANAC_STATE
The folder for settings, the history and logs, instead of
.IR ~/.local/state/almanac .
.SH EXAMPLES
.nf
almanac sales.xlsx
almanac forecast sales.xlsx \-\-output forecast.xlsx
almanac check sales.csv
.fi
"""


def manual(changed: date) -> str:
    """Return the page; ``changed`` is the day of the last change of the sources."""
    entries = "\n".join(f".TP\n.B {_escaped(entry.name)}\n{_escaped(entry.help)}." for entry in COMMANDS)
    return PAGE.format(date=changed.isoformat(), version=__version__, commands=entries)


def _escaped(words: str) -> str:
    return words.replace("\\", r"\e").replace("-", r"\-")
