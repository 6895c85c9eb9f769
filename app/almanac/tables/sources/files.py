"""The file itself: what kind it is, whether it can be read at all, and its fingerprint. Opened for reading only."""

from __future__ import annotations

import errno
import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from almanac.core.problems import ProblemError, stop_with

Kind = Literal["text", "workbook"]

BROKEN_ARCHIVE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_NOT_TABLES = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"BM", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"RIFF", "a picture or a sound"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"\xfd7zXZ", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"SQLite format 3", "a database"),
    (b"PAR1", "a Parquet file"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"{\\rtf", "a text document"),
)
_SAVE_AS = "Open it in Excel or LibreOffice and save it as .xlsx or .csv, then open that file here."


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turns what the system says while a file is read into a Problem."""
    try:
        yield
    except FileNotFoundError as cause:
        raise _missing(path) from cause
    except PermissionError as cause:
        raise stop_with(
            "no_permission",
            f"{path.name} may not be read.",
            "Another program may hold it open, or it belongs to somebody else.",
            "Close the file elsewhere, or save a copy where you may read it, and try again.",
        ) from cause
    except OSError as cause:
        if cause.errno == errno.EINVAL:  # an archive that says its parts begin before its beginning
            raise damaged(path) from cause
        raise stop_with(
            "not_readable",
            f"{path.name} stopped answering while it was read.",
            f"The computer says: {cause.strerror or cause}.",
            "Check that the disk or network folder is still connected, or copy the file to this computer.",
        ) from cause


def kind_of(path: Path) -> Kind:
    """Whether the file is text or a workbook, by its first bytes and not by its name.

    Raises ProblemError for everything that is neither.
    """
    if path.is_dir():
        raise stop_with(
            "is_a_folder",
            f"{path.name} is a folder.",
            "Almanac reads one file at a time.",
            "Open the folder and choose the spreadsheet inside it.",
        )
    with reading(path), path.open("rb") as file:
        start = file.read(8192)
    if not start:
        raise stop_with(
            "empty_file",
            f"{path.name} is empty.",
            "There is nothing in it at all.",
            "Save it again and retry.",
        )
    if start.startswith(_OLE):
        _refuse_password(path)
        return "workbook"
    if start.startswith(_ZIP):
        _refuse_other_zip(path)
        return "workbook"
    for magic, what in _NOT_TABLES:
        # Two-letter marks could begin an honest text, a real one has bytes no text has.
        if start.startswith(magic) and (len(magic) > 2 or _binary(start)):
            raise _not_a_table(path, what)
    if _binary(start):
        raise _not_a_table(path, "no spreadsheet and no text")
    return "text"


def sha256(path: Path) -> str:
    """The file's fingerprint, in hexadecimal."""
    with reading(path), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _binary(start: bytes) -> bool:
    """Control characters no text has; NUL is allowed where it could be UTF-16 or a scratch in a text."""
    even, odd = start[::2].count(0), start[1::2].count(0)
    marked = start[:2] in (b"\xff\xfe", b"\xfe\xff")
    if marked or max(even, odd) > 0.4 * len(start) / 2:
        big = start.startswith(b"\xfe\xff") or (not marked and even > odd)
        text = start.decode("utf-16-be" if big else "utf-16-le", errors="ignore")
        return sum(c < " " and c not in "\0\t\n\f\r\x1b" for c in text) > 0.02 * len(text)
    control = sum(byte < 32 and byte not in (0, 9, 10, 12, 13, 27) for byte in start)
    return control > 0.02 * len(start) or start.count(0) > 0.1 * len(start)


def _refuse_password(path: Path) -> None:
    with reading(path), path.open("rb") as file:
        head = file.read(1 << 20)
        file.seek(0, 2)
        file.seek(max(file.tell() - (1 << 20), 0))
        head += file.read()
    if "EncryptedPackage".encode("utf-16-le") in head:
        raise stop_with(
            "password_protected",
            f"{path.name} is protected with a password.",
            "Almanac cannot look inside without it.",
            "Open it in Excel, choose File, Info, Protect Workbook, remove the password, save a copy, and open that.",
        )
    if "WordDocument".encode("utf-16-le") in head or "PowerPoint Document".encode("utf-16-le") in head:
        raise _not_a_table(path, "a text document or a presentation")


def _refuse_other_zip(path: Path) -> None:
    try:
        with reading(path), zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            mime = _start(archive, "mimetype") if "mimetype" in names else b""
            manifest = _start(archive, "META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
    except BROKEN_ARCHIVE as cause:
        raise damaged(path) from cause
    if any(name.startswith("xl/") for name in names) or b"spreadsheet" in mime:
        if b"encryption-data" in manifest:
            raise stop_with(
                "password_protected",
                f"{path.name} is protected with a password.",
                "Almanac cannot look inside without it.",
                "Open it, save a copy without a password, and open that copy here.",
            )
        return
    what = (
        "a text document or a presentation"
        if any(n.startswith(("word/", "ppt/")) for n in names) or mime
        else "a ZIP file"
    )
    raise _not_a_table(path, what)


def _start(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(1 << 20)


def damaged(path: Path) -> ProblemError:
    return stop_with(
        "damaged_workbook",
        f"{path.name} is damaged.",
        "It begins like a workbook, but parts of it are missing or mixed up; perhaps a download was cut off.",
        "Download or save it again. Excel can often repair it: open it there and save it under a new name.",
    )


def _missing(path: Path) -> ProblemError:
    return stop_with(
        "file_missing",
        f"{path.name} is no longer there.",
        f"No such file in {path.parent}.",
        "It may have been moved or renamed; choose it again.",
    )


def _not_a_table(path: Path, what: str) -> ProblemError:
    return stop_with(
        "not_a_table",
        f"{path.name} is not a spreadsheet.",
        f"Inside, it is {what}, whatever its name says.",
        _SAVE_AS,
    )
