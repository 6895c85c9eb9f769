"""What a column may hold, and the words that say so, in nine languages.

English, German, French, Spanish, Italian, Portuguese, Dutch, Polish and Swedish, in this order, in lower case without
accents. A word that begins with "-" also ends longer ones: "-betrag" is in "Rechnungsbetrag". Phrases are set apart by
commas.
"""

from __future__ import annotations

from enum import Enum


class Meaning(Enum):
    """What a column holds, by its name."""

    IDENTIFIER = "identifier"
    CALENDAR = "part of the date"
    TOTAL = "total"
    AMOUNT = "amount"
    COST = "cost"
    QUANTITY = "quantity"
    USE = "use or yield"
    WEIGHT = "weight"
    COUNT = "count"
    PART = "part of an amount"
    PRICE = "price"
    SHARE = "share"
    STATE = "state"
    STOCK = "stock"
    BALANCE = "balance"
    COUNTER = "running total"


# In the order in which they are tried: the first meaning with a word in the name is the one.
MEANING_WORDS: dict[Meaning, str] = {
    Meaning.TOTAL: """
        total price, price total, line price, extended price, total cost, total costs, total value, line total, order
        total, gesamtpreis, gesamtkosten, gesamtwert, prix total, cout total, precio total, coste total, costo total,
        prezzo totale, costo totale, preco total, custo total, totaalprijs, totale prijs, totale kosten, cena laczna,
        cena łaczna, laczna cena, koszt łaczny, totalpris, totalkostnad
    """,
    Meaning.COUNTER: """
        meter, counter, mtd, odometer, mileage, cumulative, cumul, running
        total, total yield, lifetime, total increasing, to date, ytd, mtd, wtd, cum, accumulated, operating hours,
        -zahlerstand, -zaehlerstand, -zahler, -zaehler, kumuliert, kumulativ, -kilometerstand, -betriebsstunden,
        laufende summe, gesamtertrag, compteur, releve, index compteur, index jour, index nuit, index hp, index hc,
        kilometrage, cumule, cumulee, contador, lectura, acumulado, acumulada, cuentakilometros, kilometraje, contatore,
        lettura, letture, cumulato, cumulata, progressivo, chilometraggio, leitura, hodometro, quilometragem,
        meterstand, meterstanden, teller, tellerstand, cumulatief, kilometerstand, stan licznika, licznik, odczyt,
        narastajaco, reading, readings,
        km stand, stav meridla, stav elektromeru, stav plynomeru, stav vodomeru, lukema, mittarilukema, malerstand,
        maleraflesning, oraallas, sayac, przebieg, matarstallning, matarstand, ackumulerad, ackumulerat
    """,
    Meaning.SHARE: """
        %, roas, durchschnittsbon, scontrino medio, 平均, 평균, среднии, средняя, среднее, sredni, srednie, ortalama,
        percent, percentage, pct, pcnt, share, ratio, rate of, proportion, average, avg, mean, median, prozent,
        -anteil, -quote, durchschnitt, durchschnittliche, durchschnittlicher, durchschnittliches, durchschn, mittlere,
        mittlerer, -mittelwert, pourcentage, taux, moyen, moyenne, porcentaje, tasa, promedio, estancia media, gasto
        medio, ticket medio, importe medio, permanenza media, gemiddeld, genomsnittlig, genomsnittligt, przecietna,
        ctr, bounce rate, percentuale, tasso, quota, porcentagem, percentual, taxa de, proporcao, aandeel, gemiddelde,
        procent, udział, udzial, srednia, andel, genomsnitt, medel, -medelvarde
    """,
    Meaning.PRICE: """
        price, -単価, -单价, -단가, unit cost, cost per, adr, rev par, arpu, cpc, cpm, cpa, aov, mrp, msrp, rrp, rate,
        tariff, quote, -preis, -tarif, -stundensatz, -kurs, wechselkurs, prix, pu, cours, precio, pvp, tarifa,
        cotizacion, prezzo, tariffa, cambio, preco, cotacao, -prijs, -koers, -tarief, cena, stawka, kurs, -pris,
        a-pris, taxa
    """,
    Meaning.BALANCE: """
        balance, bal, running balance, closing balance, saldo, -saldo, -kontostand, -guthaben, solde, saldo final,
        bilancio, bakiye, zustatek, egyenleg, sold final, sold contabil, disponibelt, stanje
    """,
    Meaning.STOCK: """
        stock, receivables, payables, forderungen, verbindlichkeiten, creances, outstanding, schulden, остаток,
        остатки, stocks, inventory, on hand, in stock, backlog, free spaces, spaces free, available spaces, freie
        platze, freie parkplatze, places libres, plazas libres, posti liberi, vrije plaatsen, -bestand, -bestande,
        -vorrat, inventaire, inventario, existencias, giacenza, giacenze, scorte, estoque, -voorraad, zapas, zapasy,
        stan magazynowy, lagersaldo
    """,
    Meaning.PART: """
        tax, taxes, vat, gst, kdv, otv, dph, moms, mva, duty, fee, fees, commission, shipping, postage, freight,
        delivery charge, tip, tips, gratuity, discount, discounts, rebate, refund, refunds, refunded, surcharge, toll,
        tolls, extra, -steuer, mwst, ust, -gebuhr, -gebuhren, -provision, -versand, -versandkosten, -fracht, trinkgeld,
        -rabatt, skonto, nachlass, -erstattung, taxe, tva, frais, port, frais de port, livraison, pourboire, remise,
        rabais, remboursement, impuesto, impuestos, iva, comision, envio, propina, descuento, reembolso, imposta,
        sconto, spedizione, mancia, commissione, rimborso, imposto, impostos, icms, desconto, frete, gorjeta,
        -belasting, btw, -korting, verzendkosten, fooi, commissie, podatek, rabat, znizka, wysyłka, dostawa, prowizja,
        napiwek, -skatt, frakt, -avgift, dricks
    """,
    Meaning.STATE: """
        temperature, pulse, puls, pouls, pulso, polso, syke, ruhepuls, herzfrequenz, frequence cardiaque, frecuencia
        cardiaca, frequenza cardiaca, hjartfrekvens, heart rate, blood sugar, glucose, blutzucker, hrv, sp o, spo, vo
        max, aqi, lux, -leitfahigkeit, conductivity, body fat, p h, p h wert, ph wert, p h value, battery
        level, ladestand, akkustand, nps, net promoter score, csat, dso, dpo, dio, zinssatz, euribor, vpi, temp, tmin,
        tmax, tavg, humidity, pressure, speed, wind speed, level, index, cpi, ppi, hicp, score, rating, age, bmi, tt
        tu, rf tu, tmk, txk, tnk, upm, height, depth, ph, voltage, power, frequency, brightness, occupancy,
        utilization, utilisation, concentration, density, -temperatur, -temperaturen, -feuchte, -feuchtigkeit, -druck,
        -geschwindigkeit, -pegel, pegelstand, wasserstand, waterstand, fullstand, alter, hohe, tiefe, -spannung,
        -leistung, auslastung, konzentration, humidite, pression, vitesse, niveau, indice, hauteur, profondeur,
        tension, puissance, temperatura, humedad, presion, velocidad, nivel, altura, profundidad, potencia, umidita,
        pressione, velocita, livello, altezza, tensione, potenza, umidade, pressao, velocidade, tensao, -temperatuur,
        -vochtigheid, luchtdruck, -druk, -snelheid, -spanning, vermogen, wilgotnosc, cisnienie, predkosc, poziom,
        wysokosc, napiecie, moc, -luftfuktighet, fuktighet, lufttryck, -tryck, -hastighet, niva, vattenstand, effekt,
        edad, eta, idade, leeftijd, wiek, alder, priority, prioritat, priorite, prioridad, priorita, prioridade,
        prioriteit, priorytet, prioritet, severity, urgency, satisfaction, stars, -bewertung, valoracion, valutazione,
        avaliacao, beoordeling, ocena, betyg, mpg, kmpl, km l, vandstand, vannstand, lampotila, -lampotila, ilmanpaine,
        ilmankosteus, vedenkorkeus, teplota, tlak, vlhkost, hladina, vodni stav, homerseklet, legnyomas, paratartalom,
        vizallas, sicaklik, basinc, su seviyesi, nem, dew point, dew pt, dewpoint, dewpt, hum, barometer, barometric,
        solar rad, irradiance, taupunkt, point de rosee, punto de rocio, punto di rugiada, ponto de orvalho, dauwpunt,
        punkt rosy, daggpunkt, duggpunkt, kastepiste, rosny bod, harmatpont, -preisindex, -index, -indeks, -indeksi,
        endeks, endeksi, max occupied, maximum occupied, peak occupied, most occupied, max parked, max in use,
        peak in use, max concurrent, peak concurrent, spaces occupied, occupied spaces, max belegt, maximal belegt, max
        occupe, max occupes, max ocupadas, max ocupados, max ocupacion, max occupati, max bezet, max zajete, max
        belagda, life expectancy, lebenserwartung, esperance de vie, esperanza de vida, speranza di vita, aspettativa di
        vita, expectativa de vida, esperanca de vida, levensverwachting, medellivslangd,
        snow on ground, snow on grnd, snow on the ground, snow lying, snow depth, snowpack, -schneehohe,
        schneedecke, hauteur de neige, enneigement, epaisseur de neige, nieve en el suelo, espesor de nieve, altezza
        neve, neve al suolo, sneeuwdek, sneeuwhoogte, pokrywa sniezna, snodjup, snedybde, snodybde, lumensyvyys
    """,
    Meaning.QUANTITY: """
        quantity, qty, quant, units, pieces, pcs, items, volume, sold, litre, litres, liter, liters, litros, litri,
        litrow, litry, gallons, gal, -menge, -stuck, stk, -stuckzahl, -anzahl, -absatz, quantite, quantites, qte,
        unites, nombre, cantidad, cantidades, cant, unidades, uds, piezas, quantita, qta, pezzi, pz, quantidade, qtd,
        qtde, pecas, hoeveelheid, -aantal, stuks, ilosc, szt, sztuk, sztuki, liczba, -antal, kvantitet, -mangd, styck,
        adet, adedi, sayisi, miktar, miktari
    """,
    Meaning.USE: """
        usage, consumption, used, production, output, generation, energy, distance, duration, hours, minutes, rain,
        rainfall, precipitation, -verbrauch, -produktion, -erzeugung, -dauer, stunden, -niederschlag, consommation,
        duree, heures, precipitations, consumo, produccion, horas, lluvia, consumi, produzione, ore, pioggia, producao,
        chuva, -verbruik, -productie, uren, neerslag, zuzycie, produkcja, godziny, opady, -forbrukning, timmar,
        nederbord
    """,
    Meaning.WEIGHT: "weight, -gewicht, poids, peso, vikt, waga, vaha, paino",
    Meaning.COUNT: """
        count, number of, no of, orders, visits, visitors, customers, guests, passengers, calls, tickets, bookings,
        trips, rides, clicks, sessions, views, downloads, patients, covers, transactions, arrivals, admissions, cases,
        users, appointments, booked, reservations, consultations, attendees, participants, -besucher, -gaste, kunden,
        -bestellungen, -buchungen, -fahrten, -anrufe, -auftrage, -ankunfte, -ubernachtungen, -termine, -patienten,
        -reservierungen, teilnehmer, visiteurs, rendez vous, citas, pacientes, reservas, appuntamenti, pazienti,
        prenotazioni, consultas, afspraken, reserveringen, wizyty, rezerwacje, pacjenci, bokningar, clients, commandes,
        passagers, appels, entrees, nuitees, visitas, clientes, pedidos, pasajeros, llamadas, visitatori, clienti,
        ordini, passeggeri, arrivi, presenze, visitantes, passageiros, chamadas, bezoekers, klanten, bestellingen,
        passagiers, ritten, odwiedzajacy, klienci, zamowienia, pasazerowie, besokare, kunder, bestallningar,
        passagerare, besok, gaster
    """,
    Meaning.COST: """
        cost, costs, cogs, profit, margin, -kosten, -gewinn, marge, cout, couts, benefice, coste, costes, costo, costos,
        ganancia, beneficio, costi, utile, margine, custo, custos, lucro, margem, winst, koszt, koszty, zysk, -kostnad,
        -kostnader, vinst
    """,
    Meaning.AMOUNT: """
        amount, amounts, amt, revenue, sales, sale, turnover, takings, receipts, proceeds, income, earnings, spend,
        spent, spending, expense, expenses, payment, payments, paid, value, gross, net, subtotal, sub total, money,
        cash, deposit, withdrawal, collected, donation, donations, order value, -betrag, -betrage, -umsatz, -umsatze,
        -erlos, -erlose, -einnahmen, -ausgaben, -zahlung, wert, warenwert, bestellwert, -brutto, -netto, montant,
        montants, chiffre d affaires, ca, ca ht, ca ttc, recettes, recette, ventes, vente, depenses, depense, valeur,
        brut, importe, importes, monto, ventas, venta, ingresos, gastos, gasto, valor, facturacion, cobro, pago, bruto,
        neto, importo, importi, ammontare, fatturato, ricavi, incasso, incassi, vendite, spesa, spese, valore, lordo,
        montante, receita, receitas, faturamento, vendas, despesa, despesas, quantia, -bedrag, -bedragen, -omzet,
        opbrengst, verkopen, waarde, inkomsten, uitgaven, kwota, wartosc, sprzedaz, przychod, przychody, obrot, wydatki,
        płatnosc, platnosc, -belopp, -forsaljning, -omsattning, -intakt, -intakter, varde, ordervarde, -utgifter,
        -spende, -spenden, dons, donacion, donaciones, donativos, donazione, donazioni, doacao, doacoes, -donatie,
        donaties, darowizna, darowizny, tutar, tutari
    """,
}
