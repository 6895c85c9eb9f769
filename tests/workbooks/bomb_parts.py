"""Workbooks made to fill the memory, to run without end or to end the program: each kind in as many forms as asked for.

Only what a file may say is here, nothing of how Almanac looks at it. The form follows from the seed: sizes, quotation
marks, blanks, prefixes, and how often a part is repeated.
"""

from __future__ import annotations

import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

MEGABYTE = 1 << 20
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = b'<?xml version="1.0" encoding="UTF-8"?>'


@dataclass
class Part:
    """A part of an archive: ``start``, then ``block`` so many times, then ``end``; never in memory as a whole."""

    start: bytes = b""
    block: bytes = b""
    times: int = 0
    end: bytes = b""

    def write(self, archive: zipfile.ZipFile, name: str) -> None:
        with archive.open(name, "w", force_zip64=True) as member:
            member.write(self.start)
            if self.block:
                at_once = max((1 << 18) // len(self.block), 1)
                whole, rest = divmod(self.times, at_once)
                many = self.block * at_once
                for _ in range(whole):
                    member.write(many)
                member.write(self.block * rest)
            member.write(self.end)


@dataclass
class Sheet:
    """What an XLSX is made of; ``parts`` replace or add to the usual ones."""

    sheet: Part
    strings: Part | None = None
    parts: dict[str, Part] = field(default_factory=dict)
    method: int = zipfile.ZIP_DEFLATED

    def write(self, path: Path) -> None:
        workbook = f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="S" sheetId="1" r:id="r1"/>'
        usual = {
            "[Content_Types].xml": Part(b"<Types/>"),
            "_rels/.rels": Part(HEAD + relation("r0", "xl/workbook.xml").replace(b'/worksheet"', b'/officeDocument"')),
            "xl/workbook.xml": Part(HEAD + workbook.encode() + b"</sheets></workbook>"),
            "xl/_rels/workbook.xml.rels": Part(HEAD + relation("r1", "worksheets/sheet1.xml")),
            "xl/worksheets/sheet1.xml": self.sheet,
        }
        if self.strings is not None:
            usual["xl/sharedStrings.xml"] = self.strings
        with zipfile.ZipFile(path, "w", self.method, compresslevel=1) as archive:
            for name, part in (usual | self.parts).items():
                part.write(archive, name)


def relation(number: str, target: str, times: int = 1) -> bytes:
    one = f'<Relationship Id="{number}" Type="{RELATIONS}/worksheet" Target="{target}"/>'
    return b"<Relationships>" + one.encode() * times + b"</Relationships>"


OPEN = HEAD + f'<worksheet xmlns="{MAIN}"><sheetData>'.encode()
CLOSE = b"</sheetData></worksheet>"
TABLE = b"".join(
    b'<row><c t="inlineStr"><is><t>2024-01-%02d</t></is></c><c><v>%d</v></c></row>' % (n, n) for n in range(1, 29)
)


def rows(block: bytes, times: int, start: bytes = b"", end: bytes = b"") -> Sheet:
    return Sheet(Part(OPEN + start, block, times, end + CLOSE))


def far(chance: random.Random, mark: bytes) -> Sheet:
    """Two cells with everything between them, written in a way that few look for."""
    row, column = chance.choice((1_048_576, 999_999, 700_001)), chance.choice((b"XFD", b"ZZZ", b"AAAA", b"QQQ"))
    quote = chance.choice((b'"', b"'"))
    cell = mark.replace(b"@", quote + column + str(row).encode() + quote)
    return rows(b"", 0, TABLE + b"<row>" + cell + b"</row>")


FAR = {
    "plain": b"<c r=@><v>2</v></c>",
    "blank before the sign": b"<c r =@><v>2</v></c>",
    "blanks around the sign": b"<c r  =  @><v>2</v></c>",
    "line break in the tag": b"<c\nr=@\n><v>2</v></c>",
    "tab in the tag": b"<c\tr=@><v>2</v></c>",
    "line breaks around the sign": b"<c r\n=\n@><v>2</v></c>",
    "address last": b'<c s="1" t="n" r=@><v>2</v></c>',
    "with a prefix": b'<x:c xmlns:x="u" r=@><x:v>2</x:v></x:c>',
    "in a text": b'<c t="inlineStr" r =@><is><t>x</t></is></c>',
    "without a value": b"<c r =@/><c><v>2</v></c>",
}


def endless(open_: bytes, block: bytes, close: bytes, megabytes: int, start: bytes = TABLE) -> Sheet:
    return rows(block, megabytes * MEGABYTE // len(block), start + open_, close)


def many_sheets(count: int, one_part: bool) -> Sheet:
    names = b"".join(b'<sheet name="S%d" sheetId="%d" r:id="r1"/>' % (n, n) for n in range(1, count + 1))
    head = HEAD + f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'.encode()
    sheet = rows(b"", 0, TABLE) if one_part else rows(b"<row><c><v>1</v></c></row>", 20_000)
    return Sheet(sheet.sheet, parts={"xl/workbook.xml": Part(head + names + b"</sheets></workbook>")})


def shared(texts: int, text: bytes, uses: int, which: int = 0) -> Sheet:
    cell = b'<row><c t="s"><v>%d</v></c><c><v>1</v></c></row>' % which
    strings = Part(HEAD + f'<sst xmlns="{MAIN}">'.encode(), b"<si><t>%s</t></si>" % text, texts, b"</sst>")
    return Sheet(rows(cell, uses).sheet, strings)


def in_part(name: str, open_: bytes, block: bytes, times: int, close: bytes) -> Sheet:
    """A part beside the sheet that is far too large."""
    return Sheet(rows(b"", 0, TABLE).sheet, parts={name: Part(HEAD + open_, block, times, close)})


def entities(levels: int, where: str) -> Sheet:
    laugh = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n else b"ha") for n in range(levels))
    body = b"<!DOCTYPE x [" + laugh + b"]>"
    text = b"&a%d;" % (levels - 1)
    if where == "sheet":
        inside = OPEN.replace(HEAD, HEAD + body) + b'<row><c t="str"><v>' + text + b"</v></c></row>" + CLOSE
        return Sheet(Part(inside))
    return Sheet(
        rows(b'<row><c t="s"><v>0</v></c></row>', 30).sheet,
        Part(HEAD + body + b"<sst><si><t>" + text + b"</t></si></sst>"),
    )


