"""German cues: the words by which a line shows what it is, umlauts as written. `a/b` is either word."""

from __future__ import annotations

CUES: dict[str, str] = {
    "ask": """
        kannst/könntest/würdest/magst/möchtest du, könnt/könntet/würdet/mögt ihr, können/könnten/würden/möchten sie,
        kannst/könntest/würdest du mal, wärst/wärest du so nett/lieb und, wärt ihr so nett und, seid so gut und,
        sei so gut und, sei so nett und, kannste, schaffst du es, schafft ihr es, denk/denkt/denke daran,
        denk/denkt/denkt bitte an, denk bitte daran, denkt bitte daran, denken sie bitte an, vergiss/vergesst nicht,
        vergiss bitte nicht, vergesst bitte nicht""",
    "can": "kann, können, könnte, könnten, würde, würden, darf, mag",
    "please": "bitte, bitteschön",
    "will": "wird, werden, will, wollen",
    "i will": "ich werde, ich will, ich möchte",
    "we will": "wir werden, wir wollen",
    "must": """
        muss, müssen, soll, sollen, hat zu, haben zu, musst, müsst, möge, übernimmt es, darf bitte, ist zuständig für,
        ist verantwortlich für, sollst, sollt, müsstest, hat die aufgabe""",
    "should": "sollte, sollten, müsste, müssten, solltest, solltet",
    "need": "brauchen, brauche, braucht, benötigen, benötige, benötigt, bräuchte, bräuchten",
    "needed": """
        wird gebraucht, werden gebraucht, wird benötigt, werden benötigt, fehlt noch, fehlen noch, ist fällig,
        sind fällig, steht noch aus, stehen noch aus""",
    "take": """
        übernimmt, übernehme, übernehmen, kümmere mich, kümmert sich, kümmern uns, kümmern sich, kümmer mich, mache,
        macht, machen, erledige, erledigt, erledigen""",
    "i": "ich",
    "me": "mir, mich",
    "we": "wir",
    "you": "du, ihr, euch, dir, dich",
    "they": "er, sie, es",
    "someone": "jemand, irgendwer, irgendjemand, einer von uns, einer von euch, jemanden, eine/einer",
    "everybody": """
        alle, ihr alle, jeder, jeder von euch, alle zusammen, sämtliche teilnehmer, alle teilnehmer, ihr beide,
        alle beteiligten, wir alle, das ganze team, liebe kollegen, liebes team, leute, jede/jeder""",
    "third": """
        der lieferant, der kunde, die behörde, der auditor, die spedition, der zoll, der spediteur, der hersteller""",
    "is": "ist, sind, bin, seid, waren, wäre, wurde, wurden, worden, gewesen, war",
    "has": "hat, haben, habe, hab, hatte, hatten, habt",
    "did": """
        schon, bereits, gestern, vorgestern,
        letzte/letzten/letzter woche/montag/dienstag/mittwoch/donnerstag/freitag/monat, damals, vorhin, seit,
        vor kurzem""",
    "what": """
        wer, was, wann, wo, warum, wieso, weshalb, welche, welcher, welches, welchen, welchem, wie, wohin, woher,
        wieviel, wieviele, wem, wen, womit, wofür, woran""",
    "whether": "ob, frage mich, unklar wer/wann/wie/ob, nicht klar wer/wann/wie/ob, weiß jemand, hat jemand",
    "tell": "sagen, erklären, mir sagen, uns sagen",
    "not": """
        nicht, kein, keine, keinen, keiner, keinem, keines, nie, niemals, niemand, nichts, nein, nö, ohne,
        keinesfalls, weder, nirgends, nee, ne""",
    "vague": """
        irgendwann, vielleicht, wäre schön, wäre gut, wäre toll, wäre super, wäre cool, wär schön, man müsste,
        man sollte, man könnte, evtl, eventuell, theoretisch, bei gelegenheit, irgendwie, am liebsten, langfristig,
        wünschenswert, hätte gern, hätten gern, in zukunft, mittelfristig, vermutlich, wahrscheinlich, wohl,
        hoffentlich, mal irgendwann, eines tages, wenn wir zeit haben, wenn mal zeit ist, nicht dringend, eilt nicht,
        bei zeiten, müsste mal, müssten mal, sollte mal, sollten mal, sollten wir mal, könnte man, könnten wir,
        könnten mal""",
    "and": "und, sowie, dann, danach, plus",
    "or": "oder",
    "but": "aber, also, deshalb, daher, deswegen, sodass, damit, weil, denn, sonst, darum, jedoch, dass",
    "if": """
        wenn, falls, sofern, solange, sobald, vorausgesetzt, im falle, angenommen, nur wenn, je nach, je nachdem,
        hätten wir, hätte ich, wären wir, für den fall""",
    "softener": """
        wenn möglich, falls möglich, wenn es geht, wenn's geht, wenn du kannst, wenn ihr könnt, wenn du zeit hast,
        wie besprochen, wie vereinbart, wie immer, sofern möglich, wenn es passt, wie abgesprochen, wie gewünscht,
        nach möglichkeit, wenns geht, falls noch nicht geschehen, falls noch nicht passiert""",
    "loss": """
        verlieren, verliert, verloren, verpassen, verpasst, verzögern, verzögert, verzögerung, verschiebt sich,
        verschieben sich, verspätet, verspäten, verspätung, fehlt uns, fehlen uns, ist weg, sind weg, geht verloren,
        platzt, platzen, zu spät, nicht starten, nicht beginnen, nicht freigeben, nicht liefern, nicht halten,
        gefährdet, in gefahr, kippt, ausfallen, fällt aus, fallen aus, rutscht, rutschen, stillstand, steht still,
        stehen still, verworfen, entsorgen, wegwerfen, vernichten, kein start, keinen start, reicht nicht, knapp,
        engpass, abläuft, läuft ab, kostet uns, im verzug, in verzug, hinfällig, wackelt, nicht geliefert,
        ausverkauft, steht die, steht der, stehen wir, müssen wir wiederholen, nochmal von vorn, von vorne,
        nicht fertig, überziehen, überschreiten, verfällt, später, blockiert""",
    "holder": """
        verantwortlich, zuständig, verantw, vera, verantwortliche, verantwortlicher, wer, zuständige, zuständiger,
        owner""",
    "task field": "aufgabe, was, thema, maßnahme, punkt",
    "due field": "fällig, termin, bis wann, frist, wann, fälligkeit, fällig am, fällig bis, datum, deadline",
    "lead": """
        ok, okay, gut, also, hallo, hi, moin, servus, danke, vielen dank, merci, super, prima, perfekt, passt, ja, jo,
        genau, noch was, übrigens, außerdem, zusätzlich, ferner, dann, und, nächster schritt, offener punkt,
        zur erinnerung, kurze erinnerung, erinnerung, guten morgen, morgen zusammen, guten tag, wie besprochen,
        noch eins, von meiner seite, von unserer seite, verstanden, alles klar, gern, gerne, na gut, zusammen, liebe,
        lieber, so, achtung, bezüglich, zum thema, nochmal, bzgl, hey, ach, oh, dafür, dazu, zudem, darüber hinaus""",
    "fyi": """
        zur info, nur zur info, zur information, zur kenntnis, zu eurer info, zu deiner info, nur als info, zk,
        beachtet bitte, bitte beachten, bitte beachtet, bitte beachten sie, keine aktion, kein handlungsbedarf,
        keine aufgabe, nichts zu tun, zur kenntnisnahme, als info, nur damit ihr es wisst,
        nur damit ihr bescheid wisst, damit ihr bescheid wisst, anbei, im anhang, bitte nicht""",
    "rule": """
        immer, laut sop, gemäß, laut, lt, grundsätzlich, in der regel, stets, generell, normalerweise, üblicherweise,
        jeder, jede, jedes, jedem, täglich, vor gebrauch, gemäß sop, nach sop, vorschriftsgemäß, schritt""",
    "joke": "haha, hihi, scherz, spaß, nur spaß, kleiner scherz, hehe",
    "here": "hier",
    "propose": """
        vorschlag, ich schlage vor, wir schlagen vor, lasst uns, lass uns, lassen sie uns, sollen wir, wollen wir,
        wie wäre es, wie wär's, ich wäre dafür, ich würde vorschlagen, mein vorschlag, wir könnten, ich würde, antrag,
        ich plädiere, ich bin dafür, würde vorschlagen, schlage vor, sollten wir, können wir""",
    "agree": """
        einverstanden, zustimmung, stimme zu, ich stimme zu, wir stimmen zu, dafür, bin dafür, passt für mich,
        passt für uns, passt, so machen wir's, so machen wir es, machen wir so, ok für mich, ok für uns, in ordnung,
        klingt gut, bin einverstanden, wir sind einverstanden, ich bin einverstanden, sind einverstanden,
        sehe ich auch so, kein einwand, keine einwände, abgemacht, genehmigt, zugestimmt, von mir aus gern,
        von uns aus ok, deal, vereinbart, beschlossen, stimme dem zu, das machen wir so, find ich gut, finde ich gut,
        d'accord, dabei""",
    "accept": """
        mach ich, mache ich, geht klar, wird gemacht, wird erledigt, klar, ja, jo, gern, gerne, ok, okay, alles klar,
        bin dran, ich bin dran, kein problem, sicher, natürlich, selbstverständlich, ich kümmere mich,
        ich kümmere mich drum, ich kümmere mich darum, kümmere mich, kümmere mich drum, kümmere mich darum,
        kümmer mich, kümmer mich drum, erledige ich, das mache ich, das mach ich, passt, läuft, na klar, jawohl,
        verstanden, ist notiert, notiert, machen wir, übernehme ich, ich übernehme, ich übernehme das, ja klar,
        ja gerne, ja mache ich, klar mach ich, ist auf meiner liste, steht auf meiner liste, kommt""",
    "take it": """
        ich übernehme, ich übernehme das, übernehme ich, das übernehme ich, ich nehme das, nehme ich,
        ich kümmere mich, ich kümmere mich drum, ich kümmere mich darum, kümmere mich, kümmere mich drum,
        kümmere mich darum, kümmer mich, kümmer mich drum, ich mach das, ich mache das, mach ich, mache ich,
        das mache ich, das mach ich, ich kann das machen, kann ich machen, das kann ich machen, kann ich übernehmen,
        das kann ich übernehmen, ich kann das übernehmen, ich erledige das, erledige ich, das erledige ich, ich,
        meins, bin dran, ich bin dran, geht auf mich, ich schau mir das an, schau ich mir an, ich schaue mir das an,
        schaue ich mir an, ich klär das, ich kläre das, kläre ich, das kläre ich, wird gemacht, geht klar, ich mach's,
        mach ich gern, mach ich gerne, mache ich gern, mache ich gerne, übernehme ich gern, übernehme ich gerne,
        gebt es mir, ich hol's mir, trag mich ein""",
    "reported": """
        erledigt, fertig, gemacht, geschickt, hochgeladen, abgeschlossen, gesendet, verschickt, ist erledigt,
        ist fertig, ist raus, ist durch, ist gemacht, abgelegt, abgehakt, schon erledigt, schon geschickt,
        schon gemacht, liegt im ordner, ist im ordner, habe ich geschickt, hab ich geschickt, ist unterschrieben,
        unterschrieben, ist passiert, geschlossen, kann geschlossen werden, kann zu, ist drin, umgesetzt, eingereicht,
        bestellt, gebucht, gerade geschickt""",
    "started": """
        angefangen, begonnen, in arbeit, bin dran, ist in arbeit, läuft, dran, am laufen, fast fertig,
        noch nicht fertig, in bearbeitung, gestartet, arbeite an, arbeite noch an, arbeiten an, halb fertig""",
    "late": """
        verspätet sich, dauert länger, wird später, schaffe ich nicht, verzögert sich, schaffen wir nicht,
        brauche länger, brauchen länger, ist überfällig, hängt, blockiert, im verzug, wird nichts, braucht länger""",
    "move": """
        verschieben, verschiebe, verschiebt, schieben, schieb, verlängern, verlängere, verlängert, auf den, vorziehen,
        neuer termin, neues datum, neue frist, umterminieren, verlegen, schiebe, schiebt, strecken, neuer stichtag,
        später, brauche mehr zeit, brauchen mehr zeit, braucht mehr zeit""",
    "hand": """
        geht an, übergeben, gebt, übergibt, übertragen, neuer verantwortlicher, neue verantwortliche, zuweisen,
        gehört zu, gehört jetzt, liegt jetzt bei, macht jetzt, übernimmt, umhängen, an wen, geben, gib, umbuchen""",
    "cancel": """
        streichen, stornieren, löschen, entfällt, kann weg, hinfällig, wird nicht mehr gebraucht,
        wird nicht mehr benötigt, ist obsolet, fällt weg, absagen, ist gestrichen, ist hinfällig""",
    "correct": """
        nein, nee, sorry, ich meine, ich meinte, quatsch, korrektur, vielmehr, besser, beziehungsweise, ach nein,
        ach nee, stopp, moment, falsch, entschuldigung, nicht, doch, äh, halt, statt, nein doch, sorry nein, ne""",
    "instead of": "statt, anstatt, anstelle von, nicht",
    "event": """
        abweichung, grenzwertüberschreitung, überschreitung, unterschreitung, temperaturüberschreitung, alarm, leck,
        leckage, undicht, kontamination, kontaminiert, verunreinigung, verunreinigt, fremdpartikel, fremdkörper,
        verwechslung, verwechselt, vertauscht, siegel gebrochen, falsches etikett, falsche etiketten, falsche rolle,
        ohne unterschrift, nicht unterschrieben, fehlende unterschrift, fehlende seite, seite fehlt, nicht bestanden,
        außerhalb, ausserhalb, stromausfall, ausgefallen, ausfall, schimmel, verfärbt, verfärbung, glasbruch,
        metallspäne, oos, oot, ohne line clearance, ohne freigabe, fehlcharge, verschüttet, ausgelaufen, störung,
        defekt, stillstand, aktionsgrenze, keimwachstum, keimzahl""",
    "fault": """
        gebrochen, gerissen, gestoppt, angehalten, überschritten, unterschritten, gefallen, abgefallen, gestiegen,
        fehlt, fehlen, falsch, falsche, falscher, kaputt, beschädigt, verklemmt, klemmt, steht, stehen, gesperrt,
        abgebrochen, zu hoch, zu niedrig, zu lange, zu kurz, nass, feucht, entdeckt, gefunden, festgestellt, bemerkt,
        offen, zeigt, leckt, tropft, raucht, ausgelöst, ungeplant, unerwartet, unbekannter peak, deckelt, deckeln,
        klebt, kleben, verstopft, abgelaufen, überhitzt, eingefroren, aufgetaut, unterbrochen, durchgefallen, reißt,
        bricht""",
    "just now": """
        gerade, eben, gerade eben, soeben, jetzt, heute, heute früh, heute morgen, seit, aktuell, momentan,
        heute nacht, vorhin, wieder, noch, sofort, im moment, über nacht, nachts""",
    "old": """
        letztes jahr, letzten monat, letzte woche, damals, im letzten jahr, geschlossen, abgeschlossen, behoben,
        gelöst, war, waren, früher, seinerzeit, vor jahren, vor monaten, wieder ok, läuft wieder, wieder in ordnung,
        fehlalarm, ursache""",
    "paper": """
        sop, liste, bericht, register, formular, verfahren, schulung, richtlinie, definition, definiert, definieren,
        übersicht, protokoll, vertrag, wartung, geplant, übung, kapitel, abschnitt, statistik, quote, bearbeitung,
        plan, termin, deviation report, abweichungsliste, abweichungsbericht, thema, urlaub, feiertag, inventur""",
    "limit": "grenzwert, limit, grenze, spez, spezifikation, soll, erlaubt, statt, zulässig",
    "own things": "mein, meine, mikro, kamera, rechner, verbindung, handy, telefon, kalender, passwort",
    "measure": "°, kbe, ppm, pa, bar, %, min, minuten, grad",
    "thing": """
        charge, chargen, los, fass, fässer, linie, raum, kühlkammer, kühlschrank, kühlraum, lager, lkw, trockner,
        mischer, presse, coater, probe, proben, tablette, tabletten, flasche, flaschen, etikett, etiketten, siegel,
        filter, säule, hplc, waage, sensor, ventil, dichtung, pumpe, produkt, ware, pulver, batch record,
        herstellprotokoll, seite, unterschrift, logbuch, container, palette, paletten, sieb, auflösung, gehalt,
        verunreinigung, wasser, druck, temperatur, feuchte, kapseln, vials, blister, reaktor, kompressor, kälteanlage,
        lüftung, anlage, maschine, drucker, detektor, logger, stempel, handschuhe, sterilisator, autoklav, inkubator,
        schritt, eintrag, gewicht, härte, ausbeute, verpackung, lieferung, wirkstoff, hilfsstoff, schleuse, reinraum,
        tank, sack, säcke, rolle""",
    "enough": """
        reicht, passt, genügt, ist ok, ist okay, ist gut, wäre gut, wäre super, wäre ok, ist früh genug,
        würde reichen""",
    "soon": """
        asap, schnellstmöglich, so schnell wie möglich, so bald wie möglich, dringend, sofort, umgehend, unverzüglich,
        baldmöglichst, möglichst bald, eilt, schnellstens, möglichst schnell, baldigst""",
    "both": "beide, beides, alles, alle, jeweils, beide bis, alles bis",
    "weekly": """
        wöchentlich, jede woche, monatlich, täglich, jeden tag, jeden monat, 14-tägig, alle zwei wochen,
        quartalsweise, jedes quartal, wiederkehrend, wiederkehrende aufgabe, jeden werktag, einmal pro woche,
        einmal im monat, vierzehntägig, zweiwöchentlich, jährlich""",
    "every": "jeden, jede, jedes, immer",
}

