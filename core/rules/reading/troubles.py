"""What tells of trouble with a batch, a machine or a record, and what speaks against it, in both languages."""

from __future__ import annotations

ENGLISH: dict[str, str] = {
    "event": """
        oos, oot, ooe, out of specification, out of spec, out of trend, out of limits, out of limit, out of range,
        deviation, excursion, temperature excursion, alarm, leak, leaking, leaks, leakage, spill, spilled, spillage,
        contamination, contaminated, cross-contamination, foreign particle, foreign particles, foreign matter,
        foreign body, mix-up, mixup, seal broken, broken seal, seal is broken, wrong label, wrong labels,
        wrong roll, without a reason, without signature, not signed, unsigned, page missing, missing page,
        pages missing, missing signature, missing entry, above limit, below limit, above the limit, below the limit,
        over the limit, over limit, out of tolerance, out of calibration, power failure, power outage, breakdown,
        broke down, went down, is down, are down, mould, mold, discoloured, discolored, discolouration,
        metal particles, metal piece, glass breakage, temperature spike, temperature alarm, failed its, failed the,
        fails the, fails its, ran over, rejected three, growth on, near miss, data integrity, action limit,
        alert limit, microbial growth, capping, lamination, punch breakage, black specks, black spots, swapped,
        breach, glove breach, level exceeded, limit exceeded, was not done, were not done, not followed,
        was not followed, not performed, was skipped, were skipped, skipped step, customer complaint, complaint,
        metal screw, wrong material, wrong lot, wrong raw material, wrong batch, wrong drum, not signed off,
        released by mistake, by mistake, fell off, fell over, hit the, crystallised, crystallized, sedimentation,
        precipitate, precipitation, pest, unauthorised, unauthorized""",
    "fault": """
        broken, broke, failed, failing, fails, failure, exceeded, exceeds, exceeding, wrong, torn, cracked, crack,
        tripped, sticking, jammed, jam, burst, ruptured, mixed up, mislabelled, mislabeled, unlabelled, unlabeled,
        deviates, deviating, drifting, drifted, jumped, all over the place, overheated, overheating, aborted,
        lost power, clogged, smoke, burnt, unexplained, unknown peak, unstable, damaged, shattered, contaminates,
        misread, interrupted, unexpected, dented, punctured, leaked, wrongly, incorrect, corroded, rusty, stained,
        melted, spiked, spikes, malfunction, malfunctioning, crashed, bent, chipped, scratched, deformed, collapsed,
        stinks, smells burnt""",
    "change": """
        stopped, rejected, dropped, wet, segregated, stuck, shut down, crashed, blocked, expired, reads, shows,
        showing, rose, fell, went up, stands at, sits at, too high, too low, too long, too short, not working,
        not closing, out, frozen, thawed, opened, reintegration, found, discovered, detected, spotted, noticed,
        quarantined, on hold, contains, visible, half empty, empty, reject rate, rejects, screw, hair, fibre, fiber,
        insect, glass, metal, particle, rust, residue, residues, breach, blown, dripping, dropping, rising,
        climbing, falling""",
    "gap": "missing, lacks, lacking, without, absent, not there, illegible, overwritten, backdated",
    "must be there": """
        signature, signatures, page, pages, entry, entries, seal, seals, label, labels, initials, second check,
        second signature, countersignature, attachment, printout, print-out, weighing slip, cleaning tag""",
    "store": """
        fridge, cold store, cold room, freezer, incubator, stability chamber, chamber, cold storage, refrigerator,
        cooler, reefer""",
    "just now": """
        just, just now, right now, now, this morning, this afternoon, tonight, overnight, minutes ago, min ago,
        an hour ago, at the moment, currently, hour ago, since, last night, today, an hour, still, again, so far,
        attention, warning, heads up, urgent""",
    "limit": """
        limit is, limit, limits are, spec is, spec, against, acceptance, allowed, max allowed, should be,
        specification""",
    "measure": "°, cfu, ppm, pa, bar, %, rpm, °c, criterion, target, min, minutes",
    "thing": """
        batch, batches, lot, drum, drums, line, room, fridge, cold store, cold room, freezer, truck, dryer, blender,
        press, coater, granulator, mill, sample, samples, tablets, tablet, bottle, bottles, label, labels, seal,
        filter, column, hplc, scale, balance, sensor, valve, gasket, pump, hood, isolator, booth, product, powder,
        bmr, batch record, logbook, log book, audit trail, excipient, api, warehouse, container, bin, pallet,
        pallets, autoclave, chamber, incubator, dissolution, assay, impurity, impurities, peak, water, wfi, hvac,
        pressure, temperature, humidity, particle, particles, capsules, vials, stopper, stoppers, blister, blisters,
        ampoules, reactor, compressor, chiller, conveyor, detector, logger, recorder, punch, punches, screen, sieve,
        gloves, gowning, reagent, standard, media, bioburden, endotoxin, sequence, page, entry, signature, weight,
        hardness, yield, thickness, carton, cartons, shipment, machine, equipment, probe, controller, cleanroom,
        tank, vessel, centrifuge, homogeniser, homogenizer, bag, bags, liner""",
    "old": """
        last year, last month, last week, last quarter, back in, in 2019, in 2020, in 2021, in 2022, in 2023,
        in 2024, in 2025, years ago, months ago, weeks ago, was closed, were closed, has been closed, closed with,
        used to, historically, in the past, previously, earlier this year, at the time, back then, long ago,
        resolved, solved, fixed, fixed now, back to normal, back up, running again, is back, was caused, turned out,
        false alarm, root cause""",
    "paper": """
        sop, log, report, list, register, glossary, defined, definition, procedure, form, template, training,
        policy, annex, guideline, course, trend, overview, slide, deck, section, chapter, agreement, investigation,
        rate, rates, kpi, statistics, handling, management, how to, classification, category, limits, table, test,
        drill, plan, scheduled, maintenance, planned, calibration due, workflow, charts, chart, number of""",
    "own things": """
        my, laptop, zoom, slack, wifi, wi-fi, internet, connection, audio, video, mic, headset, vpn, outlook, teams,
        camera, phone, keyboard, browser, sharepoint, link, calendar, excel, powerpoint, e-mail, email, mail, pc,
        computer, password, app""",
}