def overlapping(path: Path, entries: int, megabytes: int) -> None:
    """Many entries of the directory that are one and the same part of the archive."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    plain = b" " * MEGABYTE
    packed = b"".join(packer.compress(plain) for _ in range(megabytes)) + packer.flush()
    check = 0
    for _ in range(megabytes):
        check = zlib.crc32(plain, check)
    sizes = (check, len(packed), megabytes * MEGABYTE)
    content = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 8, 0, 0, *sizes, 8, 0) + b"xl/a.xml" + packed
    directory = b""
    for n in range(entries):
        name = b"xl/worksheets/sheet%d.xml" % n
        directory += struct.pack(
            "<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, 0, 8, 0, 0, *sizes, len(name), 0, 0, 0, 0, 0, 0
        )
        directory += name
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, entries, entries, len(directory), len(content), 0)
    path.write_bytes(content + directory + end)


def no_parts(path: Path, entries: int) -> None:
    """An archive of very many empty parts."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "")
        for n in range(entries):
            archive.writestr(f"xl/{n}", b"")


OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"


def ods(path: Path, content: Part, prefix: bytes = b"table") -> None:
    """A workbook of LibreOffice whose only sheet has this content."""
    names = (b"office", b"table", b"text")
    spaces = b"".join(
        b' xmlns:%s="%s%s:1.0"' % (prefix if name == b"table" else name, OFFICE.encode(), name) for name in names
    )
    start = HEAD + b"<office:document-content%s><office:body><office:spreadsheet><%s:table %s:name='S'>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        whole = Part(
            start % (spaces, prefix, prefix) + content.start,
            content.block,
            content.times,
            content.end + b"</%s:table></office:spreadsheet></office:body></office:document-content>" % prefix,
        )
        whole.write(archive, "content.xml")


