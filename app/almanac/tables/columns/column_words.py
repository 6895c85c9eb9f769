"""What the name of a column says of what it holds, by lists of words in nine languages (see ``words.meanings``)."""

from __future__ import annotations

import re
from functools import cache

from almanac.tables.columns.words.meanings import MEANING_WORDS, Meaning
from almanac.tables.values.dates.calendar_names import plain

_IDENTIFIER = re.compile(
    r"(?:.*[ _.-])?(?:id|nr|no|ref|code|zip|plz|postcode|phone|sku|ean|barcode|lat|lon|latitude|longitude|uuid|guid|"
    r"iban|kod|cod|codigo|codice|numero|numer|serial|sequence|seq|folio)\.?"
    r"|(?:receipt|invoice|order|ticket|beleg|rechnung|bon|factura|facture|transaction|voucher|document)"
    r"(?:[ _-]?(?:id|nr|no))?\.?"
    r"|[^\W\d_]{3,}(?:nr|nummer|konto)|id[ _-]?(?:bank|code)|(?:account|customer|invoice|order)[ _]?(?:reference|ref)"
    r"|konto|gegenkonto|coordinate|number|nummer|index|idx|key|#|n°|row|reference|referencia|riferimento|"
    rf".*(?:{'|'.join(map(plain, ('コード', '番号', '代码', '代碼', '编号', '編號', '코드', '번호')))})|"
    r"referencja|referens|referenz|unnamed.*|lfd\.? ?nr\.?|chq ?no|cheque"
)
_NUMBERED = re.compile(
    r"(?:n|nr|no|num|numero|number|nummer|numer)[.°]? |"
    r"z(?:[ ._-]?(?:reports?|bericht|bon|abschlag|ticket|rapport|informe|raport|counter|zahler))?$"  # of a till
)
# Buying and selling price, in German; "EP 1" and "VK Nord" are an episode and the sales of a region.
_SHORT_PRICE = re.compile(
    r"(?:ep|ek|vk)(?:[ ._/()-]+(?:netto|brutto|preis|eur|euro|€|chf|in|pro|je|stk|stuck|einheit))*\W*"
)
_FREE = frozenset(["frei", "free", "libres", "liberi", "vrij", "wolne", "lediga", "vacant"])  # of what there is
_INDEX = frozenset(["index", "idx"])  # numbers rows, or measures against a year that is 100
_CALENDAR = re.compile(
    r"year|month|day|week|quarter|weekday|day_?of_?week|day of week|week_?(?:nr|no|number)|jahr|monat|tag|kw|woche|"
    r"hour|period|annee|mois|jour|semaine|ano|mes|dia|semana|anno|mese|giorno|settimana|jaar|maand|dag|rok|miesiac|"
    r"dzien|tydzien|ar|manad|vecka|kwartał|kwartal|trimestre|quartal|kvartal"
)
_TOTALS = """
    total, totals, sum, grand, overall, gesamt, summe, gesamtsumme, -gesamtbetrag, endbetrag, insgesamt, totaux, ttc,
    somme, suma, totale, somma, totali, soma, totaal, totaalbedrag, som, razem, łacznie, lacznie, summa, totalt,
    totalbelopp
"""
# Words for money that do not say what kind of amount it is.
_MONEY = "transaction, transactions, buchung, credit, debit, eur, euro, usd, gbp, chf"
LEVELS = frozenset({Meaning.SHARE, Meaning.PRICE, Meaning.STATE, Meaning.STOCK, Meaning.BALANCE, Meaning.COUNTER})
# What adds up over time; a weight may be of what was sold, or of one person.
FLOWS = frozenset(
    {Meaning.TOTAL, Meaning.AMOUNT, Meaning.COST, Meaning.QUANTITY, Meaning.USE, Meaning.COUNT, Meaning.PART}
)
# Words for amounts that may be for levels, too: the value of a house.
_ANY_VALUE = "value, valeur, valor, valore, wert, waarde, wartosc, varde, net, netto, neto, reading, readings"
# Columns of whole numbers that tell people, places and things apart in a list of events.
_NUMBERED_THING = re.compile(
    r"(?:id|code|kod|cod|codigo|codice) .*|(?:n|no|nr|num|number|numero|nummer|numer|cislo) (?:de |du |del |di |do )?"
    "(?:customer|client|patient|member|card|guest|student|pupil|employee|order|invoice|account|kunde|mitglied|karte|"
    "carte|adherent|cliente|paciente|socio|tarjeta|alumno|paziente|tessera|cartao|klant|lid|kaart|klient|pacjent|karta|"
    "karty|klienta|pacjenta|kund|medlem|kort|clenstvi|clena|zakaznika)|jasennumero|asiakasnumero|tagsagi szam"
)
_CODE_NAMES = """
    cep, cap, postleitzahl, zipcode, zip code, postal code, post code, code postal, kod pocztowy, phone, telephone, tel,
    telefon, telefono, telefone, telefoon, celular, cellulare, fax, whatsapp, room, -zimmer, chambre, habitacion,
    stanza, quarto, kamer, pokoj, locker, customer, client, patient, kunde, cliente, paciente, paziente, klant, klient,
    pacjent, kund, birth year, birthyear, year of birth, yob, geburtsjahr, jahrgang, annee de naissance, ano de
    nacimiento, anno di nascita, ano de nascimento, geboortejaar, rok urodzenia, fodelsear
"""
_ONLY_NUMBER = frozenset(["number", "nummer", "numero", "numer", "num", "no", "nr", "n"])  # of things, or how many
# How long each thing took, waited or was thought to take: a list of tickets has these, and the tickets are counted.
_TIMES_OF_EACH = """
    visit duration, session duration, time on page, time on site, sitzungsdauer, besuchsdauer, business duration,
    response time, first response, first reply, reply time, resolution time, time to resolution, time to resolve, time
    to close, time to respond, handling time, handle time, aht, waiting time, wait time, wait mins, wait minutes, wait
    min, lead time, cycle time, turnaround, queue time, hold time, -reaktionszeit, -antwortzeit, -bearbeitungszeit,
    -wartezeit, -losungszeit, -durchlaufzeit, temps de reponse, delai de reponse, temps de traitement, temps d
    attente, temps de resolution, tiempo de respuesta, tiempo de espera, tiempo de resolucion, tempo di risposta,
    tempo di attesa, tempo di risoluzione, tempo de resposta, tempo de espera, reactietijd, wachttijd, doorlooptijd,
    oplostijd, czas reakcji, czas oczekiwania, czas odpowiedzi, svarstid, vantetid, handlaggningstid,
    original estimate, remaining estimate, time estimate, estimated time, time remaining, remaining time, ursprungliche
    schatzung, verbleibende schatzung, estimation originale, estimation restante, estimacion original, estimacion
    restante, stima originale, stima rimanente, estimativa original, estimativa restante
"""
_TOTAL_TIME = "total, sum, gesamt, summe, somme, suma, totale, totaal, razem, summa"
# What is used, or driven, if the name says no more: "fuel cost" is an amount.
_USED_OR_DRIVEN = """
    fuel, gas, gasoline, diesel, petrol, -kraftstoff, benzin, carburant, essence, combustible, gasolina, carburante,
    benzina, combustivel, brandstof, benzine, paliwo, paliwa, bransle, bensin, trip, trip distance, km, kms, kilometer,
    kilometers, kilometre, kilometres, kilometros, kilometri, kilometry, quilometros, chilometri, miles, -strecke,
    distancia, distanza, distance, afstand, dystans, stracka
"""
MONEY = frozenset({Meaning.TOTAL, Meaning.AMOUNT, Meaning.COST, Meaning.PART, Meaning.PRICE})
# When something ends or is due.
_DUE = """
    expiry, expires, expiration, expiry date, exp, best before, best by, use by, sell by, bbd, bbe, due, deadline, valid
    until, valid till, valid to, maturity, matures, renewal, renews, -mhd, -haltbarkeit, mindesthaltbarkeitsdatum,
    haltbar bis, verfall, -verfallsdatum, -ablaufdatum, ablauf, fallig, fallig am, -falligkeit, -falligkeitsdatum,
    gultig bis, zahlungsziel, echeance, date d echeance, peremption, dlc, ddm, dluo, date limite, valable jusqu,
    vencimiento, vence, caducidad, caduca, fecha limite, valido hasta, scadenza, scade, da consumarsi, valido fino,
    vencimento, validade, valido ate, vervaldatum, vervalt, tht, houdbaar, houdbaarheidsdatum, uiterste, geldig tot,
    termin płatnosci, termin platnosci, data waznosci, wazne do, przydatnosci, -forfallodag, forfallodatum, bast fore,
    sista forbrukningsdag, giltig till
"""
_BORN = """
    born, birth, birth date, birthdate, birthday, date of birth, dob, -geburtsdatum, geburtsjahr, geboren, geboren am,
    geburtstag, date de naissance, naissance, ne le, nee le, fecha de nacimiento, nacimiento, nacido, nacida, data di
    nascita, nascita, nato, nata, data de nascimento, nascimento, geboortedatum, geboren op, data urodzenia, urodzony,
    urodzona, -fodelsedatum, fodd
"""
# What a person has at one time, in a list of people.
_AGES = "age, alter, edad, eta, idade, leeftijd, wiek, alder"
_OF_PERSONS = f"""
    {_AGES}, salary, salaries, wage, wages, pay, pay rate, base pay, -gehalt, -lohn, salaire, remuneration, salario,
    sueldo, stipendio, retribuzione, ordenado, -salaris, -loon, pensja, wynagrodzenie, płaca, -lon
"""
_KINDS_OF_PAY = """
    annual yearly monthly gross net base basic current brutto netto annuel mensuel brut anual mensual bruto annuo
    mensile lordo mensal maandelijks
"""
# What each row of a price list is about.
_ITEMS = """
    article, articles, item, items, product, products, part, -artikel, -produkt, -ware, teil, produit, reference,
    articulo, producto, articolo, prodotto, artigo, produto, towar, produkt, vara, -artikelnummer, model, modell,
    modele, modelo
"""
_CURRENCIES = "eur|usd|gbp|chf|jpy|sek|nok|dkk|pln|czk|huf|brl|inr|aud|cad|cny|mxn|zar|try|btc|eth"
_EXCHANGE_RATE = re.compile(rf"(?:{_CURRENCIES}) ?(?:{_CURRENCIES})")
_EVENT_NUMBER = re.compile(
    r"(?:(?:id|cislo|c|n|no|nr|num|numero|numer|number|codigo|codice) (?:de |du |del |di |do |da |della |of )?)?"
    r"(?:receipt|document|documento|dokument|doklad|invoice|order|ticket|booking|reservation|transaction|sale|voucher|"
    r"claim|visit|trip|appointment|lesson|session|meeting|consultation|beleg|rechnungs?|bon|auftrags?|bestell|"
    r"buchungs?|vorgangs?|termin|sitzungs?|besuchs?|"
    r"factura|pedido|recibo|reserva|cita|sesion|clase|consulta|commande|facture|rendez vous|rdv|seance|"
    r"ordine|fattura|scontrino|appuntamento|prenotazione|seduta|lezione|visita|encomenda|fatura|agendamento|sessao|"
    r"bestelling|factuur|afspraak|boeking|zamowienie|faktura|paragon|wizyta|wizyty|rezerwacja|rezerwacji|kvitto|bokning|"
    r"besok)\w*"
    r"(?: (?:id|n|no|nr|number|num|numero|nummer|numer|ref|reference|code))?"
)
_END = (
    "end, ends, end time, finish, finished, ende, bis, endzeit, fin, heure fin, fine, ora fine, fim, eind, einde, "
    "eindtijd, tot, koniec, slut, sluttid"
)
_ASIDE = re.compile(r"(?<!\d)\d++\s?%|%\s?\d++|[(\[{][^()\[\]{}]*+[)\]}]?")
_CAMEL_CASE = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z])")
_WORD = re.compile(r"[^\W\d_]+|%")


