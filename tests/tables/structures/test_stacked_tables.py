"""Tables below one another are never added up."""

from __future__ import annotations

from pathlib import Path

from tests.tables.accounted import read_and_account
from tests.tables.conftest import Reader, codes, finding, lines, months

MONTHS = months(24, "{y}-{m:02d}")
VALUES = [100 + 3 * n for n in range(24)]


def test_a_table_with_another_heading_is_another_series(read_text: Reader) -> None:
    text = lines(MONTHS, VALUES, header="Month,North") + "\n" + lines(MONTHS[3:], VALUES[3:], header="Month,South")
    file = read_text(text)
    assert file.series.names == ("North", "South")
    assert file.series[0].tolist() == VALUES
    assert file.series[1].tolist() == VALUES[3:]
    assert finding(file, "tables_below").rows == (27,)


def test_a_missing_value_of_the_second_table_is_named_with_its_own_row(read_text: Reader) -> None:
    second = [*map(str, VALUES[:4]), "", *map(str, VALUES[5:])]
    text = lines(MONTHS, VALUES, header="Month,North") + "\n" + lines(MONTHS, second, header="Month,South")
    assert finding(read_text(text), "missing_values").rows == (32,)


def test_a_table_of_other_dates_is_left_out_with_its_rows(tmp_path: Path) -> None:
    text = lines(MONTHS, VALUES, header="Month,Sold") + "\n"
    text += lines(range(2001, 2011), range(10), header="Year,Visits")
    path = tmp_path / "table.csv"
    path.write_text(text)
    file, lost = read_and_account(path)
    assert file.series.names == ("Sold",)
    assert not lost
    assert finding(file, "tables_left_out").rows == tuple(range(27, 38))


def test_later_dates_across_below_the_first_go_on_to_the_right(read_text: Reader) -> None:
    text = "".join(
        f"Region,{','.join(MONTHS[n : n + 6])}\n"
        + "".join(
            f"{region},{','.join(str(v + plus) for v in VALUES[n : n + 6])}\n"
            for region, plus in (("North", 0), ("South", 500))
        )
        + "\n"
        for n in (0, 6, 12, 18)
    )
    file = read_text(text)
    assert file.series.names == ("North", "South")
    assert file.series[0].tolist() == VALUES
    assert file.series[1].tolist() == [v + 500 for v in VALUES]


def test_the_same_heading_after_a_page_break_goes_on(read_text: Reader) -> None:
    text = lines(MONTHS[:12], VALUES[:12], header="Month,Sold") + "\n"
    file = read_text(text + lines(MONTHS[12:], VALUES[12:], header="Month,Sold"))
    assert file.series[0].tolist() == VALUES
    assert "tables_below" not in codes(file)
