"""Damaged files: seeds of every format, each cut, spliced and scribbled on; the same number gives the same file."""

from __future__ import annotations

import io
import random
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import xlwt
from tests.tables.kinds import families
from tests.tables.score_examples import DATA

SAMPLES = Path(__file__).resolve().parents[2] / "resources" / "samples"
LONGEST = 24 << 10  # bytes taken of a text file
_HERE = Path(__file__).parent
_WORDS = [*(_HERE / "fuzz-words.txt").read_text(encoding="utf-8").splitlines(), *"\r\n\0\t\ufeff\u202f\xa0"]
_WORDS += ["a" * 3000, ",".join("1" * 300), "\n" * 50, "2024-01-01,1\n" * 40]
_TAGS = (_HERE / "fuzz-tags.txt").read_bytes().splitlines()
_NUMBERS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)


@dataclass(frozen=True)
class Mutant:
    """A damaged file and the seed it was made of."""

    name: str
    content: bytes
    seed: str


def mutant(number: int) -> Mutant:
    """The damaged file of this number."""
    chance = random.Random(number)
    formats = seeds()
    suffix = chance.choices(list(formats), [4, 2, 1, 1])[0]
    name, content = chance.choice(formats[suffix])
    if content[:2] == b"PK" and chance.random() < 0.9:
        content = _inside(content, chance)
    else:
        others = [other for _, other in formats[suffix]]
        content = _scribbled(content, chance, others, _WORDS if suffix == "csv" else [])
    return Mutant(f"table.{suffix}", content, name)


@cache
def seeds() -> dict[str, list[tuple[str, bytes]]]:
    """Small files of each format."""
    found: dict[str, list[tuple[str, bytes]]] = {"csv": [], "xlsx": [], "xls": [], "ods": []}
    for kind in (kind for family in families().values() for kind in family):
        found["csv" if not kind.file.endswith("xlsx") else "xlsx"].append((kind.name, kind.content[:LONGEST]))
    for path in sorted(SAMPLES.iterdir()) + (sorted(DATA.iterdir()) if DATA.exists() else []):
        if path.suffix in (".csv", ".tsv", ".txt"):
            with path.open("rb") as file:
                found["csv"].append((path.name, file.read(LONGEST)))
        elif path.suffix == ".xlsx" and path.stat().st_size < 100_000:
            found["xlsx"].append((path.name, path.read_bytes()))
    for name, rows in _TABLES.items():
        found["xls"].append((name, _xls(rows)))
        found["ods"].append((name, _ods(rows)))
    return found


def _scribbled(content: bytes, chance: random.Random, others: list[bytes], words: list[str]) -> bytes:
    data = bytearray(content)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 5, 12))):
        at = chance.randrange(len(data) + 1)
        span = chance.choice((1, 2, 4, 8, 30, 200, 2000))
        match chance.randrange(9):
            case 0:
                data[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del data[at : at + span]
            case 2:
                data[at:at] = data[chance.randrange(len(data) + 1) :][:span]
            case 3:
                del data[at:]
            case 4:
                other = chance.choice(others)
                data[at:] = other[chance.randrange(len(other) + 1) :][: len(content) + 100]
            case 5 if words:
                data[at : at + chance.choice((0, 1, 4))] = chance.choice(words).encode(
                    chance.choice(_ENCODINGS), "ignore"
                )
            case 6 if words:
                lines = data.split(b"\n")
                line = chance.randrange(len(lines))
                cells = lines[line].split(b",")
                cells[chance.randrange(len(cells))] = chance.choice(words).encode()
                lines[line] = bytearray(b",".join(cells))
                if chance.random() < 0.3:
                    chance.shuffle(lines)
                data = bytearray(b"\n".join(lines))
            case 7 if words:
                old, new = chance.sample(b',;\t|."-/ :0123456789\n\r', 2)
                data = data.replace(bytes([old]), bytes([new]))
            case _:
                size = chance.choice((1, 2, 4, 8))
                data[at : at + size] = (chance.choice(_NUMBERS) % (1 << 8 * size)).to_bytes(size, "little")
    return bytes(data)


_ENCODINGS = ("utf-8", "utf-8", "utf-16-le", "cp1252", "shift_jis", "gb18030")


def _inside(content: bytes, chance: random.Random) -> bytes:
    """The archive with one or two of its parts damaged."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {name: old.read(name) for name in old.namelist()}
        likely = [
            name for name in parts if "sheet" in name or name in ("content.xml", "xl/styles.xml", "xl/workbook.xml")
        ]
        for name in chance.sample(likely if chance.random() < 0.8 and likely else list(parts), 1):
            parts[name] = _tagged(parts[name], chance, list(parts.values()))
        for name, part in parts.items():
            if chance.random() > 0.01:
                new.writestr(name, part)
    return held.getvalue()


def _tagged(part: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    for _ in range(chance.choice((1, 1, 2, 4))):
        kind = chance.randrange(4)
        if kind == 0:
            part = _scribbled(part, chance, others, [])
        elif kind == 1:
            at = chance.randrange(len(part) + 1)
            part = part[:at] + chance.choice(_TAGS) + part[at:]
        elif kind == 2:  # another value for an attribute
            pieces = part.split(b'"')
            pieces[chance.randrange(len(pieces))] = chance.choice(_WORDS).encode()
            part = b'"'.join(pieces)
        else:  # another text between tags
            pieces = part.split(b">")
            at = chance.randrange(len(pieces))
            pieces[at] = chance.choice(_WORDS).encode() + pieces[at][pieces[at].rfind(b"<") :]
            part = b">".join(pieces)
    return part


_MONTHS = [f"{2019 + n // 12}-{n % 12 + 1:02d}-01" for n in range(36)]
_TABLES: dict[str, list[list[str | float]]] = {
    "months": [["Month", "Sales"], *([month, 100.5 + n] for n, month in enumerate(_MONTHS))],
    "long": [["Shop", "Month", "Sales"], *([shop, month, n * 2.0] for shop in "AB" for n, month in enumerate(_MONTHS))],
    "across": [["Shop", *_MONTHS], *([f"Shop {k}", *(k * 10.0 + n for n in range(36))] for k in range(4))],
    "serials": [["Report"], [], ["Day", "Sales", "Cost"], *([43_000.0 + n, n * 1.5, -n] for n in range(50))],
    "texts": [
        ["Kunde", "Datum", "Betrag"],
        *([f"K{n}", f"{n % 28 + 1}.{n % 12 + 1}.2021", f"{n},50 €"] for n in range(60)),
    ],
}


def _xls(rows: list[list[str | float]]) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Data")
    for n, row in enumerate(rows):
        for k, cell in enumerate(row):
            sheet.write(n, k, cell)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _ods(rows: list[list[str | float]]) -> bytes:
    def cell(value: str | float) -> str:
        if isinstance(value, str) and value[:4].isdigit():
            return (
                f'<table:table-cell office:value-type="date" office:date-value="{value}"><text:p/></table:table-cell>'
            )
        kind = "string" if isinstance(value, str) else f'float" office:value="{value}'
        return f'<table:table-cell office:value-type="{kind}"><text:p>{value}</text:p></table:table-cell>'

    names = "".join(f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content{names}><office:body><office:spreadsheet>'
            f'<table:table table:name="S">{body}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>",
        )
    return held.getvalue()
