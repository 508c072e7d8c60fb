"""German cues: the words by which a line shows what it is, umlauts as written. `a/b` is either word."""

from __future__ import annotations

CUES: dict[str, str] = {
    "ask": """
        wärst du so nett, wärst du so lieb, wärst du so gut, wären sie so nett, wärt ihr so nett,
        ist es möglich dass du, wäre es möglich dass du, bist du so nett und, bist du so lieb und,
        kannst/könntest/würdest/magst/möchtest du, könnt/könntet/würdet/mögt ihr, können/könnten/würden/möchten sie,
        kannst/könntest/würdest du mal, wärst/wärest du so nett/lieb und, wärt ihr so nett und, seid so gut und,
        sei so gut und, sei so nett und, kannste, schaffst du es, schafft ihr es, denk/denkt/denke daran,
        denk/denkt/denkt bitte an, denk bitte daran, denkt bitte daran, denken sie bitte an, vergiss/vergesst nicht,
        vergiss bitte nicht, vergesst bitte nicht, vergiss nicht, vergesst nicht, denk an, denkt an, denken sie an,
        es wäre gut wenn du, es wäre super wenn du, es wäre toll wenn du, es wäre schön wenn du, wäre super wenn du,
        wäre toll wenn du, wäre gut wenn du, könntest du bitte so nett sein und""",
    "can": "kann, können, könnte, könnten, würde, würden, darf, mag",
    "please": "bitte, bitteschön, bitten, sei so nett und, sei so lieb und, tu mir den gefallen und",
    "asking": """
        darf ich, dürfte ich, darf man, dürfen wir, dürften wir, ich bitte, wir bitten, ich würde bitten,
        ich zähle auf, wir zählen auf, bitte ich, bitten wir""",
    "mine": "von meiner seite, meins, bei mir, auf meinem tisch, auf meiner liste, meine aufgabe",
    "job for": "einer für, einer noch für, noch was für, was für, aufgabe für, eine aufgabe für, etwas für",
    "will": "wird, werden, will, wollen",
    "i will": "ich werde, ich will, ich möchte",
    "we will": "wir werden, wir wollen",
    "must": """
        möchte bitte, möchten bitte, muss, müssen, soll, sollen, hat zu, haben zu, musst, müsst, möge, übernimmt es,
        darf bitte,
        ist zuständig für, ist verantwortlich für, hat zugesagt, hat versprochen, hat angeboten, haben zugesagt,
        hat sich bereit erklärt, hat sich verpflichtet, sollst, sollt, müsstest, hat die aufgabe""",
    "should": "sollte, sollten, müsste, müssten, solltest, solltet",
    "need": "brauchen, brauche, brauch, braucht, benötigen, benötige, benötigt, bräuchte, bräuchten",
    "needed": """
        wird gebraucht, werden gebraucht, wird benötigt, werden benötigt, fehlt noch, fehlen noch, ist fällig,
        sind fällig, gehört, gehören, steht noch aus, stehen noch aus""",
    "take": "übernimmt, kümmert sich, kümmern sich, übernehmen",
    "owe": """
        schulde, schulden, schuldet, schulde dir/euch/ihnen, schulden dir/euch/ihnen/uns, schuldet mir/uns/euch""",
    "i": "ich",
    "me": "mir, mich",
    "we": "wir",
    "you": "du, ihr, euch, dir, dich",
    "they": "er, sie, es",
    "asked": "ich habe gebeten, ich hab gebeten",
    "holder mark": "verantwortlich, zuständig, verantw, verantwortliche, verantwortlicher",
    "someone": """
        wer auch immer zeit hat, wer gerade zeit hat, wer zeit hat, jemand, irgendwer, irgendjemand, einer von uns,
        einer von euch, jemanden, eine/einer""",
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
    "whether": """
        ob, frage/frag mich, wir fragen uns, fragen wir uns, unklar wer/wann/wie/ob, nicht klar
        wer/wann/wie/ob, weiß jemand, hat jemand, mir ist nicht klar, mir ist unklar, es ist unklar, unklar
        ist, ich frage mich, nicht klar, es ist nicht klar, offen ist, noch offen ist""",
    "tell": "sagen, erklären, mir sagen, uns sagen",
    "not": """
        nicht, kein, keine, keinen, keiner, keinem, keines, nie, niemals, niemand, nichts, nein, nö, ohne,
        keinesfalls, weder, nirgends, nee, ne, kaum""",
    "vague": """
        irgendwann, vielleicht, wäre schön, wäre gut, wäre toll, wäre super, wäre cool, wär schön, man müsste,
        man sollte, man könnte, evtl, eventuell, theoretisch, bei gelegenheit, irgendwie, am liebsten, langfristig,
        wünschenswert, hätte gern, hätten gern, in zukunft, mittelfristig, vermutlich, wahrscheinlich, wohl,
        hoffentlich, mal irgendwann, eines tages, wenn wir zeit haben, wenn mal zeit ist, nicht dringend,
        eilt nicht, bei zeiten, müsste mal, müssten mal, sollte mal, sollten mal, sollten wir mal, könnte man,
        könnten wir, könnten mal, ich hoffe, ich glaube, ich denke, ich vermute, angeblich, anscheinend,
        soweit ich weiß, ich nehme an, wir hoffen, ich wette, ich bin sicher, ich bin mir sicher, ich fürchte,
        mal sehen, schauen wir mal""",
    "and": "und, sowie, dann, danach, plus",
    "or": "oder",
    "but": "aber, also, deshalb, daher, deswegen, sodass, damit, weil, denn, sonst, darum, jedoch, dass",
    "if": """
        wenn, falls, sofern, solange, sobald, vorausgesetzt, im falle, angenommen, nur wenn, je nach, je nachdem,
        hätten wir, hätte ich, wären wir, für den fall""",
    "softener": """
        wenn möglich, falls möglich, wenn es geht, wenn's geht, wenn du kannst, wenn ihr könnt, wenn du zeit hast,
        wie besprochen, wie vereinbart, wie immer, sofern möglich, wenn es passt, wie abgesprochen, wie gewünscht,
        nach möglichkeit, wenns geht, falls noch nicht geschehen, falls noch nicht passiert, wie gesagt,
        wie schon gesagt, wie ich sagte,
        wie angekündigt, wie erwähnt, wie schon erwähnt""",
    "loss": """
        weg, dahin,
        verlieren, verliert, verloren, verpassen, verpasst, verzögern, verzögert, verzögerung, verschiebt sich,
        verschieben sich, verspätet, verspäten, verspätung, fehlt uns, fehlen uns, ist weg, sind weg, geht verloren,
        platzt, platzen, zu spät, nicht starten, nicht beginnen, nicht freigeben, nicht liefern, nicht halten,
        gefährdet, in gefahr, kippt, ausfallen, fällt aus, fallen aus, rutscht, rutschen, stillstand, steht still,
        stehen still, verworfen, entsorgen, wegwerfen, vernichten, kein start, keinen start, reicht nicht, knapp,
        engpass, abläuft, läuft ab, kostet uns, im verzug, in verzug, hinfällig, wackelt, nicht geliefert,
        ausverkauft, steht die, steht der, stehen wir, müssen wir wiederholen, nochmal von vorn, von vorne,
        nicht fertig, überziehen, überschreiten, verfällt, später, blockiert, haben wir kein, haben wir keine,
        haben wir keinen, keinen ersatz, kein ersatz, haben wir niemanden, warten wir, von vorne anfangen,
        nicht genug, erst im, erst nächstes, ein critical, verwerfen, steht die ganze, steht die linie, stehen die,
        keine kapazität, hängen wir, sitzen wir fest, bekommen wir ein, wegschmeißen, abbrechen, dann ist schluss""",
    "holder": """
        verantwortlich, zuständig, verantw, vera, verantwortliche, verantwortlicher, wer, zuständige, zuständiger,
        owner""",
    "task field": "aufgabe, was, thema, maßnahme, punkt",
    "due field": "fällig, termin, bis wann, frist, wann, fälligkeit, fällig am, fällig bis, datum, deadline",
    "lead": """
        ok, okay, gut, also, hallo, hi, moin, servus, danke, vielen dank, merci, super, prima, perfekt, passt, ja,
        jo, genau, noch was, übrigens, außerdem, zusätzlich, ferner, dann, und, nächster schritt, offener punkt,
        zur erinnerung, kurze erinnerung, erinnerung, guten morgen, morgen zusammen, guten tag, wie besprochen,
        noch eins, von meiner seite, von unserer seite, verstanden, alles klar, gern, gerne, na gut, zusammen,
        liebe, lieber, so, achtung, bezüglich, zum thema, nochmal, bzgl, hey, ach, oh, dafür, dazu, zudem,
        darüber hinaus, entweder, ab jetzt, ab sofort, künftig, von nun an, spaß/scherz beiseite, im ernst,
        jetzt/mal/aber im ernst""",
    "fyi": """
        zur info, nur zur info, zur information, zur kenntnis, zu eurer info, zu deiner info, nur als info, zk,
        beachtet bitte, bitte beachten, bitte beachtet, bitte beachten sie, keine aktion, kein handlungsbedarf,
        keine aufgabe, nichts zu tun, zur kenntnisnahme, als info, nur damit ihr es wisst,
        nur damit ihr bescheid wisst, damit ihr bescheid wisst, anbei, im anhang, bitte nicht""",
    "rule": """
        immer, laut sop, gemäß, laut, lt, grundsätzlich, in der regel, stets, generell, normalerweise,
        üblicherweise, jeder, jede, jedes, jedem, täglich, vor gebrauch, gemäß sop, nach sop, vorschriftsgemäß,
        im vertrag steht, der vertrag sagt, laut vertrag, nach erhalt, pro charge, pro schicht, pro tag,
        vor jeder, nach jeder, vor jedem, nach jedem, bei jeder, bei jedem, steht im vertrag, steht in der sop""",
    "joke": "haha, hihi, scherz, spaß, nur spaß, kleiner scherz, hehe",
    "small talk": """
        noch fragen, weitere fragen, gibt es fragen, gibt's fragen, sonst noch, sonst noch was, noch was,
        hört ihr mich, hört man mich, seht ihr, sieht man, wie geht's, wie geht es, wie war, wie war's,
        können wir anfangen, wollen wir anfangen, sollen wir anfangen, fangen wir an, sind alle da,
        sind wir vollzählig, wer fehlt noch, wer fehlt, alles klar, alles gut, alles ok, bereit, seid ihr da,
        bist du da, bist du noch da, ist jemand da, ist das ok für alle, passt das für alle, passt das so,
        echt jetzt, wirklich, ernsthaft, was gibt's neues, wer hat hunger, können wir weitermachen,
        können wir weiter, machen wir weiter, machen wir pause, wer fängt an, wer ist dran, kann man mich hören,
        kann man meinen bildschirm sehen, gut geschlafen, aber wozu, und wozu,
        hört mich jemand, bin ich zu hören, ergibt das sinn, macht das sinn,
        oder was, mich hören, uns hören, meinen bildschirm, mich sehen, meine folien, euer wochenende,
        dein wochenende, schönes wochenende, euer urlaub, dein urlaub, das wetter, euer wetter,
        wlan-passwort, wlan passwort, das spiel gesehen""",
    "social": """
        mittagessen, kaffee, hunger, geburtstag, kuchen, bier, abendessen, frühstück, party, kinder, hund, kantine,
        grillen, wein, eis, geschenk, torte, home office, homeoffice""",
    "in the call": """
        folie, bildschirm, kamera, mikro, mikrofon, mikros, kameras, mikrofone, chat, warteraum, lauter, leiser,
        gleich zurück, gleich wieder da, bis gleich, um ruhe, um geduld, um etwas geduld, um verständnis, um nachsicht,
        um entschuldigung""",
    "meeting": "termin, meeting, besprechung, sitzung, runde, call, treffen, einladung",
    "meet when": """
        verschieben, verlegen, später, früher, passt euch, passt dir, passt es, treffen, vorziehen, frei, zeit,
        geht bei euch, geht bei dir, ausfallen, verlängern""",
    "no risk": """
        kein risiko, nicht gefährdet, keine gefahr, risikoanalyse, risikobewertung, risikoregister, ohne risiko,
        risiko ist geschlossen, risiko ist schon, keine sorge, keine sorgen, nicht mehr gefährdet, nicht nötig,
        kein problem, nicht schlimm, macht nichts, egal, brauchen wir nicht""",
    "propose": """
        vorschlag, ich schlage vor, wir schlagen vor, lasst uns, lass uns, lassen sie uns, sollen wir, wollen wir,
        wie wäre es, wie wär's, ich wäre dafür, ich würde vorschlagen, mein vorschlag, wir könnten, ich würde,
        antrag, ich plädiere, ich bin dafür, würde vorschlagen, schlage vor, sollten wir, können wir""",
    "soon": """
        asap, schnellstmöglich, so schnell wie möglich, so bald wie möglich, dringend, sofort, umgehend,
        sobald wie möglich,
        unverzüglich, baldmöglichst, möglichst bald, eilt, schnellstens, möglichst schnell, baldigst""",
    "both": "beide, beides, alles, alle, jeweils, beide bis, alles bis",
    "decided": """
        wir haben beschlossen, wir haben entschieden, wir haben vereinbart, wir haben festgelegt, wurde beschlossen,
        wurde entschieden, wurde vereinbart, wurde festgelegt, ist beschlossen, ist entschieden, ist vereinbart,
        steht fest, wir sind uns einig, alle sind sich einig, alle einig, die entscheidung ist,
        damit ist entschieden, damit ist beschlossen, beide seiten sind einverstanden, wir haben uns entschieden,
        wir haben uns geeinigt, haben uns geeinigt, haben beschlossen, haben entschieden, haben uns entschieden,
        haben uns darauf geeinigt, haben vereinbart""",
    "closing": "geeinigt, beschlossen, entschieden, vereinbart, festgelegt, verständigt",
    "away": "im urlaub, abwesend, krank, krankgeschrieben, in elternzeit, auf dienstreise, nicht im haus, nicht da",
    "agreeing": "einverstanden, abgestimmt, vereinbart, abgesprochen, stimmt zu, stimmen zu",
    "risky": """
        damit wackelt/kippt/platzt/rutscht,
        risiko dass, gefahr dass,
        laufen gefahr, läuft gefahr, laufe gefahr, besteht das risiko, besteht ein risiko, das risiko ist,
        die gefahr ist, besteht die gefahr, gefährdet,
        steht auf der kippe, wird knapp, könnte sich verzögern, könnte sich verspäten, könnten sich verzögern,
        könnten sich verspäten, könnten wir verlieren, könnten wir verpassen, droht, drohen, schlimmstenfalls,
        im schlimmsten fall, ich mache mir sorgen, mache mir sorgen, sorge macht, könnte uns fehlen, könnte kippen,
        könnte platzen, könnte ausfallen, könnten ausfallen, größtes risiko, hauptrisiko, risiko sehe ich,
        ein risiko für, würde uns kosten, würde alles, verzögern könnte, gefährden,
        personalmangel, nur einen lieferanten, nur ein lieferant, einziger lieferant, kein ersatz, keinen ersatz,
        nicht rechtzeitig, zu spät kommen, eng werden, wird eng, sehr eng, kritischer pfad, es könnte passieren,
        könnte passieren, es kann passieren, kann passieren dass, wir hängen von, hängt von einem, hängen bleibt,
        nicht reichen, reicht nicht für, könnte knapp werden, könnte eng werden""",
    "elsewhere": """
        meiner/unserer letzten/alten/früheren/vorigen/ehemaligen/ersten firma/stelle/abteilung,
        meinem/unserem letzten/alten/früheren/vorigen/ehemaligen/ersten job/arbeitgeber/werk/standort/team/projekt,
        letzten/vorigen/früheren projekt/transfer/job/arbeitgeber, als ich noch bei/in, als ich bei,
        bei meinem alten""",
    "worry": """
        besorgt dass/ob, sorge/sorgen/angst/befürchtung/bedenken dass, sorge/befürchtung/angst ist,
        fürchte dass/wir/die, befürchte/befürchten dass/wir/die, befürchte, befürchten""",
    "proposing": """
        vorschlag, mein vorschlag, ich schlage vor, wir schlagen vor, lasst uns, lass uns, lassen sie uns,
        wie wäre es, wie wär's, ich wäre dafür, ich würde vorschlagen, würde vorschlagen, schlage vor, ich plädiere,
        ich bin dafür, antrag, ich würde""",
    "wish": """
        ich wäre dankbar wenn, ich wäre froh wenn, wir wären dankbar wenn, wir wären froh wenn,
        ich wäre sehr dankbar wenn, ich würde mich freuen wenn, wir würden uns freuen wenn, es wäre nett wenn,
        es wäre hilfreich wenn, wäre schön wenn, wäre nett wenn, wäre hilfreich wenn, es würde helfen wenn,
        es wäre gut wenn, es wäre super wenn, es wäre toll wenn, es wäre schön wenn, wäre super wenn,
        wäre toll wenn, wäre gut wenn""",
    "have got": """
        wir haben, wir hatten, es gibt, es gab, gerade, ist aufgefallen, haben wir, hatten wir, wurde entdeckt,
        wurde gefunden""",
    "weak loss": """
        liegen, leer, herum, noch einen monat, noch eine woche, noch zwei/drei/vier wochen, noch zwei/drei monate,
        weitere wochen/monate, nur einen/eine/ein/zwei, verschiebt, wartet, warten, problem, ärger,
        nichts, niemand, schlecht, länger, schieben, stoppt""",
    "i can": "ich kann",
    "want": """
        ich bitte um, wir bitten um, bitte ich um, bitten wir um, ich bitte sie/dich/euch um,
        wir bitten sie/dich/euch um,
        ich bräuchte, wir bräuchten, ich hätte gern, wir hätten gern, ich hätte gerne, wir hätten gerne,
        hätte ich gern, hätte ich gerne, hätten wir gern, hätten wir gerne, kann ich haben, kriege ich, bekomme ich,
        kriegen wir, bekommen wir""",
    "was": "war, waren, wurde, wurden",
    "hypothetical": "wäre gewesen, hätten können, wäre es nicht",
}
