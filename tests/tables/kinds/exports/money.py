"""Exports of banks, brokers, market places, tills and ledgers."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from tests.tables.kinds.sample_file import SampleFile, family, months, single, workbook

DAYS = [date(2024, 1, 8) + timedelta(n) for n in range(60)]
MON = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
FIRST = "2024-01-08"


@family
def banks() -> list[SampleFile]:
    """Facts about the account above the table, also as quoted pairs; €, row and account numbers in every line."""
    amounts = [1210.0 if n % 5 == 0 else -round(12 + n * 7 % 90 + 0.4 + n % 10 / 100, 2) for n in range(60)]
    cells = [f"{a:,.2f}".replace(",", "x").replace(".", ",").replace("x", ".") for a in amounts]
    above = [
        '"Girokonto";"DE021001"',
        '"Zeitraum:";"08.01.2024 - 07.03.2024"',
        '"Kontostand vom 07.03.2024:";"3.411,27 €"',
        '""',
    ]
    rows = [
        f'"{d:%d.%m.%y}";"{d:%d.%m.%y}";"Gebucht";"Laden {n % 4}";"DE12{n:04d}";"{cells[n]}";""'
        for n, d in enumerate(DAYS)
    ]
    head = '"Buchungsdatum";"Wertstellung";"Status";"Empfänger*in";"IBAN";"Betrag (€)";"Referenz"'
    german = "\ufeff" + "\n".join([*above, head, *rows[::-1]])
    found = [single("quoted pairs above", german, amounts, FIRST, "daily", series="Betrag (€)")]
    balance = [round(9000.25 - 55 * n, 2) for n in range(60)]
    rows = [
        f'{60 - n},82149,9031234567,"Privat",SEK,{d},{d},"ICA {n % 3}",{amounts[n]},{balance[n]}'
        for n, d in enumerate(DAYS)
    ]
    head = "Radnummer,Clearingnummer,Kontonummer,Produkt,Valuta,Bokföringsdag,Valutadag,Referens,Belopp,Bokfört saldo"
    nordic = "\n".join(
        ["* Transaktioner Period 2024-01-08 – 2024-03-07 Skapad 2024-03-08 07:01 CET", head, *rows[::-1]]
    )
    wanted = {"Belopp": (FIRST, amounts), "Bokfört saldo": (FIRST, balance)}
    found.append(SampleFile("a line with a star above", nordic.encode("cp1252"), "daily", wanted))
    return found


@family
def brokers() -> list[SampleFile]:
    """Sections whose name begins every line, that of their heading included."""
    found = []
    for title in (["Statement,Header,Field Name,Field Value", "Statement,Data,Broker,North"], []):
        paid, tax = [20 + n % 12 * 1.5 for n in range(36)], [-(3 + n % 12 * 0.25) for n in range(36)]
        days = months(36, "{y}-{m:02d}-15", 2021)
        lines = [f"Dividends,Data,USD,{d},ABC Dividend,{v}" for d, v in zip(days, paid, strict=True)]
        less = [f"Withholding Tax,Data,USD,{d},ABC Tax,{v}," for d, v in zip(days, tax, strict=True)]
        head = "Dividends,Header,Currency,Date,Description,Amount"
        text = "\n".join([*title, head, *lines, "Withholding Tax,Header,Currency,Date,Description,Amount,Code", *less])
        wanted = {"Dividends Amount": ("2021-01-15", paid), "Withholding Tax Amount": ("2021-01-15", tax)}
        found.append(SampleFile(f"{len(title)} lines above", text.encode(), "monthly", wanted))
    return found


@family
def market_places() -> list[SampleFile]:
    """One line for each thing sold, with commas and blanks in its name; also with a time of day."""
    found = []
    for clock in ("", " {h:02d}:{m:02d}"):
        sums: dict[str, dict[date, float]] = {
            name: defaultdict(float) for name in ("Mug, red", "Mug, tall", "Mug, blue")
        }
        rows, n = [], 0
        for d in DAYS:
            for _ in range(1 + d.day % 3):
                n += 1
                name = ("Mug, blue", "Mug, red", "Mug, tall")[n % 3]
                price, quantity = {"Mug, blue": 12.5, "Mug, red": 8.0, "Mug, tall": 31.0}[name], 1 + n % 3
                sums[name][d] += price * quantity
                when = f"{d:%m/%d/%y}" + clock.format(h=8 + n * 5 % 12, m=n * 17 % 60)
                ids = f"{4100000000 + n * 17},B {n},{3000000000 + n * 13}"
                rows.append(f'{when},"{name}",buyer{n},{quantity},{price:.2f},0.00,{price * quantity:.2f},EUR,{ids}')
        head = "Sale Date,Item Name,Buyer,Quantity,Price,Discount Amount,Item Total,Currency,Transaction ID"
        head += ",Ship Name,Order ID"
        wanted = {}
        for name, by_day in sums.items():
            days = DAYS[DAYS.index(min(by_day)) :]  # nothing was sold after the last row of one
            wanted[name] = (days[0].isoformat(), [by_day.get(d, 0.0) for d in days])
        found.append(SampleFile(f"things sold{clock}", "\n".join([head, *rows]).encode(), "daily", wanted))
    definitions = [
        '"Includes market place, fulfilment, and web"',
        '"All amounts in USD, unless specified"',
        '"Other: see the ""Type"" and ""Description"" columns."',
    ]
    rows, total = [], []
    for n, d in enumerate(DAYS):
        day = f"{MON[d.month - 1]} {d.day}, {d.year}"
        sales = [(20 + n % 7) * (-1 if k == 2 else 1) for k in range(1 + n % 3)]
        total.append(round(sum(sales) * 0.85, 2))
        rows += [
            f'"{day} {8 + k}:{n % 60:02d}:05 AM PST","14000111222","{"Order" if a > 0 else "Refund"}","111-{n}{k}",'
            f'"Lamp, small","1","{a:.2f}","{-a * 0.15:.2f}","{a * 0.85:.2f}"'
            for k, a in enumerate(sales)
        ]
    head = (
        '"date/time","settlement id","type","order id","description","quantity","product sales","selling fees","total"'
    )
    found.append(
        single("definitions above", "\n".join([*definitions, head, *rows]), total, FIRST, "daily", series="total")
    )
    return found


@family
def bookings() -> list[SampleFile]:
    """The number of each booking is no measure, and what a room costs is one for each night of arrival."""
    found = []
    for name in ("Book number", "Booking number", "Reservation Number"):
        for start, step in ((2_000_000_000, 31), (1, 1)):
            people = [1.0 + n * 7 % 4 for n in range(60)]
            price = [80.5 * (1 + n % 3) + n % 7 for n in range(60)]
            rows = [
                f"{start + n * step};Guest {n};{d};{d - timedelta(20)} 10:{n:02d}:11;ok;{people[n]:.0f};{price[n]} EUR"
                for n, d in enumerate(DAYS)
            ]
            text = "\n".join([f"{name};Guest name(s);Check-in;Booked on;Status;People;Price", *rows])
            wanted = {"People": (FIRST, people), "Price": (FIRST, price)}
            found.append(SampleFile(f"{name} from {start}", text.encode(), "daily", wanted))
    counted = [1_200_000.0 + n * 7919 % 5003 for n in range(60)]
    text = "\n".join(["Day,Passenger number", *(f"{d},{v:.0f}" for d, v in zip(DAYS, counted, strict=True))])
    found.append(single("a number of people", text, counted, FIRST, "daily", series="Passenger number"))
    return found


@family
def plans_and_results() -> list[SampleFile]:
    """Months above what is planned and what came of it, merged or in one name; also before or after the measure."""
    centres = ("Kitchen", "Bar", "Rooms")
    plan = {c: [1000.0 * (k + 1) + 10 * n for n in range(24)] for k, c in enumerate(centres)}
    result = {c: [v + n * 37 % 50 - 20 for n, v in enumerate(plan[c])] for c in centres}
    heads = [f"{MON[n % 12]} {2022 + n // 12}" for n in range(24)]

    def merged(book: Any) -> None:
        sheet = book.add_worksheet("Plan")
        sheet.write(0, 0, "Plan against result")
        sheet.write(3, 0, "Cost centre")
        for n, head in enumerate(heads):
            sheet.merge_range(2, 1 + 2 * n, 2, 2 + 2 * n, head)
            sheet.write_row(3, 1 + 2 * n, ["Budget", "Actual"])
        for row, centre in enumerate(centres, 4):
            pairs = zip(plan[centre], result[centre], strict=True)
            sheet.write_row(row, 0, [centre, *(v for pair in pairs for v in pair)])

    series = {}
    for centre in centres:
        series[f"{centre} · Budget"] = ("2022-01-01", plan[centre])
        series[f"{centre} · Actual"] = ("2022-01-01", result[centre])
    found = [SampleFile("merged months", workbook(merged), "monthly", series, "t.xlsx")]
    for form in ("{head} {thing}", "{thing} {head}", "{thing} - {head}"):
        names = [form.format(head=h, thing=t) for h in heads for t in ("Budget", "Actual")]
        rows = [
            ",".join([c, *(str(v) for pair in zip(plan[c], result[c], strict=True) for v in pair)]) for c in centres
        ]
        text = "\n".join([",".join(["Cost centre", *names]), *rows])
        found.append(SampleFile(form, text.encode(), "monthly", series))
    one = {c: ("2022-01-01", plan[c]) for c in centres}
    for form in ("Sales {head}", "{head} sales"):
        text = "\n".join(
            [
                ",".join(["Shop", *(form.format(head=h) for h in heads)]),
                *(",".join([c, *map(str, plan[c])]) for c in centres),
            ]
        )
        found.append(SampleFile(form, text.encode(), "monthly", one))
    return found


@family
def tills() -> list[SampleFile]:
    """Each year's total below its months, by a word and the year; the number of each closing."""
    found = []
    for form in ("Total {y}", "Summe {y}", "{y} total", "Total FY{y}"):
        guests = [700.0 + n * 13 % 90 for n in range(36)]
        rows = []
        for year in range(3):
            part = guests[12 * year : 12 * year + 12]
            names = months(12, "{y}-{m:02d}", 2021 + year)
            rows += [f"{name},{300 + 12 * year + n},{part[n]:.0f}" for n, name in enumerate(names)]
            rows += [f"{form.format(y=2021 + year)},,{sum(part):.0f}", ",,"]
        text = "\n".join(["Monthly closings,,", "Month,Z no,Guests", *rows])
        found.append(single(form, text, guests, "2021-01-01", series="Guests"))
    return found


@family
def payouts() -> list[SampleFile]:
    """Stays at irregular days, each with its payout: what falls into one week (from the usual weekday on) is added."""
    day, rows, weeks = date(2023, 1, 3), [], defaultdict(float)
    for n in range(90):
        amount = 203.0 + n * 37 % 120
        rows.append(f"{day:%m/%d/%Y},Payout,,,,EUR,,{amount:.2f}")
        rows.append(f"{day:%m/%d/%Y},Reservation,HM{n:06d}X,{2 + n % 4},Guest {n},EUR,{amount:.2f},")
        weeks[(day - date(2022, 12, 28)).days // 7] += amount
        day += timedelta(4 + n % 5)
    text = "\n".join(["Date,Type,Confirmation code,Nights,Guest,Currency,Amount,Paid out", *rows])
    sums = [weeks[n] for n in range(max(weeks) + 1)]  # a week without a stay brought in nothing
    return [single("stays", text, sums, "2022-12-28", "weekly", series="Reservation")]
