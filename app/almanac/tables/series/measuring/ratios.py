"""Names of ratios, which are levels: "Actions per visit", "Pages / Session", "l/100km"; not "Sales per day"."""

from __future__ import annotations

import re
from functools import lru_cache

from almanac.tables.values.dates.calendar_names import plain

# What a ratio is counted by, in nine languages, as one of it; times are left out, as what is sold in a day adds up.
_BY_WORDS = """
    person head capita customer client guest visitor visit session user order transaction receipt sale ticket basket
    employee worker staff fte store shop outlet branch room bed table seat cover unit item piece page click view
    impression mile km kilometer kilometre liter litre gallon kg tonne ton ha hectare acre m2 m² sqm sqft household
    inhabitant resident patient student pupil child member game match trip ride vehicle car driver call agent lead hen
    cow animal tree plant subscriber account people population women men adults woman man adult birth death
    kopf kunde kundin gast besucher besuch sitzung nutzer bestellung auftrag bon beleg einkauf mitarbeiter filiale
    laden zimmer bett tisch platz stuck einheit seite klick haushalt einwohner schuler kind mitglied spiel fahrt
    fahrzeug anruf huhn kuh tier baum
    personne tete visite visiteur session utilisateur commande achat panier salarie employe magasin chambre lit unite
    piece page clic foyer menage habitant eleve enfant adherent trajet voyage vehicule appel poule vache
    persona cabeza cliente visita visitante sesion usuario pedido compra empleado tienda habitacion cama unidad pagina
    hogar habitante alumno nino socio viaje vehiculo llamada gallina vaca
    testa visitatore sessione utente ordine scontrino acquisto dipendente negozio camera letto unita pagina famiglia
    abitante alunno bambino viaggio veicolo chiamata gallina mucca
    pessoa cabeca sessao utilizador usuario encomenda compra funcionario loja quarto unidade aluno crianca viagem
    veiculo chamada galinha
    persoon hoofd klant bezoeker bezoek sessie gebruiker bestelling bon medewerker werknemer winkel kamer bed stuk
    eenheid pagina klik huishouden inwoner leerling kind lid rit voertuig gesprek kip koe
    osobe osoba klienta wizyte sesje uzytkownika zamowienie paragon pracownika sklep pokoj łozko sztuke strone
    gospodarstwo mieszkanca ucznia dziecko przejazd pojazd
    kund gast besokare besok anvandare order kvitto anstalld butik rum sang styck enhet sida klick hushall invanare
    elev barn medlem resa fordon samtal hona ko
"""
# Those that follow a stroke as well, where others are a second thing: "Adult/child", "Room/bed".
_STROKE_WORDS = """
    person capita customer visitor visit session user order transaction click household km mile litre liter kg hectare
    kopf kunde besucher besuch sitzung nutzer bestellung haushalt personne visite visiteur session commande persona
    cliente visita visitante sesion sessione utente pessoa sessao persoon klant bezoek sessie osobe wizyte kund besok
"""


def _any_of(words: str) -> str:
    return "|".join(sorted(map(re.escape, set(plain(words).split())), key=len, reverse=True))


_BY = _any_of(_BY_WORDS)
_DISTANCE = r"(?:10 ?)?0+ ?(?:km|kms|kilomet\w*|mil\w*|mi|m)|mil"
_PER = re.compile(
    rf"[^\W\d_]\S*(?: .*)?[ (](?:per|pro|par|por|je|na|auf) (?:(?:each )?(?:{_BY})|"
    rf"(?:(?:10{{0,2}})?[ .,]?0+ )?(?:live )?(?:{_BY})s?|1?{_DISTANCE})(?!\w)"
)
_STROKE = re.compile(rf"[^\W\d_].*/ ?(?:{_any_of(_STROKE_WORDS)}|1?{_DISTANCE})(?!\w)")
# In brackets: "(annual %)", "(% of GDP)"; not "(50% off)".
_PERCENT = re.compile(r"[^\W\d_].*\((?:[^()\d%]* )?%[^()]*\)")
_LONGEST = 200  # characters of a name that are looked at


@lru_cache(maxsize=1 << 12)
def is_ratio_name(name: str) -> bool:
    """Whether the name says how much there is for one of something other than a time, or in a hundred."""
    text = plain(name[:_LONGEST]).replace("_", " ")
    if "%" in text and _PERCENT.match(text) is not None:
        return True
    return _PER.match(text) is not None or _STROKE.match(text) is not None
