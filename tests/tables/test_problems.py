"""Whatever is dropped on the window, the answer is a Problem in plain words and never anything else."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.tables.conftest import Reader, codes, finding, lines, months

from almanac.core.jobs import run
from almanac.core.problems import Problem, ProblemError
from almanac.tables import ReadingOptions, preview, read, sheets

Stopped = Callable[..., Problem]
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
NOBODY = 65534  # a user without rights, on Linux and macOS alike
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.csv", "empty_file"),
        (b"\n\n\n", "a.csv", "empty_file"),
        (b"   \n ; ; \n", "a.csv", "empty_file"),
        (b"\xef\xbb\xbf", "a.csv", "empty_file"),
        (b"Date,Sales\n", "a.csv", "no_numbers"),
        (b"Date,Sales\n2025-01-01,5\n", "a.csv", "one_row"),
        (b"Name,City\nAnn,Rome\nBob,Oslo\n", "a.csv", "no_numbers"),
        (b"Date,Note\n2025-01-01,rain\n2025-01-02,sun\n2025-01-03,rain\n", "a.csv", "no_numbers"),
        (b"Pupil,08/01/2024,09/01/2024,10/01/2024\nAnn,/,/,L\nBob,N,/,/\n", "a.csv", "no_numbers"),
        (b"Name,Age\nAnn,31\nBob,45\nEve,22\nJoe,61\n", "a.csv", "no_dates"),
        (b"Date,Sales\n2025-01-01,1\n2025-01-01,2\n2025-01-01,3\n", "a.csv", "one_date"),
        (b"Dear Sir,\nI write to you about my cat.\n", "a.txt", "no_numbers"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "a.csv", "not_a_table"),
        (PNG, "a.csv", "not_a_table"),
        (PNG, "a.xlsx", "not_a_table"),
        (b"\xff\xd8\xff\xe0" + bytes(200), "a.csv", "not_a_table"),
        (b"\x1f\x8b\x08" + bytes(range(256)), "a.csv.gz", "not_a_table"),
        (bytes(range(256)) * 40, "a.bin", "not_a_table"),
        (b"PK\x03\x04 cut off", "a.xlsx", "damaged_workbook"),
        (OLE, "a.xls", "damaged_workbook"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "password_protected"),
        (OLE + "WordDocument".encode("utf-16-le"), "a.doc", "not_a_table"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_reason(
    stopped: Stopped, content: bytes, name: str, code: str
) -> None:
    problem = stopped(content, name)
    assert problem.code == code
    for words in (problem.what, problem.why, problem.fix):
        assert words.endswith((".", "?"))
        assert not re.search(r"\b(error|failed|invalid|fatal|parse|exception|nan|null)\b", words, re.IGNORECASE)


def test_a_zip_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    with pytest.raises(ProblemError) as caught:
        run(read(path))
    assert caught.value.problem.code == "not_a_table"


@pytest.mark.parametrize("action", [lambda path: run(read(path)), preview, sheets])
def test_a_folder_or_a_missing_file_is_refused_by_every_function(
    tmp_path: Path, action: Callable[[Path], object]
) -> None:
    for path, code in ((tmp_path, "is_a_folder"), (tmp_path / "gone.csv", "file_missing")):
        with pytest.raises(ProblemError) as caught:
            action(path)
        assert caught.value.problem.code == code


@contextmanager
def not_the_superuser() -> Iterator[None]:
    """Give up what only the superuser may do, such as reading every file."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions are given otherwise on Windows")
def test_a_file_without_read_permission_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    tmp_path.chmod(0o755)
    path = Path("a.csv")  # from here, as only its owner may enter the folders above
    path.write_text("x")
    path.chmod(0)
    with not_the_superuser(), pytest.raises(ProblemError) as caught:
        run(read(path))
    assert caught.value.problem.code == "no_permission"


def test_a_locked_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_text("x")

    def locked(*_: object, **__: object) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "open", locked)
    with pytest.raises(ProblemError) as caught:
        run(read(path))
    assert caught.value.problem.code == "no_permission"


def test_a_file_that_disappears_while_it_is_read_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(lines(months(24), range(24), header="Date,Sales"))
    job = read(path)
    next(job)
    path.unlink()
    with pytest.raises(ProblemError) as caught:
        run(job)
    assert caught.value.problem.code == "file_missing"


@pytest.mark.parametrize(
    ("options", "code", "hint"),
    [
        ({"sheet": "Sheet1"}, "no_such_sheet", "Leave"),
        ({"date": "Dat"}, "no_such_column", "“Date”"),
        ({"values": ("Slaes",)}, "no_such_column", "“Sales”"),
        ({"series": ("Shop",)}, "no_such_column", "Choose"),
        ({"date": "Sales"}, "no_dates", "Choose"),
        ({"frequency": "daily"}, "rhythm_too_fine", "monthly"),
    ],
)
def test_a_choice_that_does_not_fit_is_refused_with_one_that_does(
    stopped: Stopped, options: dict[str, object], code: str, hint: str
) -> None:
    problem = stopped(lines(months(24), [v + 0.5 for v in range(24)], header="Date,Sales"), **options)
    assert problem.code == code
    assert hint in problem.fix


def test_nul_characters_are_left_out_and_reported(read_text: Reader) -> None:
    file = read_text(lines(months(24), range(24), header="Date,Sa\0les").encode())
    assert file.series.names == ("Sales",)
    assert "nul_characters" in codes(file)


def test_a_row_without_a_date_is_left_out_and_reported(read_text: Reader) -> None:
    dates = [*months(24)]
    dates[5] = "soon"
    file = read_text(lines(dates, range(24), header="Date,Sales"))
    assert finding(file, "dates_not_understood").rows == (7,)


def test_ragged_rows_are_read(read_text: Reader) -> None:
    text = "Date,Sales\n" + "\n".join(f"{d},{n}" + (",x,y" if n == 4 else "") for n, d in enumerate(months(24)))
    assert len(read_text(text).series[0]) == 24


def test_a_mistyped_year_is_reported(stopped: Stopped) -> None:
    text = "\n".join(["Time,Load", "1700-01-01 00:00,1", *(f"2024-01-01 00:{n:02d},1" for n in range(60))])
    assert stopped(text).code in {"dates_too_far_apart", "no_dates"}


def test_options_refuse_an_unknown_frequency() -> None:
    with pytest.raises(ValueError, match="monthly"):
        ReadingOptions(frequency="moonly")


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(alphabet='0123456789,;.\n"-/ abJan€', max_size=300).map(str.encode)))
def test_any_bytes_end_in_series_or_a_problem(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(content)
    try:
        file = run(read(path))
    except ProblemError:
        return
    assert len(file.series) > 0
