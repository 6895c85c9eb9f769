"""Layouts of well-known publishers, programs and banks."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from tests.tables.kinds.sample_file import NAN, SampleFile, family, months, numbers, single, table

V = numbers(36)
TWICE = [round(v * 2 + 1, 2) for v in V]
FIRST = "2019-01-01"
MON = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905
DAYS = [date(2023, 11, 20) + timedelta(n) for n in range(60)]
D = numbers(60)


def lines(*rows: str) -> str:
    return "\n".join(rows) + "\n"


def two(
    name: str, text: str, a: str, b: str, first: str = FIRST, frequency: str = "monthly", file: str = "t.csv"
) -> SampleFile:
    return SampleFile(name, text.encode(), frequency, {a: (first, V), b: (first, TWICE)}, file)


@family
def statistics_offices() -> list[SampleFile]:
    years = list(range(1990, 2020))
    world = lines(
        '"Data Source","World Development Indicators",',
        "",
        '"Last Updated Date","2024-01-10",',
        "",
        '"Country Name","Country Code","Indicator Name","Indicator Code",' + ",".join(f'"{y}"' for y in years) + ",",
        '"Aruba","ABW","Population, total","SP.POP.TOTL",' + ",".join(f'"{v}"' for v in V[:30]) + ",",
        '"Norway","NOR","Population, total","SP.POP.TOTL",' + ",".join(f'"{v}"' for v in TWICE[:30]) + ",",
    )
    found = [
        SampleFile(
            "World Bank",
            world.encode(),
            "yearly",
            {"Aruba": ("1990-01-01", V[:30]), "Norway": ("1990-01-01", TWICE[:30])},
        )
    ]
    head = "freq,unit,geo\\TIME_PERIOD\t" + "\t".join(f"{2019 + n // 12}-{n % 12 + 1:02d} " for n in range(36))
    cells = [f"{v} p" if n > 33 else ": " if n == 4 else f"{v} " for n, v in enumerate(V)]
    eurostat = lines(head, "M,IDX,DE\t" + "\t".join(cells), "M,IDX,FR\t" + "\t".join(f"{v} " for v in TWICE))
    wanted = [NAN if n == 4 else v for n, v in enumerate(V)]
    found.append(
        SampleFile(
            "Eurostat", eurostat.encode(), "monthly", {"M,IDX,DE": (FIRST, wanted), "M,IDX,FR": (FIRST, TWICE)}, "t.tsv"
        )
    )
    fred = table(months(36), [v if n != 5 else "." for n, v in enumerate(V)], header="DATE,UNRATE")
    found.append(single("FRED", fred, [NAN if n == 5 else v for n, v in enumerate(V)], series="UNRATE"))
    oecd = "LOCATION,INDICATOR,SUBJECT,MEASURE,FREQUENCY,TIME,Value,Flag Codes\n" + "\n".join(
        f"{c},GDP,TOT,MLN_USD,Q,{2011 + n // 4}-Q{n % 4 + 1},{v},"
        for c, values in (("DEU", V), ("FRA", TWICE))
        for n, v in enumerate(values)
    )
    found.append(two("OECD", oecd, "DEU", "FRA", "2011-01-01", "quarterly"))
    bls = "Series ID,Year,Period,Value\n" + "\n".join(
        f"CUUR0000SA0,{2019 + n // 12},M{n % 12 + 1:02d},{v}" for n, v in enumerate(V)
    )
    found.append(single("labour statistics with M01", bls, V, series="Value"))
    annual = "Year,Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec,Annual\n" + "\n".join(
        f"{2019 + k}," + ",".join(map(str, V[12 * k : 12 * k + 12])) + f",{sum(V[12 * k : 12 * k + 12]) / 12:.3f}"
        for k in range(3)
    )
    found.append(single("labour statistics with an annual column", annual, V, series="Value"))
    insee = lines('"Libellé";"Indice des prix"', '"idBank";"001759970"', '"Période";"Valeur";"Codes"') + "".join(
        f'"{d[:7]}";"{str(v).replace(".", ",")}";"A"\n' for d, v in reversed(list(zip(months(36), V, strict=True)))
    )
    found.append(single("INSEE, newest first", insee, V, series="Valeur"))
    scb = lines(
        "region;" + ";".join(f"{2019 + n // 12}M{n % 12 + 1:02d}" for n in range(36)),
        "Stockholm;" + ";".join(map(str, V)),
        "Uppsala;" + ";".join(map(str, TWICE)),
    )
    found.append(two("Statistics Sweden", scb, "Stockholm", "Uppsala"))
    ons = lines('"Title","Index of Retail"', '"CDID","ABCD"', '"Unit","Index, base year = 100"') + "".join(
        [f'"{y}","{sum(V[12 * k : 12 * k + 12]) / 12:.2f}"\n' for k, y in enumerate((2019, 2020, 2021))]
        + [f'"{2019 + n // 4} Q{n % 4 + 1}","{sum(V[3 * n : 3 * n + 3]) / 3:.2f}"\n' for n in range(12)]
        + [f'"{2019 + n // 12} {MON[n % 12].upper()}","{v}"\n' for n, v in enumerate(V)]
    )
    found.append(single("years, quarters and months one below the other", ons, V, series="ABCD"))
    sunspots = "".join(
        f"{1749 + n // 12};{n % 12 + 1:02d};{1749 + (n + 0.5) / 12:.3f}; {v:6.1f}\n" for n, v in enumerate(V)
    )
    found.append(
        single(
            "year, month, decimal year without names",
            sunspots,
            [float(f"{v:.1f}") for v in V],
            "1749-01-01",
            series="Column D",
        )
    )
    return found


@family
def science() -> list[SampleFile]:
    office = lines(
        "Station Oxford", "Location 450900E 207200N", "   yyyy  mm   tmax    rain", "              degC      mm"
    ) + "".join(
        f"   {2019 + n // 12}  {n % 12 + 1:2d}  {v:6.1f}{'*' if n == 7 else ' '} {w:7.1f}\n"
        for n, (v, w) in enumerate(zip(V, TWICE, strict=True))
    )
    found = [
        SampleFile(
            "Met Office, aligned by blanks",
            office.encode(),
            "monthly",
            {"tmax": (FIRST, [round(v, 1) for v in V]), "rain": (FIRST, [round(v, 1) for v in TWICE])},
            "t.txt",
        )
    ]
    power = table(
        [f"{d.day}/{d.month}/{d.year}" for d in DAYS],
        ["?" if n == 9 else v for n, v in enumerate(D)],
        header="Date;Power",
        delimiter=";",
    )
    found.append(
        single(
            "power meter with question marks",
            power,
            [NAN if n == 9 else v for n, v in enumerate(D)],
            "2023-11-20",
            "daily",
            series="Power",
        )
    )
    noaa = table(["USC001"] * 60, [d.strftime("%Y%m%d") for d in DAYS], D, header="STATION,DATE,TMAX")
    found.append(single("weather archive with compact dates", noaa, D, "2023-11-20", "daily", series="TMAX"))
    virus = lines(
        "Province/State,Country/Region,Lat,Long," + ",".join(f"{d.month}/{d.day}/{d:%y}" for d in DAYS),
        ",Norway,60.47,8.46," + ",".join(map(str, D)),
        ",Chad,15.45,18.73," + ",".join(str(v + 1) for v in D),
    )
    found.append(
        SampleFile(
            "cases by country, days across",
            virus.encode(),
            "daily",
            {"Norway": ("2023-11-20", D), "Chad": ("2023-11-20", [v + 1 for v in D])},
        )
    )
    ordinal = table([d.strftime("%Y-%j") for d in DAYS], D, header="Day,Flow")
    found.append(single("days of the year", ordinal, D, "2023-11-20", "daily", series="Flow"))
    utc = [datetime(2024, 6, 1) + timedelta(hours=n) for n in range(200)]
    long = numbers(200)
    grid = table(
        [f"{t:%Y-%m-%dT%H:%M:%SZ}" for t in utc],
        [f"{t + timedelta(hours=2):%Y-%m-%dT%H:%M:%S}+0200" for t in utc],
        long,
        header="utc_timestamp,cet_cest_timestamp,load",
    )
    found.append(single("two time columns", grid, long, "2024-06-01T00:00:00", "hourly", series="load"))
    return found


@family
def programs() -> list[SampleFile]:
    trends = "Category: All categories\n\n" + table(
        [date(2019, 1, 6) + timedelta(7 * n) for n in range(36)], range(20, 56), header="Week,bread: (Worldwide)"
    )
    found = [
        single(
            "Google Trends",
            trends,
            [float(n) for n in range(20, 56)],
            "2019-01-06",
            "weekly",
            series="bread: (Worldwide)",
        )
    ]
    stock = [d for d in DAYS if d.weekday() < 5]
    close = numbers(len(stock))
    yahoo = table(
        stock,
        close,
        [v + 1 for v in close],
        [1000 * n for n in range(1, len(stock) + 1)],
        header="Date,Open,Close,Volume",
    )
    found.append(
        SampleFile(
            "Yahoo",
            yahoo.encode(),
            "business-daily",
            {
                "Open": ("2023-11-20", close),
                "Close": ("2023-11-20", [v + 1 for v in close]),
                "Volume": ("2023-11-20", [1000.0 * n for n in range(1, len(stock) + 1)]),
            },
        )
    )
    investing = "".join(
        f'"{d:%b %d, %Y}","{v:,.2f}","{n + 1}.50M","-0.{n % 9 + 1}%"\n'
        for n, (d, v) in reversed(list(enumerate(zip(stock, close, strict=True))))
    )
    found.append(
        SampleFile(
            "prices with M for millions",
            ('"Date","Price","Vol.","Change %"\n' + investing).encode(),
            "business-daily",
            {
                "Price": ("2023-11-20", close),
                "Vol.": ("2023-11-20", [(n + 1.5) * 1e6 for n in range(len(stock))]),
                "Change %": ("2023-11-20", [-(n % 9 + 1) / 10 for n in range(len(stock))]),
            },
        )
    )
    bank = "Buchungstag;Wertstellung;Verwendungszweck;Betrag;Währung\n" + "".join(
        f"{d:%d.%m.%Y};{d + timedelta(1):%d.%m.%Y};{what} {n * 7919 % 1000};{amount};EUR\n"
        for n, d in enumerate(DAYS)
        for what, amount in (
            ("Einkauf", f"-{n % 7 + 10},50"),
            ("Bäckerei", "-3,20"),
            *((("Gehalt", "2.500,00"),) if d.day == 1 else ()),
        )
    )
    found.append(
        single(
            "German bank statement",
            bank,
            [round(n % 7 + 13.7, 2) for n in range(60)],
            "2023-11-20",
            "daily",
            series="Betrag",
            asked="signs_mixed",
            encoding="cp1252",
        )
    )
    kilos = table(months(36), [f"{v} kg" for v in V], header="Month,Weight")
    found.append(single("a unit in every cell", kilos, V, series="Weight"))
    spans = table(list(DAYS[::7]), [d + timedelta(6) for d in DAYS[::7]], D[:9], header="Start date,End date,Hours")
    found.append(single("start and end dates", spans, D[:9], "2023-11-20", "weekly", series="Hours"))
    commencing = table([f"w/c {d:%d/%m/%Y}" for d in DAYS[::7]], D[:9], header="Week,Hours")
    found.append(single("w/c dates", commencing, D[:9], "2023-11-20", "weekly", series="Hours"))
    for name, form in (
        ("1Q19", "{q}Q{s}"),
        ("Q1'19", "Q{q}'{s}"),
        ("FY19 Q1", "FY{s} Q{q}"),
        ("Q1 FY2019", "Q{q} FY{y}"),
        ("2019/Q1", "{y}/Q{q}"),
        ("2019-1Q", "{y}-{q}Q"),
    ):
        cells = [form.format(q=n % 4 + 1, y=2011 + n // 4, s=f"{11 + n // 4:02d}") for n in range(36)]
        text, asked = table(cells, V, header="Quarter,Sales"), "fiscal_start" if "FY" in name else None
        found.append(single(f"quarters as {name}", text, V, "2011-01-01", "quarterly", asked=asked))
    for name, form in (("H1 2019", "H{h} {y}"), ("2019H1", "{y}H{h}"), ("1H19", "{h}H{s}"), ("S1 2019", "S{h} {y}")):
        cells = [form.format(h=n % 2 + 1, y=2001 + n // 2, s=f"{1 + n // 2:02d}") for n in range(36)]
        found.append(
            single(f"half-years as {name}", table(cells, V, header="Half,Sales"), V, "2001-01-01", "every 6 months")
        )
    brazil = table(
        [f"{'jan fev mar abr mai jun jul ago set out nov dez'.split()[n % 12]}/{19 + n // 12}" for n in range(36)],  # noqa: SIM905
        [f"{v:,.2f}".replace(",", "x").replace(".", ",").replace("x", ".") for v in V],
        header="Mês;Vendas",
        delimiter=";",
    )
    found.append(single("Brazil", brazil, V, series="Vendas"))
    japan = table([f"{2019 + n // 12}年{n % 12 + 1}月" for n in range(36)], V, header="年月,売上")
    found.append(single("Japanese months", japan, V, series="売上", encoding="cp932"))
    unicode_text = table(months(36), V, header="Month\tSales", delimiter="\t", end="\r\n")
    found.append(single("Excel's Unicode text", unicode_text, V, encoding="utf-16", file="t.txt"))
    index = table(
        [f"{d.month}/{d.day}/{d:%y}" for d in DAYS],
        [f'"{1000 + n:,}"' for n in range(60)],
        header="# ---\n# Users\n# ---\n\nDay Index,Users",
    )
    found.append(
        single("Google Analytics", index, [1000.0 + n for n in range(60)], "2023-11-20", "daily", series="Users")
    )
    parts = "date,store,dept,item,units\n" + "\n".join(
        f"{d},{s},{p},{i},{n + k}"
        for n, d in enumerate(DAYS)
        for k, (s, p, i) in enumerate(
            [("N", "a", "x"), ("N", "a", "y"), ("N", "b", "x"), ("S", "a", "x"), ("S", "b", "y")]
        )
    )
    found.append(
        SampleFile(
            "three-part keys",
            parts.encode(),
            "daily",
            {
                " · ".join(k): ("2023-11-20", [float(n + i) for n in range(60)])
                for i, k in enumerate(
                    [("N", "a", "x"), ("N", "a", "y"), ("N", "b", "x"), ("S", "a", "x"), ("S", "b", "y")]
                )
            },
        )
    )
    return found
