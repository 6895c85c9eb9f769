"""The file itself: whether it can be read, what it is, whether it stays the same, its fingerprint. Never written to."""

from __future__ import annotations

import errno
import hashlib
import stat
import zipfile
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Literal

from almanac.core.problems import ProblemError, stop_with

FileKind = Literal["text", "workbook"]

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
# Shares of a file's first bytes or characters, chosen by judgement.
_MIN_UTF16_ZEROS = 0.4  # zeros among every second byte
_MAX_CONTROL_SHARE = 0.02
_CONTROL_BYTES = bytes(set(range(32)) - set(b"\0\t\n\f\r\x1b"))
_MAX_NUL_SHARE = 0.1
_REMOVE_PASSWORD = (
    "Open it in Excel, choose File, Info, Protect Workbook, remove the password, save a copy, and open that."
)
_SAVE_AS = "Open it in Excel or LibreOffice and save it as .xlsx or .csv, then open that file here."


@dataclass(frozen=True)
class FileFormat:
    """What a file is, and the evidence in its first bytes."""

    kind: FileKind
    evidence: str


@dataclass(frozen=True)
class FileState:
    """What changes when a file is written to or replaced: which file it is, its size, and when it was last written."""

    device: int
    inode: int
    size: int
    written_ns: int


@contextmanager
def system_errors_as_problems(path: Path) -> Generator[None]:
    """Turns errors of the operating system while a file is read into a ProblemError."""
    try:
        yield
    except FileNotFoundError as cause:
        raise _missing(path) from cause
    except PermissionError as cause:
        raise stop_with(
            "no_permission",
            f"Almanac has no permission to read {path.name}.",
            "Another program may have it open, or it belongs to somebody else.",
            "Close the file in the other program, or save a copy in a folder of your own, and try again.",
        ) from cause
    except OSError as cause:
        if cause.errno == errno.EINVAL:  # an archive whose parts are said to begin before the archive
            raise damaged_workbook(path) from cause
        raise stop_with(
            "not_readable",
            f"{path.name} could not be read to the end.",
            f"The computer says: {cause.strerror or cause}.",
            "Check that the disk or network folder is still connected, or copy the file to this computer.",
        ) from cause


def file_state(path: Path) -> FileState:
    """The state of the file now. Raises ProblemError for what is no regular file, without opening it."""
    with system_errors_as_problems(path):
        found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        raise stop_with(
            "is_a_folder",
            f"{path.name} is a folder.",
            "Almanac reads one file at a time.",
            "Open the folder and choose the spreadsheet inside it.",
        )
    if not stat.S_ISREG(found.st_mode):
        raise stop_with(
            "not_a_regular_file",
            f"“{path}” is a stream, not a file.",
            "What comes from a pipe or a device can be read only once, and Almanac looks at a file several times.",
            "Save it as a file first, and open that file.",
        )
    return FileState(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)


@contextmanager
def open_file(path: Path) -> Generator[BufferedReader]:
    """The bytes of a regular file; errors of the operating system inside the block become a ProblemError."""
    file_state(path)
    with system_errors_as_problems(path), path.open("rb") as file:
        yield file


def identify_file(path: Path) -> FileFormat:
    """Whether the file is text or a workbook, by its first bytes and not by its name.

    Raises ProblemError for everything that is neither.
    """
    with open_file(path) as file:
        start = file.read(8192)
    if not start:
        raise stop_with(
            "empty_file",
            f"{path.name} is empty.",
            "There is nothing in it at all.",
            "Save it again, then try again.",
        )
    if start.startswith(_OLE):
        _refuse_password(path)
        return FileFormat("workbook", "its first bytes are those of an old Excel workbook")
    if start.startswith(_ZIP):
        _refuse_other_archive(path)
        return FileFormat("workbook", "its first bytes are those of a ZIP archive, with a spreadsheet in it")
    for magic, what in _NOT_TABLES:
        # A text may begin with the same two letters; a real picture or program has bytes that no text has.
        if start.startswith(magic) and (len(magic) > 2 or _binary(start)):
            raise _not_a_table(path, what)
    if _binary(start):
        raise _not_a_table(path, "neither a spreadsheet nor text")
    return FileFormat("text", "its first bytes are no mark of another format, and hardly any are control characters")