GERMAN: dict[str, str] = {
    "event": """
        abweichung, grenzwertüberschreitung, überschreitung, unterschreitung, temperaturüberschreitung, alarm, leck,
        leckage, undicht, kontamination, kontaminiert, verunreinigung, verunreinigt, fremdpartikel, fremdkörper,
        verwechslung, verwechselt, vertauscht, siegel gebrochen, falsches etikett, falsche etiketten, falsche rolle,
        ohne unterschrift, nicht unterschrieben, fehlende unterschrift, fehlende seite, seite fehlt,
        nicht bestanden, außerhalb, ausserhalb, stromausfall, ausgefallen, ausfall, schimmel, verfärbt, verfärbung,
        glasbruch, metallspäne, oos, oot, ohne line clearance, ohne freigabe, fehlcharge, verschüttet, ausgelaufen,
        störung, defekt, stillstand, aktionsgrenze, keimwachstum, keimzahl, nicht durchgeführt,
        nicht gemacht worden, vergessen worden, übersprungen, nicht eingehalten, reklamation, kundenreklamation,
        falsche charge, falsches material, falscher rohstoff, versehentlich, umgefallen, runtergefallen""",
    "fault": """
        gebrochen, gerissen, überschritten, unterschritten, falsch, falsche, falscher, falsches, kaputt, beschädigt,
        verklemmt, klemmt, abgebrochen, nass, feucht, leckt, tropft, raucht, ungeplant, unerwartet,
        unbekannter peak, deckelt, deckeln, klebt, kleben, verstopft, überhitzt, eingefroren, aufgetaut,
        unterbrochen, durchgefallen, reißt, bricht, geplatzt, verbogen, verrostet, rostig, verbrannt, abgestürzt,
        ausgelöst""",
    "change": """
        gestoppt, angehalten, gefallen, abgefallen, gestiegen, gesperrt, zu hoch, zu niedrig, zu lange, zu kurz,
        entdeckt, gefunden, festgestellt, bemerkt, offen, zeigt, abgelaufen, steht seit, steht bei, steht still,
        stehen still, linie steht, haar, faser, insekt, glas, metall, partikel, rost, rückstand, rückstände,
        schraube, ausschuss, steigt, fällt, sinkt""",
    "gap": "fehlt, fehlen, fehlte, fehlend",
    "must be there": """
        unterschrift, unterschriften, seite, seiten, eintrag, einträge, siegel, etikett, etiketten, datum, kürzel,
        initialen, plombe""",
    "store": """
        kühlraum, kühlkammer, kühlschrank, kühllager, gefrierschrank, tiefkühler, inkubator, klimakammer,
        stabilitätskammer, kühlzelle""",
    "just now": """
        gerade, eben, gerade eben, soeben, jetzt, heute, heute früh, heute morgen, seit, aktuell, momentan,
        heute nacht, vorhin, wieder, noch, sofort, im moment, über nacht, nachts, achtung, warnung, dringend""",
    "limit": "grenzwert, limit, grenze, spez, spezifikation, soll, erlaubt, statt, zulässig",
    "measure": "°, kbe, ppm, pa, bar, %, min, minuten, grad",
    "thing": """
        charge, chargen, los, fass, fässer, linie, raum, kühlkammer, kühlschrank, kühlraum, lager, lkw, trockner,
        mischer, presse, coater, probe, proben, tablette, tabletten, flasche, flaschen, etikett, etiketten, siegel,
        filter, säule, hplc, waage, sensor, ventil, dichtung, pumpe, produkt, ware, pulver, batch record,
        herstellprotokoll, seite, unterschrift, logbuch, container, palette, paletten, sieb, auflösung, gehalt,
        verunreinigung, wasser, druck, temperatur, feuchte, kapseln, vials, blister, reaktor, kompressor,
        kälteanlage, lüftung, anlage, maschine, drucker, detektor, logger, stempel, handschuhe, sterilisator,
        autoklav, inkubator, schritt, eintrag, gewicht, härte, ausbeute, verpackung, lieferung, wirkstoff,
        hilfsstoff, schleuse, reinraum, tank, sack, säcke, rolle""",
    "old": """
        letztes jahr, letzten monat, letzte woche, damals, im letzten jahr, geschlossen, abgeschlossen, behoben,
        gelöst, war, waren, früher, seinerzeit, vor jahren, vor monaten, wieder ok, läuft wieder, wieder in ordnung,
        fehlalarm, ursache""",
    "paper": """
        sop, liste, bericht, register, formular, verfahren, schulung, richtlinie, definition, definiert, definieren,
        übersicht, protokoll, vertrag, wartung, geplant, übung, kapitel, abschnitt, statistik, quote, bearbeitung,
        plan, termin, deviation report, abweichungsliste, abweichungsbericht, thema, urlaub, feiertag, inventur""",
    "own things": "mein, meine, mikro, kamera, rechner, verbindung, handy, telefon, kalender, passwort",
}
