"""Write the four sample spreadsheets into this folder; the values are the same every time.

    python resources/samples/generate.py

They are invented, and imperfect on purpose: missing days, repeated days, a product added later, notes and totals.
"""

from __future__ import annotations

import csv
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import xlsxwriter

HERE = Path(__file__).resolve().parent

# name, usual sales a day, weight of summer (negative: winter), weight of Saturday
PRODUCTS = (
    ("Bread", 46, 0.0, 0.5),
    ("Milk", 38, 0.0, 0.2),
    ("Eggs", 17, -0.1, 0.4),
    ("Coffee", 21, -0.2, 0.1),
    ("Apples", 24, -0.2, 0.3),
    ("Ice cream", 14, 0.9, 0.6),
    ("Soup", 11, -0.6, 0.0),
    ("Newspapers", 33, 0.0, 0.8),
    ("Beer", 19, 0.4, 0.9),
    ("Flowers", 8, 0.3, 0.7),
    ("Oat milk", 12, 0.0, 0.2),  # sold since October 2024 only
    ("Umbrellas", 0.35, -0.2, 0.0),  # many days without a sale
)
CLOSED = {(1, 1), (12, 25), (12, 26)}


def corner_shop() -> None:
    """Write daily sales by product from January 2024 to June 2026, one row for each product and open day."""
    rng = np.random.default_rng(20240101)
    first, last = date(2024, 1, 1), date(2026, 6, 28)
    rows = []
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        if (day.month, day.day) in CLOSED or n in (143, 144, 611):  # holidays, and days without a record
            continue
        season = np.sin(2 * np.pi * (day.timetuple().tm_yday - 105) / 365.25)
        weekend = {5: 1.0, 6: -0.4}.get(day.weekday(), 0.0)
        rush = 0.5 if day.month == 12 and 18 <= day.day <= 24 else 0.0
        for name, usual, summer, saturday in PRODUCTS:
            if name == "Oat milk" and day < date(2024, 10, 1):
                continue
            level = usual * (1 + 0.35 * summer * season) * (1 + 0.5 * saturday * weekend + rush) * (1 + 0.00012 * n)
            sold = int(rng.negative_binomial(12, 12 / (12 + max(level, 0.05))))
            rows.append((day.isoformat(), name, sold))
    for at in (4210, 7777, 9001):  # entered twice
        rows.insert(at, rows[at - 1])
    with (HERE / "corner-shop.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("Date", "Product", "Sold"))
        writer.writerows(rows)


def clinic() -> None:
    """Write weekly visits by department from January 2022, one column for each, with a title and totals."""
    rng = np.random.default_rng(7)
    departments = (("General practice", 212), ("Paediatrics", 96), ("Dermatology", 54), ("Physiotherapy", 71))
    workbook = xlsxwriter.Workbook(HERE / "clinic.xlsx")
    workbook.set_properties({"created": datetime(2026, 7, 1)})
    sheet = workbook.add_worksheet("Visits")
    bold = workbook.add_format({"bold": True})
    day_format = workbook.add_format({"num_format": "dd/mm/yyyy"})
    sheet.set_column(0, 5, 17)
    sheet.write(0, 0, "Visits by week and department", bold)
    header = ("Week starting", *(name for name, _ in departments), "Total")
    for column, name in enumerate(header):
        sheet.write(2, column, name, bold)
    row, totals = 3, np.zeros(len(departments), dtype=int)
    for week in range(233):
        day = date(2022, 1, 3) + timedelta(weeks=week)
        if week == 118:  # the record of one week was lost
            continue
        winter = np.cos(2 * np.pi * (day.timetuple().tm_yday - 30) / 365.25)
        holidays = 0.55 if (day.month, day.day) >= (12, 22) or (day.month, day.day) <= (1, 1) else 1.0
        visits = []
        for n, (_, usual) in enumerate(departments):
            level = usual * (1 + (0.18, 0.22, -0.10, 0.02)[n] * winter) * (1 + (0, 0.0003, 0.0012, 0.0006)[n] * week)
            visits.append(int(rng.poisson(level * holidays)))
        totals += visits
        sheet.write_datetime(row, 0, datetime(day.year, day.month, day.day), day_format)
        for column, number in enumerate((*visits, sum(visits)), start=1):
            sheet.write_number(row, column, number)
        row += 1
    sheet.write(row, 0, "Total", bold)
    for column, number in enumerate((*totals.tolist(), int(totals.sum())), start=1):
        sheet.write_number(row, column, number, bold)
    workbook.close()


def household() -> None:
    """Write monthly bills by kind from 2019, as a German program exports them: semicolons and decimal commas."""
    rng = np.random.default_rng(11)
    kinds = (
        ("Strom", 74, 0.12),
        ("Heizung", 92, 0.75),
        ("Wasser", 31, 0.0),
        ("Lebensmittel", 1010, 0.03),
        ("Telefon", 39.95, 0.0),
    )
    lines = ["Haushaltsbuch;;;;;", "Monat;" + ";".join(f"{name} (€)" for name, _, _ in kinds)]
    for n in range(90):
        year, month = 2019 + n // 12, n % 12 + 1
        winter = np.cos(2 * np.pi * (month - 1) / 12)
        cells = []
        for name, usual, season in kinds:
            amount = usual * (1 + season * winter) * 1.0025**n
            amount *= 1 if name == "Telefon" else rng.normal(1, 0.06)
            cells.append("" if (name, n) == ("Wasser", 41) else _german(amount))
        lines.append(f"{month:02d}.{year};" + ";".join(cells))
    (HERE / "household.csv").write_bytes(("\r\n".join(lines) + "\r\n").encode("cp1252"))


def _german(amount: float) -> str:
    return f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))


def student_lab() -> None:
    """Write hourly readings of two sensors over eleven weeks, with hours off and failed readings."""
    rng = np.random.default_rng(3)
    with (HERE / "student-lab.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("Time", "Temperature (°C)", "Humidity (%)"))
        drift = 0.0
        for n in range(24 * 77):
            when = datetime(2026, 3, 2) + timedelta(hours=n)
            drift = 0.97 * drift + rng.normal(0, 0.15)
            sun = np.sin(2 * np.pi * (when.hour - 8) / 24)
            warm = 19.5 + 2.6 * sun + 0.02 * n / 24 + drift
            damp = 52 - 5.5 * sun - 1.2 * drift + rng.normal(0, 0.8)
            if 700 <= n < 709 or n == 1230:  # the logger was off
                continue
            cells = [f"{warm:.1f}", f"{damp:.1f}"]
            if rng.random() < 0.006:
                cells[int(rng.integers(2))] = "n/a"
            writer.writerow((when.strftime("%Y-%m-%d %H:%M"), *cells))


if __name__ == "__main__":
    corner_shop()
    clinic()
    household()
    student_lab()