@cache
def _pattern(words: str) -> re.Pattern[str]:
    """Finds any of the words or phrases in words set apart by blanks."""
    phrases = [
        re.escape(" ".join(phrase.split())).replace(r"\ ", " ") for phrase in plain(words).split(",") if phrase.strip()
    ]
    ways = [rf"\w*{phrase[2:]}" if phrase.startswith(r"\-") else phrase for phrase in phrases]
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(ways, key=len, reverse=True))})(?!\w)")


@cache
def words_of(name: str) -> str:
    """The words of a name in lower case, without what is in brackets and rates such as 19%: "unitPrice" is two."""
    bare = _ASIDE.sub(" ", name).strip() or name
    return " ".join(word[0] for word in _WORD.finditer(plain(_CAMEL_CASE.sub(" ", bare))))


@cache
def meaning_of(name: str) -> Meaning | None:
    """What a column of this name holds; None when the name does not say it."""
    if is_identifier_name(name) and not is_index_name(name):
        return Meaning.IDENTIFIER
    if name.startswith("Ø ") or words_of(name) in _FREE:
        return Meaning.SHARE if name.startswith("Ø ") else Meaning.STOCK
    if _CALENDAR.fullmatch(plain(name)) and name != "AR":  # Argentina; the Swedish year has a ring
        return Meaning.CALENDAR
    if is_time_of_each(name):
        return Meaning.STATE
    return Meaning.PRICE if _SHORT_PRICE.fullmatch(plain(name)) else _meaning_of_words(words_of(name))