def sha256(path: Path) -> str:
    """The file's fingerprint, in hexadecimal."""
    with open_file(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _binary(start: bytes) -> bool:
    """Whether there are control characters that no text has; NUL may be UTF-16, or a few damaged bytes."""
    even, odd = start[::2].count(0), start[1::2].count(0)
    marked = start[:2] in (b"\xff\xfe", b"\xfe\xff")
    if marked or max(even, odd) > _MIN_UTF16_ZEROS * len(start) / 2:
        big = start.startswith(b"\xfe\xff") or (not marked and even > odd)
        text = start.decode("utf-16-be" if big else "utf-16-le", errors="ignore")
        return sum(c < " " and c not in "\0\t\n\f\r\x1b" for c in text) > _MAX_CONTROL_SHARE * len(text)
    control = len(start) - len(start.translate(None, _CONTROL_BYTES))
    return control > _MAX_CONTROL_SHARE * len(start) or start.count(0) > _MAX_NUL_SHARE * len(start)


def _refuse_password(path: Path) -> None:
    with open_file(path) as file:
        head = file.read(1 << 20)
        file.seek(0, 2)
        file.seek(max(file.tell() - (1 << 20), 0))
        head += file.read()
    if "EncryptedPackage".encode("utf-16-le") in head:
        raise password_protected(path)
    if "WordDocument".encode("utf-16-le") in head or "PowerPoint Document".encode("utf-16-le") in head:
        raise _not_a_table(path, "a text document or a presentation")


def _refuse_other_archive(path: Path) -> None:
    try:
        with system_errors_as_problems(path), zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            mime = _first_megabyte(archive, "mimetype") if "mimetype" in names else b""
            manifest = _first_megabyte(archive, "META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
    except BROKEN_ARCHIVE as cause:
        raise damaged_workbook(path) from cause
    if any(name.startswith("xl/") for name in names) or b"spreadsheet" in mime:
        if b"encryption-data" in manifest:
            raise password_protected(path, "Open it, save a copy without a password, and open that copy here.")
        return
    what = (
        "a text document or a presentation"
        if any(n.startswith(("word/", "ppt/")) for n in names) or mime
        else "a ZIP file"
    )
    raise _not_a_table(path, what)


def _first_megabyte(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(1 << 20)


def password_protected(path: Path, fix: str = _REMOVE_PASSWORD) -> ProblemError:
    """The Problem of a workbook that opens only with a password."""
    return stop_with(
        "password_protected",
        f"{path.name} is protected with a password.",
        "Almanac cannot look inside without it.",
        fix,
    )


def keeps_changing(path: Path) -> ProblemError:
    """The Problem of a file that another program writes to while it is read."""
    return stop_with(
        "file_keeps_changing",
        f"{path.name} keeps changing while Almanac reads it.",
        "Another program is still writing to it: perhaps a download or a synchronised folder.",
        "Wait until that is finished and open the file again, or open a copy of it.",
    )


def damaged_workbook(path: Path) -> ProblemError:
    """The Problem of a workbook that cannot be taken apart."""
    return stop_with(
        "damaged_workbook",
        f"{path.name} is damaged.",
        "It begins like a workbook, but parts of it are missing or mixed up. Perhaps a download was interrupted.",
        "Download or save it again. Excel can often repair such a file: open it there and save it under a new name.",
    )


def _missing(path: Path) -> ProblemError:
    return stop_with(
        "file_missing",
        f"{path.name} was not found.",
        f"There is no such file in {path.absolute().parent}.",
        "It may have been moved or renamed; choose it again.",
    )


def _not_a_table(path: Path, what: str) -> ProblemError:
    return stop_with(
        "not_a_table",
        f"{path.name} is not a spreadsheet.",
        f"Whatever its name says, it is {what}.",
        _SAVE_AS,
    )
