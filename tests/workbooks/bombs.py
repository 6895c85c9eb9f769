"""Workbooks made to fill the memory, to run without end or to end the program, by name: all kinds of files."""

from __future__ import annotations

import random
import struct
from pathlib import Path

from tests.workbooks.bomb_parts import (
    MEGABYTE,
    Part,
    Write,
    binary_cell,
    binary_sheet,
    ods,
    old_cell,
    old_sheets,
    record,
    repeated,
    xls,
    xlsb,
)
from tests.workbooks.bombs_xlsx import XLSX

XLSB: dict[str, Write] = {
    "zeros": lambda path, r: xlsb(path, Part(b"", bytes(1024), r.randrange(300, 1000) * 1024)),
    "zeros in the sheet data": lambda path, r: xlsb(
        path, Part(binary_sheet(9), bytes(1024), r.randrange(300, 900) * 1024)
    ),
    "records without content": lambda path, r: xlsb(
        path, Part(binary_sheet(9), record(1, b""), r.randrange(50, 400) * MEGABYTE)
    ),
    "a row far below": lambda path, r: xlsb(
        path, Part(binary_sheet(9, binary_cell(0, 0) + binary_cell(r.randrange(10**6, 2**32), r.randrange(2**32))))
    ),
    "cells in tens of millions": lambda path, r: xlsb(
        path, Part(binary_sheet(9), binary_cell(0, 0), r.randrange(8, 20) * 1_000_000, record(0x92, b""))
    ),
    "cells of a million rows, full": lambda path, r: xlsb(
        path,
        Part(
            binary_sheet(9),
            record(0, bytes(17)) + record(5, struct.pack("<IId", 16_383, 0, 1.0)),
            r.randrange(1, 5) * 1_000_000,
            record(0x92, b""),
        ),
    ),
    "dimensions that lie": lambda path, _: xlsb(
        path,
        Part(
            record(0x94, struct.pack("<IIII", 0, 2**32 - 1, 0, 2**32 - 1))
            + record(0x91, b"")
            + binary_cell(3, 2**31)
            + record(0x92, b"")
        ),
    ),
    "shared texts longer than the part": lambda path, r: xlsb(
        path,
        Part(binary_sheet(9, record(0x92, b""))),
        Part(
            record(0x9F, struct.pack("<II", 2**32 - 1, 2**32 - 1)),
            record(19, b"\0" + struct.pack("<I", 2**31) + b"ab"),
            r.randrange(1, 4_000_000),
        ),
    ),
    "a record of unlimited size": lambda path, r: xlsb(
        path, Part(b"\x00\xff\xff\xff\xff", b"\xff" * 1024, r.randrange(1, 900) * 1024)
    ),
}