@cache
def _meaning_of_words(words: str) -> Meaning | None:
    """What the words of a name say: those of "Product 1" to "Product 20000" are the same."""
    if _EXCHANGE_RATE.fullmatch(words):
        return Meaning.PRICE
    for meaning, listed in MEANING_WORDS.items():
        if _pattern(listed).search(words):
            return Meaning.TOTAL if meaning is Meaning.AMOUNT and _pattern(_TOTALS).search(words) else meaning
    return Meaning.TOTAL if _pattern(_TOTALS).search(words) else None


def level_word(name: str) -> str:
    """The word that says that a column of this name is a level: "temp" for "Outdoor temp"; empty where none does.

    The whole name where the word alone does not say of what: "Average basket".
    """
    words, meaning = words_of(name), meaning_of(name)
    if meaning not in LEVELS:
        return ""
    found = _pattern(MEANING_WORDS[meaning]).search(words)
    return name if found is None or meaning is Meaning.SHARE else found[0]


def measures(name: str) -> bool:
    """Whether the name is one for something that is measured or counted."""
    return meaning_of(name) not in (None, Meaning.IDENTIFIER, Meaning.CALENDAR)


@cache
def is_identifier_name(name: str) -> bool:
    """Whether a column of that name identifies things instead of measuring them."""
    return any(_IDENTIFIER.fullmatch(form) for form in {plain(name), plain(_CAMEL_CASE.sub(" ", name))})