TAGS: dict[str, str] = {
    "action": """
        aufgabe, aufgaben, maßnahme, maßnahmen, zu tun, zu erledigen, to-do, aktion, auftrag, arbeitspaket,
        wiederkehrende aufgabe, neue aufgabe, nächster schritt, nächste schritte, arbeitsauftrag, todo-punkt""",
    "decision": """
        entscheidung, entscheidungen, beschluss, beschlüsse, beschlossen, entschieden, festlegung, festgelegt,
        konsens, vereinbart, vereinbarung, gemeinsamer beschluss, gemeinsame entscheidung, einstimmig beschlossen,
        alle einverstanden, endgültige entscheidung, einigung, mit allen abgestimmt, mit allen vereinbart""",
    "question": """
        frage, fragen, offene frage, offene fragen, kurze frage, frage an, zu klären, noch eine frage, eine frage,
        rückfrage, meine frage, verständnisfrage""",
    "risk": """
        risiko, risiken, neues risiko, mögliches risiko, potenzielles risiko, potentielles risiko, hauptrisiko,
        größtes risiko, terminrisiko, qualitätsrisiko, risiko fürs register, risiko für das register, gefahr,
        lieferrisiko""",
    "signal": """
        abweichung, signal, vorfall, alarm, störung, qualitätsereignis, temperaturabweichung, reklamation, ereignis,
        qualitätsproblem""",
    "none": """
        zur info, info, hinweis, notiz, keine aufgabe, stand, status, hintergrund, agenda, tagesordnung,
        zusammenfassung, protokoll, beispiel, vorlage, zitat, nur zur info, anmerkung, rückblick, vorschlag, idee, ps,
        kein beschluss, keine entscheidung, antrag, scherz, witz""",
}