ODS: dict[str, Write] = {
    "cells repeated across": lambda path, r: ods(
        path, Part(repeated(b"", b' table:number-columns-repeated="%d"' % r.randrange(10**7, 10**10)))
    ),
    "rows repeated down": lambda path, r: ods(
        path, Part(repeated(b' table:number-rows-repeated="%d"' % r.randrange(10**7, 10**10), b""))
    ),
    "both, blank before the sign": lambda path, r: ods(
        path,
        Part(
            repeated(
                b' table:number-rows-repeated ="1048576"',
                b' table:number-columns-repeated ="%d"' % r.randrange(1000, 16384),
            )
        ),
    ),
    "both, line break": lambda path, r: ods(
        path,
        Part(
            repeated(
                b'\ntable:number-rows-repeated\n=\n"1048576"',
                b'\ntable:number-columns-repeated\n=\n"%d"' % r.randrange(1000, 16384),
            )
        ),
    ),
    "both, with another prefix": lambda path, r: ods(
        path,
        Part(
            repeated(
                b' table:number-rows-repeated="1048576"',
                b' table:number-columns-repeated="%d"' % r.randrange(1000, 16384),
                b"t",
            )
        ),
        b"t",
    ),
    "covered cells repeated": lambda path, r: ods(
        path,
        Part(
            b'<table:table-row table:number-rows-repeated="1048570">'
            b'<table:covered-table-cell table:number-columns-repeated="%d"/></table:table-row>'
            % r.randrange(1000, 16384)
            + repeated(b"", b"")
        ),
    ),
    "blank rows before a cell": lambda path, r: ods(
        path,
        Part(
            b'<table:table-row table:number-rows-repeated="%d">'
            b'<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
            % r.randrange(10**5, 10**6)
            + repeated(b"", b"")
        ),
    ),
    "cells in tens of millions": lambda path, r: ods(
        path, Part(b"", repeated(b"", b""), r.randrange(5, 7) * 1_000_000)
    ),
    "cells of another prefix": lambda path, r: ods(
        path, Part(b"", repeated(b"", b"", b"t"), r.randrange(5, 7) * 1_000_000), b"t"
    ),
    "blanks in a text": lambda path, r: ods(
        path,
        Part(
            b'<table:table-row><table:table-cell office:value-type="string"><text:p>'
            b'<text:s text:c ="%d"/></text:p></table:table-cell></table:table-row>' % r.randrange(10**8, 2**32)
        ),
    ),
    "a text of 900 MB": lambda path, r: ods(
        path,
        Part(
            b'<table:table-row><table:table-cell office:value-type="string"><text:p>',
            b"x" * 1024,
            r.randrange(300, 1000) * 1024,
            b"</text:p></table:table-cell></table:table-row>",
        ),
    ),
    "rows inside one another": lambda path, r: ods(
        path, Part(b"", b"<table:table-row>", r.randrange(1, 20) * 1_000_000)
    ),
    "no end": lambda path, _: ods(
        path, Part(b"<table:table-row><table:table-cell office:value-type='string'><text:p>")
    ),
}

XLS: dict[str, Write] = {
    "full sheets": lambda path, r: xls(
        path,
        old_sheets(r.randrange(60, 180), b"".join(old_cell(n, c) for n in range(0, 65_536, 64) for c in (0, 255))),
    ),
    "sheets with far cells": lambda path, r: xls(
        path, old_sheets(r.randrange(200, 4_000), old_cell(0, 0) + old_cell(65_535, 255))
    ),
    "dimensions that lie": lambda path, r: xls(
        path, old_sheets(r.randrange(1, 200), struct.pack("<HHIIHHH", 0x200, 14, 0, 2**31, 0, 256, 0) + old_cell(1, 1))
    ),
    "zeros": lambda path, r: xls(path, bytes(r.randrange(1, 7) * MEGABYTE)),
    "records without content": lambda path, r: xls(
        path, old_sheets(1, struct.pack("<HH", 0x203, 0) * (r.randrange(1, 9) * 200_000))
    ),
    "shared texts without end": lambda path, r: xls(
        path,
        struct.pack("<HHHHHHII", 0x809, 16, 0x600, 5, 0, 0, 0, 0)
        + struct.pack("<HHII", 0xFC, 8224, 2**31, 2**31)
        + b"\xff\xff\x01" * 2738
        + b"\0\0"
        + (struct.pack("<HH", 0x3C, 8224) + b"\1" * 8224) * r.randrange(1, 800),
    ),
    "sheets in thousands": lambda path, r: xls(path, old_sheets(r.randrange(6_000, 60_000), old_cell(0, 0))),
}

BOMBS: dict[str, Write] = {
    **{f"xlsx: {name}": write for name, write in XLSX.items()},
    **{f"xlsb: {name}": write for name, write in XLSB.items()},
    **{f"ods: {name}": write for name, write in ODS.items()},
    **{f"xls: {name}": write for name, write in XLS.items()},
}


def write_bomb(path: Path, name: str, seed: int) -> None:
    """The bomb of this name, in the form that the seed gives it."""
    BOMBS[name](path, random.Random(f"{name} {seed}"))