def is_code_name(name: str) -> bool:
    """Whether whole numbers in a column of that name tell people, places or things apart, in a list of events."""
    words = words_of(name)
    if words in _ONLY_NUMBER or is_money_name(name):
        return False
    numbered = _NUMBERED_THING.fullmatch(words) or _pattern(_CODE_NAMES).fullmatch(words)
    return numbered is not None or is_identifier_name(name)


def is_flow_name(name: str) -> bool:
    """Whether the name says that the numbers add up over time; "value" alone may be one of a level."""
    meaning, words = meaning_of(name), words_of(name).removesuffix("order value")
    if _pattern(_USED_OR_DRIVEN).fullmatch(words):
        return True
    return meaning in FLOWS and not (meaning is Meaning.AMOUNT and _pattern(_ANY_VALUE).search(words))


def is_any_value(name: str) -> bool:
    """Whether a name is one for a value of any kind, such as "Value" or "Wert"."""
    return _pattern(_ANY_VALUE).search(words_of(name)) is not None


def is_index_name(name: str) -> bool:
    """Whether a column of that name may number the rows, or hold a level such as that of prices."""
    return words_of(name) in _INDEX


def may_number_things(name: str) -> bool:
    """Whether a column of that name holds the numbers of things (meter number), or how many there are."""
    return words_of(name).endswith(" number")


def is_due_name(name: str) -> bool:
    """Whether a column of dates of that name says when something ends or is due, not when it happened."""
    return _pattern(_DUE).search(words_of(name)) is not None


def is_end_name(name: str) -> bool:
    """Whether a column of times of that name says when something that lasted a while was over."""
    return has_word(name, _END)


def is_event_number_name(name: str) -> bool:
    """Whether a column of that name numbers events, such as sales and appointments: "Receipt no.", "ID cita"."""
    return _EVENT_NUMBER.fullmatch(words_of(name)) is not None


def is_birth_name(name: str) -> bool:
    """Whether a column of dates of that name says when people were born."""
    return _pattern(_BORN).search(words_of(name)) is not None


def is_personal_name(name: str) -> bool:
    """Whether a column of that name holds what a person has at one time: an age, a salary."""
    words = " ".join(word for word in words_of(name).split() if word not in _KINDS_OF_PAY.split())
    return _pattern(_OF_PERSONS).fullmatch(words) is not None


def is_age_name(name: str) -> bool:
    """Whether a column of that name says how old someone was, which a list of visits has next to each."""
    return has_word(name, _AGES)


def is_time_of_each(name: str) -> bool:
    """Whether a column of that name says how long each thing took or waited: "First response (min)", "Wartezeit"."""
    of_each = words_of(name) == "wait" or has_word(name, _TIMES_OF_EACH)
    return of_each and not has_word(name, _TOTAL_TIME)


def is_item_name(name: str) -> bool:
    """Whether a column of that name says what is sold."""
    return _pattern(_ITEMS).fullmatch(words_of(name)) is not None


def is_numbered_name(name: str) -> bool:
    """Whether a name may be one for the number of a paper or a thing: "N. scontrino", "Z report", "No. of visitors"."""
    return _NUMBERED.match(plain(name)) is not None


def is_traded_name(name: str) -> bool:
    """Whether a column of that name holds what is bought and sold: amounts of money, or quantities."""
    return is_money_name(name) or meaning_of(name) is Meaning.QUANTITY


@cache
def is_money_name(name: str) -> bool:
    """Whether a column of that name holds amounts of money."""
    return meaning_of(name) in MONEY or _pattern(_MONEY).search(words_of(name)) is not None


def has_word(name: str, words: str) -> bool:
    """Whether the name has one of these words or phrases, which are written as in this module."""
    return _pattern(words).search(words_of(name)) is not None
