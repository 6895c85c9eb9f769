"""Bombs in XLSX."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable

from tests.workbooks.bomb_parts import (
    CLOSE,
    FAR,
    MEGABYTE,
    OPEN,
    RELATIONS,
    TABLE,
    Part,
    Sheet,
    Write,
    endless,
    entities,
    far,
    in_part,
    many_sheets,
    no_parts,
    overlapping,
    relation,
    rows,
    shared,
)

BOOK = f'<workbook xmlns:r="{RELATIONS}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets>'


def _xlsx(make: Callable[[random.Random], Sheet]) -> Write:
    return lambda path, chance: make(chance).write(path)


def _far(mark: bytes) -> Write:
    return _xlsx(lambda chance: far(chance, mark))


XLSX: dict[str, Write] = {
    **{f"a far cell, {name}": _far(mark) for name, mark in FAR.items()},
    "cells without addresses": _xlsx(
        lambda r: rows(b"<row>" + b"<c><v>1</v></c>" * 50 + b"</row>", r.randrange(300_000, 900_000))
    ),
    "cells of another prefix": _xlsx(
        lambda r: rows(b"<x:row><x:c><x:v>1</x:v></x:c></x:row>", r.randrange(8_000_000, 14_000_000))
    ),
    "cells with a line break": _xlsx(
        lambda r: rows(b"<row><c\n><v>1</v></c></row>", r.randrange(13_000_000, 20_000_000))
    ),
    "cells with a tab": _xlsx(
        lambda r: rows(b"<row><c\ts='0'><v>1</v></c></row>", r.randrange(13_000_000, 20_000_000))
    ),
    "rows at four hundred million": _xlsx(
        lambda r: rows(b'<row r="%d"><c><v>1</v></c><c><v>2</v></c></row>' % r.randrange(10**8, 4 * 10**9), 3)
    ),
    "rows at four hundred million, blank before the sign": _xlsx(
        lambda r: rows(b'<row r ="%d"><c><v>1</v></c></row>' % r.randrange(10**8, 4 * 10**8), 1, TABLE)
    ),
    "rows beyond any number": _xlsx(
        lambda r: rows(b'<row r="%s"><c r="A%s"><v>1</v></c></row>' % ((b"9" * r.randrange(8, 40),) * 2), 1, TABLE)
    ),
    "a column of a hundred letters": _xlsx(
        lambda r: rows(b'<c r="%s1"><v>1</v></c>' % (b"A" * r.randrange(5, 200)), 1, TABLE)
    ),
    "blank rows in tens of millions": _xlsx(lambda r: rows(b"<row/>", r.randrange(20, 90) * 1_000_000, TABLE)),
    "blank cells in tens of millions": _xlsx(
        lambda r: rows(b"<row>" + b"<c/>" * 100 + b"</row>", r.randrange(400_000, 1_200_000))
    ),
    "rows and columns that spread": _xlsx(
        lambda r: rows(
            b"",
            0,
            b"".join(
                b'<row r="%d"><c r ="%s%d"><v>1</v></c></row>' % (n * 1000, r.choice((b"A", b"XFD", b"ZZ")), n * 1000)
                for n in range(1, 1000)
            ),
        )
    ),
    "an attribute of 900 MB": _xlsx(lambda r: endless(b'<row a="', b"x" * 1024, b'"/>', r.randrange(300, 1000))),
    "an attribute of 900 MB in a cell": _xlsx(
        lambda r: endless(b'<row><c t="', b"x" * 1024, b'"><v>1</v></c></row>', r.randrange(300, 1000))
    ),
    "a text of 900 MB": _xlsx(
        lambda r: endless(b'<row><c t="str"><v>', b"x" * 1024, b"</v></c></row>", r.randrange(300, 1000))
    ),
    "an inline text of 900 MB": _xlsx(
        lambda r: endless(b'<row><c t="inlineStr"><is><t>', b"x" * 1024, b"</t></is></c></row>", r.randrange(300, 1000))
    ),
    "a comment of 900 MB": _xlsx(lambda r: endless(b"<!--", b"x" * 1024, b"-->", r.randrange(300, 1000))),
    "a CDATA of 900 MB": _xlsx(
        lambda r: endless(b'<row><c t="str"><v><![CDATA[', b"x" * 1024, b"]]></v></c></row>", r.randrange(300, 1000))
    ),
    "a number of 900 million digits": _xlsx(
        lambda r: endless(b"<row><c><v>", b"1" * 1024, b"</v></c></row>", r.randrange(300, 1000))
    ),
    "numbers of a hundred thousand digits": _xlsx(
        lambda r: rows(b"<row><c><v>" + b"9" * 100_000 + b"</v></c></row>", r.randrange(1000, 8000))
    ),
    "elements inside one another": _xlsx(lambda r: endless(b"<row><c><v>", b"<a>", b"", r.randrange(50, 600))),
    "rich texts of millions of runs": _xlsx(
        lambda r: endless(b'<row><c t="inlineStr"><is>', b"<r><t>x</t></r>", b"</is></c></row>", r.randrange(200, 900))
    ),
    "attributes in millions": _xlsx(lambda r: endless(b"<row ", b'a="1" ', b"/>", r.randrange(100, 700))),
    "the same attribute again and again": _xlsx(
        lambda r: endless(b"<row><c ", b'r="A1" ', b"/></row>", r.randrange(50, 300))
    ),
    "a tag that never ends": _xlsx(lambda r: endless(b"<row", b" " * 1024, b"", r.randrange(300, 1000))),
    "blanks between rows": _xlsx(lambda r: endless(b"", b" \n" * 512, b"", r.randrange(300, 1000))),
    "less-than signs": _xlsx(lambda r: endless(b"", b"<" * 1024, b"", r.randrange(20, 600))),
    "references to characters": _xlsx(
        lambda r: endless(b'<row><c t="str"><v>', b"&#65;", b"</v></c></row>", r.randrange(200, 900))
    ),
    "sheet data again and again": _xlsx(
        lambda r: rows(b"</sheetData><sheetData>" + TABLE, r.randrange(50_000, 200_000))
    ),
    "dimensions that lie": _xlsx(
        lambda _: Sheet(
            Part(OPEN.replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>') + TABLE + CLOSE)
        )
    ),
    "dates beyond any calendar": _xlsx(
        lambda r: rows(
            b'<row><c t="d"><v>%s-01-01</v></c><c><v>1e308</v></c></row>' % (b"9" * r.randrange(4, 9000)), 2000
        )
    ),
    "merged cells in millions": _xlsx(
        lambda r: Sheet(
            Part(
                OPEN + TABLE + b"</sheetData><mergeCells>",
                b'<mergeCell ref="A1:XFD1048576"/>',
                r.randrange(4, 20) * 1_000_000,
                b"</mergeCells></worksheet>",
            )
        )
    ),
    "shared texts in tens of millions": _xlsx(lambda r: shared(r.randrange(20, 50) * 1_000_000, b"", 30)),
    "shared texts in millions": _xlsx(lambda r: shared(r.randrange(8, 16) * 1_000_000, b"abc", 30)),
    "one shared text of 900 MB": _xlsx(lambda r: shared(1, b"x" * (r.randrange(300, 900) * MEGABYTE), 30)),
    "a long shared text in all cells": _xlsx(lambda r: shared(1, b"x" * 32_767, r.randrange(40_000, 2_000_000))),
    "a middling shared text in all cells": _xlsx(lambda r: shared(1, b"x" * r.randrange(60, 400), 3_000_000)),
    "shared texts with a prefix": _xlsx(
        lambda r: Sheet(
            rows(b"<row><c t = 's'><v> 0 </v></c></row>", r.randrange(400_000, 900_000)).sheet,
            Part(b"<x:sst xmlns:x='u'><x:si ><x:t>", b"x" * 1000, 40, b"</x:t></x:si></x:sst>"),
        )
    ),
    "an empty shared text asked for by number": _xlsx(lambda r: shared(1, b"x", 1000, 2 ** r.randrange(20, 62))),
    "entities made of entities in a sheet": _xlsx(lambda r: entities(r.randrange(8, 20), "sheet")),
    "entities made of entities in texts": _xlsx(lambda r: entities(r.randrange(8, 20), "texts")),
    "sheets in hundreds of thousands": _xlsx(lambda r: many_sheets(r.randrange(100_000, 300_000), one_part=True)),
    "thousands of sheets that are one part": _xlsx(lambda r: many_sheets(r.randrange(300, 4_900), one_part=False)),
    "relations in millions": _xlsx(
        lambda r: in_part(
            "xl/_rels/workbook.xml.rels",
            b"<Relationships>",
            b'<Relationship Id="a" Type="t" Target="x"/>',
            r.randrange(2, 15) * 1_000_000,
            relation("r1", "worksheets/sheet1.xml")[15:],
        )
    ),
    "styles in tens of millions": _xlsx(
        lambda r: in_part(
            "xl/styles.xml",
            b"<styleSheet><cellXfs>",
            b'<xf numFmtId="14"/>',
            r.randrange(10, 40) * 1_000_000,
            b"</cellXfs></styleSheet>",
        )
    ),
    "number formats in millions": _xlsx(
        lambda r: in_part(
            "xl/styles.xml",
            b"<styleSheet><numFmts>",
            b'<numFmt numFmtId="200" formatCode="yyyy"/>',
            r.randrange(2, 20) * 1_000_000,
            b"</numFmts></styleSheet>",
        )
    ),
    "a number format of 900 MB": _xlsx(
        lambda r: in_part(
            "xl/styles.xml",
            b'<styleSheet><numFmts><numFmt numFmtId="200" formatCode="',
            b"y" * 1024,
            r.randrange(300, 900) * 1024,
            b'"/></numFmts></styleSheet>',
        )
    ),
    "defined names in millions": _xlsx(
        lambda r: in_part(
            "xl/workbook.xml",
            BOOK.encode() + b"<definedNames>",
            b'<definedName name="x">S!$A$1</definedName>',
            r.randrange(3, 20) * 1_000_000,
            b"</definedNames></workbook>",
        )
    ),
    "a sheet's name of 500 MB": _xlsx(
        lambda r: in_part(
            "xl/workbook.xml",
            f'<workbook xmlns:r="{RELATIONS}"><sheets><sheet sheetId="1" r:id="r1" name="'.encode(),
            b"n" * 1024,
            r.randrange(100, 500) * 1024,
            b'"/></sheets></workbook>',
        )
    ),
    "packed with bzip2": _xlsx(
        lambda r: Sheet(endless(b"", b" " * 1024, b"", r.randrange(50, 400)).sheet, method=zipfile.ZIP_BZIP2)
    ),
    "packed with LZMA": _xlsx(
        lambda r: Sheet(endless(b"", b" " * 1024, b"", r.randrange(50, 400)).sheet, method=zipfile.ZIP_LZMA)
    ),
    "parts that overlap": lambda path, r: overlapping(path, r.randrange(100, 60_000), r.randrange(1, 40)),
    "empty parts in hundreds of thousands": lambda path, r: no_parts(path, r.randrange(50_000, 200_000)),
}