def repeated(down: bytes, across: bytes, prefix: bytes = b"table") -> bytes:
    cell = (
        b'<table:table-cell%s office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell>' % across
    )
    return (b"<table:table-row%s>%s</table:table-row>" % (down, cell)).replace(b"table:", prefix + b":")


def binary_sheet(rows: int, end: bytes = b"") -> bytes:
    """The beginning of a sheet of XLSB that says it has so many rows; ``end``: records after the first ones."""
    return record(0x94, struct.pack("<IIII", 0, rows, 0, 1)) + record(0x91, b"") + end


def binary_cell(row: int, column: int) -> bytes:
    """A row of XLSB with one number."""
    return record(0, struct.pack("<I", row) + bytes(13)) + record(5, struct.pack("<IId", column, 0, 1.5))


def xlsb(path: Path, sheet: Part, strings: Part | None = None) -> None:
    """A binary workbook whose only sheet is this part."""
    name, number = "S".encode("utf-16-le"), "r1".encode("utf-16-le")
    bundle = struct.pack("<II", 0, 1) + struct.pack("<I", 2) + number + struct.pack("<I", 1) + name
    book = record(0x83, b"") + record(0x8F, b"") + record(0x9C, bundle) + record(0x90, b"") + record(0x84, b"")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        Part(book).write(archive, "xl/workbook.bin")
        Part(HEAD + relation("r1", "worksheets/sheet1.bin")).write(archive, "xl/_rels/workbook.bin.rels")
        sheet.write(archive, "xl/worksheets/sheet1.bin")
        if strings is not None:
            strings.write(archive, "xl/sharedStrings.bin")


def record(kind: int, content: bytes) -> bytes:
    number = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(content)
    while True:
        size += bytes([length & 0x7F | (0x80 if length > 0x7F else 0)])
        length >>= 7
        if not length:
            return number + size + content


def xls(path: Path, stream: bytes) -> None:
    """An old workbook with this stream of records, of at most seven megabytes."""
    stream = stream.ljust(4096, b"\0")  # shorter ones are kept elsewhere in the file
    sectors = (len(stream) + 511) // 512
    tables = (sectors + 2 + 127) // 128 + 1
    free, last, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    fat = [table] * tables + [last] + [tables + 2 + n for n in range(sectors - 1)] + [last]
    fat += [free] * (tables * 128 - len(fat))
    names = [("Root Entry", 5, last, 0), ("Workbook", 2, tables + 1, len(stream))]
    directory = b""
    for name, kind, start, size in names:
        text = name.encode("utf-16-le")
        directory += text.ljust(64, b"\0") + struct.pack("<HBB", len(text) + 2, kind, 1)
        directory += struct.pack("<III36xIII", free, free, 1 if kind == 5 else free, start, size, 0)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, tables, tables, 0, 4096, last, 0, last, 0)
    header += struct.pack("<109I", *(list(range(min(tables, 109))) + [free] * (109 - min(tables, 109))))
    body = struct.pack(f"<{len(fat)}I", *fat) + directory.ljust(512, b"\0") + stream.ljust(sectors * 512, b"\0")
    path.write_bytes(header + body)


def old_sheets(count: int, cells: bytes) -> bytes:
    """The records of a workbook with so many sheets of these cells."""
    begin = struct.pack("<HHHHHHII", 0x809, 16, 0x600, 5, 0, 0, 0, 0)
    end = struct.pack("<HH", 0x0A, 0)
    size = 12 + 2
    start = len(begin) + count * (size + 4) + len(end)
    one = struct.pack("<HHHHHHII", 0x809, 16, 0x600, 0x10, 0, 0, 0, 0) + cells + end
    names = b"".join(
        struct.pack("<HHIHBB", 0x85, 14, start + n * len(one), 0, 6, 0) + b"%06d" % n for n in range(count)
    )
    return begin + names + end + one * count


def old_cell(row: int, column: int) -> bytes:
    return struct.pack("<HHHHHd", 0x203, 14, row, column, 0, 1.5)


Write = Callable[[Path, random.Random], None]
