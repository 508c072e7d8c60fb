"""What people of a technology transfer do in their actions, as verbs with the forms in which lines hold them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from core.rules.reading.words import spelling, word_set

ENGLISH = """
    accept, acknowledge, adapt, add, address, adjust, advise, agree, align, amend, analyse, analyze, announce, answer,
    append, apply, appoint, approach, approve, archive, arrange, ask, assemble, assess, assign, attach, audit,
    authorise, authorize, back up, benchmark, bin, block, book, brief, bring, build, bundle, calculate, calibrate,
    call, cancel, capture, categorise, categorize, change, characterise, characterize, charge, chase, check,
    circulate, clarify, classify, clean, clean up, clear, close, close out, collate, collect, combine, comment,
    commission, communicate, compare, compile, complete, compute, conclude, conduct, confirm, connect, consider,
    consolidate, contact, convert, coordinate, co-ordinate, copy, correct, count, countersign, cover, create,
    cross-check, crosscheck, cut, debrief, decide, define, deliver, demonstrate, describe, design, destroy, determine,
    develop, diagnose, digitise, dig out, disable, discuss, disinfect, dispatch, dispose, distribute, document,
    double-check, doublecheck, download, draft, draw, draw up, drive, drop, edit, email, e-mail, enable, engage,
    enlarge, ensure, enter, escalate, establish, estimate, evaluate, examine, execute, expand, expedite, explain,
    explore, export, extend, extract, fetch, file, fill, fill in, fill out, finalise, finalize, find, find out,
    finish, fix, flag, flush, follow up, format, formulate, forward, gather, generate, get, give, go over, go through,
    grant, handle, hand in, hand over, harmonise, harmonize, hire, hold, host, identify, implement, import, improve,
    include, incorporate, inform, initiate, inspect, install, instruct, integrate, interview, introduce, inventory,
    investigate, invite, invoice, issue, itemise, join up, justify, keep, kick off, label, launch, lay out, lead,
    liaise, link, list, load, lock, log, look at, look for, look into, look up, mail, maintain, make, make sure,
    manage, map, mark, measure, merge, migrate, mix, mock up, modify, monitor, move, name, negotiate, nominate, note,
    notify, nudge, observe, obtain, open, optimise, optimize, order, organise, organize, outline, own, pack, pay,
    perform, photograph, pick, pick up, ping, place, plan, point out, post, prepare, prep, present, press, print,
    prioritise, prioritize, process, procure, produce, propose, prove, provide, publish, pull, pull together,
    purchase, purge, push, put, put together, qualify, quantify, quarantine, query, quote, raise, re-baseline,
    rebaseline, recalculate, recalibrate, recheck, re-check, recirculate, reclean, recommend, reconcile, reconfirm,
    record, recount, recruit, redline, redo, redraft, redraw, re-draft, re-do, refer, refine, refresh, regenerate,
    register, reinstall, reinspect, re-inspect, reissue, re-issue, reject, relabel, re-label, release, relocate,
    remeasure, remind, remove, rename, renew, reorder, re-order, repack, repair, repeat, rephrase, replace, reply,
    report, represent, reprint, re-print, reprocess, request, requalify, re-qualify, re-read, reread, re-run, rerun,
    re-sample, resample, reschedule, research, resend, re-send, reserve, reset, resolve, respond, restart, restore,
    resubmit, re-submit, retain, retest, re-test, retrain, re-train, retrieve, return, revalidate, review, revise,
    rewrite, re-write, ring, roll out, run, sample, save, scan, schedule, score, screen, seal, search, secure,
    segregate, select, send, send out, send over, separate, set, set up, share, ship, shortlist, show, sign, sign off,
    simulate, sketch, slot in, solve, sort, sort out, source, specify, spell out, split, staff, standardise, start,
    state, stop, store, streamline, submit, suggest, summarise, summarize, supervise, supply, support, survey, swab,
    swap, switch, synchronise, tabulate, tag, take, talk to, talk, tell, test, tidy, tidy up, tighten, top up,
    touch base, trace, track, track down, train, transcribe, transfer, translate, transport, treat, trend, trial,
    trigger, troubleshoot, tune, turn, type up, unblock, unlock, update, upgrade, upload, validate, verify, visit,
    walk, warn, wash, weigh, widen, wipe, withdraw, witness, work on, work out, work through, wrap up, write,
    write up, help, assist, speak, speak to, dig into, check in, read, revisit, step through, reach out, get back,
    come back, turn around, turn round, feed back, do, attend to, look after, take over, take care, see to, line up,
    nail down, firm up, chase up, chase down, iron out, queue, bump, pass, pass on, reach, rework, retrofit, recover,
    reflect, redesign, retire, refill, restock, dry, blend, coat, granulate, compress, mill, sieve, package, dispense,
    inject, dilute, spike, titrate, regress, plot, model, fit, chart, e-sign, delegate, sequence, ready, cost, price,
    budget, spend, pre-align, share out, deposit, unpack, deploy, configure, program, patch, debug, re-evaluate,
    reevaluate, reassess, re-assess, rediscuss, prequalify, back-fill, backfill, top off, enrol, enroll, onboard,
    revert, reinject, re-inject, grab, freeze, unfreeze, square, overlay, trim, reweigh, re-weigh, repackage,
    dismantle,
    reassemble, disconnect, reconnect, unload, palletise, redistribute, cascade, relay, revoke, annotate, proofread,
    spell-check, spot-check, sanity-check, recap, jot down, note down, write down, map out, block out, block off,
    carve out, scope, vet, rehearse, extrapolate, reintegrate, re-integrate, normalise, normalize, incubate,
    sterilise,
    sterilize, sanitise, sanitize, decontaminate, thaw, declare, reimburse, forecast, sign over, re-order,
    bring along,
    bring up, take along, run through, run by, hand back, give back, send back, send round, send around, pass round,
    pull out, dig up, get hold of, chase down, loop in, copy in, phone up, ring up, call up, follow through,
    kick-start,
    tie up, close off, tick off, sign up, wire, unpick, reroute, re-route, restart, recheck, cross-reference,
    reference,
    let us know, let me know, let them know, let everyone know,
    stick up, stick, pop, chuck, throw, shoot over, shoot me, shove, dump, bang, knock up, whip up, rustle up,
    fire off, fling,
    lob,
    coach, phone, text, message, meet, sit down, sit together, get together on
    """
"""Base forms."""

STATES = """
    be, have, see, know, think, join, attend, miss, arrive, leave, travel, need, want, like, love, hate, wait, stay,
    sleep, eat, drink, go, come, drop off, drop out, dial in, hop off, hop on, log off, log out, sign off for,
    be back, be late, step out, head off, head out, jump off, believe, guess, hope, wish, feel, seem, remain, stand,
    sit, happen, appear, look forward, understand, remember, forget, mean, agree, suppose, assume, expect, bet,
    retire, fly, drive home, pop out, run late, mute, win, lose, become, depend, last, cost, mind, try, admit, skip,
    pass on this, take off, start with, ask again, let you know, keep you posted, keep an eye, catch up, be there,
    die, cry, laugh, smile, survive, manage without, take a break, take five, grab, celebrate, enjoy, rest, relax,
    take the day off, take leave, walk on water, eat my hat, think about, get to, talk later, speak soon, speak later,
    talk soon, see you, see ye, talk to you, talk to ye, speak to you, speak to ye, marry, play, watch, unmute,
    repeat that, repeat please, say that again, go on, go ahead, hear,
    hear me, see my screen, speak up, hold on, hold your questions, keep your questions, hold that thought,
    hold your horses, bear with, welcome, move on, slow down, introduce, introduce yourself,
    dial out, rejoin, re-join, scroll, scroll down, zoom in, share your screen, share the screen, give me a minute,
    give me a second, give us a minute, give me five minutes, give me 5 minutes, have a seat, excuse, forgive, ignore,
    disregard, continue, turn on, turn off, switch on, turn up, talk louder, speak louder, carry on, stay on, hang on,
    hang up, hold the line, start without, begin without, order lunch, order pizza, make it, manage to, be able to,
    help myself, thank, apologise, apologize, greet, say hello, say hi, wave, share my screen, present my screen,
    take the floor, let me in, admit me, mention that, stress, emphasise, point that out, remind everybody that,
    bring cake, bring the cake, bring cakes, bring biscuits, bring cookies, buy the coffee, buy a round,
    buy the beers, buy beer, buy cake, make coffee, make tea, get coffee, get lunch, get a coffee, fetch coffee, cook,
    bake, swim, dance, sing, run a marathon, never, hand over to, keep it short, keep this short, be brief, jump,
    jump to, jump on, jump in, get there, get going, get started, get over, get used, let, pass over to,
    give the floor, give it a minute, go first, leave it there, leave it at that, stop here, stop there, stop sharing,
    start sharing, drop at, drop now, drop soon, drop early, drop for, drop after, live, live with, cope, get used to,
    stick to, stick with, stick around, pop by, pop round, come to that, come back to that later,
    get to that, touch on
    """
"""Base forms of what is no action: states, comings and goings, how to behave in a call, and cake."""

_IRREGULAR = """
    send sent, write wrote written, make made, get got gotten, find found, do did done, give gave given,
    take took taken, bring brought, hold held, run ran, tell told, speak spoke spoken, meet met, lead led,
    build built, keep kept, draw drew drawn, choose chose chosen, pay paid, buy bought, seek sought, show shown,
    withdraw withdrew withdrawn, rewrite rewrote rewritten, redo redid redone, resend resent, re-send re-sent,
    rerun reran, hand handed, see saw seen, go went gone, come came, have had, be was, drive drove driven, feed fed,
    lay laid, ring rang, spend spent, split split, wind wound, teach taught, say said, leave left, sit sat,
    stand stood, wear wore worn, fall fell fallen, grow grew grown, begin began begun, break broke broken,
    freeze froze frozen, redraw redrew redrawn, overrun overran, catch caught, think thought, know knew known,
    overlay overlaid, freeze froze frozen, forget forgot forgotten, understand understood
    """

GERMAN = """
    ab|arbeiten, ab|fragen, ab|geben, ab|gleichen, ab|haken, ab|heften, ab|holen, ab|klären, ab|lehnen, ab|legen,
    ab|lesen, ab|nehmen, ab|schicken, ab|schließen, ab|senden, ab|sprechen, ab|stimmen, ab|zeichnen, aktualisieren,
    analysieren,
    an|fertigen, an|fordern, an|fragen, an|hängen, an|legen, an|melden, an|nehmen, an|passen, an|rufen, an|schauen,
    an|schreiben, an|sehen, an|sprechen, an|stoßen, antworten, archivieren, auf|arbeiten, auf|bauen, auf|bereiten,
    auf|klären, auf|legen, auf|listen, auf|machen, auf|nehmen, auf|räumen, auf|setzen, auf|stellen, auf|zeichnen,
    aus|arbeiten, aus|bessern, aus|drucken, aus|füllen, aus|führen, aus|geben, aus|lesen, aus|liefern, aus|messen,
    aus|rechnen, aus|richten, aus|sortieren, aus|stellen, aus|tauschen, aus|tragen, aus|wählen, aus|werten,
    beantragen, beantworten, bearbeiten, beauftragen, begleiten, begründen, bei|legen, belegen, benachrichtigen,
    benennen, berechnen, bereit|stellen, berichten, berichtigen, beschaffen, beschreiben, beschriften, besorgen,
    besprechen, bestätigen, bestellen, besuchen, betreuen, beurteilen, bewerten, bezahlen, buchen, bündeln, bringen,
    checken, definieren, delegieren, dokumentieren, drucken, durch|führen, durch|gehen, durch|lesen, durch|rechnen,
    durch|sehen, durch|sprechen, durch|schauen, ein|arbeiten, ein|bauen, ein|berufen, ein|bringen, ein|fordern,
    ein|frieren, ein|fügen, ein|holen, ein|kaufen, ein|laden, ein|lagern, ein|leiten, ein|lesen, ein|pflegen,
    ein|planen, ein|reichen, ein|richten, ein|sammeln, ein|scannen, ein|schicken, ein|senden, ein|setzen, ein|stellen,
    ein|tragen, ein|weisen, entfernen, entnehmen, entscheiden, entsorgen, entsperren, entwerfen, entwickeln,
    erarbeiten, erfassen, ergänzen, erinnern, erklären, erledigen, ermitteln, erneuern, eröffnen, ersetzen, erstellen,
    erweitern, eskalieren, fertig|machen, fertig|stellen, fest|halten, fest|legen, fest|stellen, fixen, fordern,
    formulieren, fotografieren, frei|geben, frei|schalten, führen, geben, gegen|lesen, gegen|prüfen, gegen|zeichnen,
    herunter|laden, heraus|finden, heraus|suchen, raus|suchen, her|stellen, hinterfragen, hinterlegen, hin|schicken,
    hin|zu|fügen, hinzu|fügen, hoch|laden, holen, identifizieren, implementieren, informieren, installieren,
    justieren, kalibrieren, kaufen, kennzeichnen, klären, klarstellen, kommentieren, kontaktieren, kontrollieren,
    koordinieren, kopieren, korrigieren, kümmern, laden, legen, leiten, lesen, liefern, lösen, löschen, machen,
    mahnen, markieren, melden, messen, mit|bringen, mit|schicken, mit|teilen, moderieren, montieren, nach|arbeiten,
    nach|bessern, nach|bestellen, nach|fassen, nach|fordern, nach|fragen, nach|haken, nach|halten, nach|liefern,
    nach|messen, nach|prüfen, nach|rechnen, nach|reichen, nach|schauen, nach|schicken, nach|schulen, nach|sehen,
    nach|tragen, nehmen, nennen, notieren, organisieren, packen, pflegen, planen, posten, präsentieren, priorisieren,
    probieren, protokollieren, prüfen, qualifizieren, quittieren, raus|geben, raus|schicken, reinigen,
    re-qualifizieren, requalifizieren, reparieren, reservieren, revidieren, rum|schicken, rund|schicken, sammeln,
    scannen, schaffen, schauen, schicken, schließen, schreiben, schulen, senden, setzen, sichern, sicher|stellen,
    sortieren, sperren, sprechen, starten, stellen, stornieren, streichen, suchen, tauschen, teilen, testen, tippen,
    transferieren, trainieren, treffen, übergeben, überarbeiten, über|nehmen, übernehmen, überprüfen, übersetzen,
    übertragen, überwachen, um|bauen, um|bestellen, bescheid|geben, um|buchen, um|schreiben, um|setzen, um|stellen,
    um|tragen,
    unter|bringen, unterrichten, unterschreiben, unterstützen, untersuchen, unterzeichnen, updaten, uploaden,
    validieren, veranlassen, verbessern, vereinbaren, vergleichen, verifizieren, verlängern, veröffentlichen,
    verschicken, verschieben, versenden, verteilen, vervollständigen, vor|bereiten, vor|legen, vor|schlagen,
    vor|stellen, vor|tragen, warten, wechseln, weg|räumen, weiter|geben, weiter|leiten, weiter|reichen,
    weiter|schicken, wiederholen, wiegen, zahlen, zählen, zeichnen, zeigen, ziehen, zu|arbeiten, zu|schicken,
    zu|sagen, zu|senden, zu|stimmen, zurück|geben, zurück|melden, zurück|rufen, zurück|schicken, zurück|senden,
    zusammen|fassen, zusammen|stellen, zusammen|suchen, zusammen|tragen, reviewen, mailen, tracken, forwarden,
    finalisieren, abstimmen, verbuchen, einbuchen, verladen, umlagern, um|lagern, um|etikettieren, etikettieren,
    nacharbeiten, befüllen, entleeren, spülen, trocknen, mischen, sieben, mahlen, abwiegen, ab|wiegen, bemustern,
    mustern, isolieren, separieren, verpacken, an|binden, ein|binden, besetzen, befragen, belehren, zu|ordnen,
    ab|schätzen, schätzen, quantifizieren, dimensionieren, auslegen, aus|legen, kalkulieren, rechnen, budgetieren,
    freizeichnen, loggen, nach|verfolgen, verfolgen, rückfragen, rück|melden, weiter|verfolgen, an|kündigen,
    bekannt|geben, durch|geben, zu|liefern, bei|steuern, mit|nehmen, vorbei|bringen, rein|stellen, raus|nehmen,
    hinein|schreiben, hin|kriegen, hin|bekommen, rein|nehmen, rüber|schicken, vorbei|schicken, glatt|ziehen,
    rum|geben, durch|winken, fragen, sagen, ab|segnen, nach|ziehen, vor|ziehen, an|stellen, auf|führen, an|geben,
    an|fahren, sorgen, räumen, regeln,
    hoch|fahren, runter|fahren, ein|fahren, aus|wechseln, ein|wiegen, nach|wiegen, ab|füllen, um|füllen, auf|füllen,
    ein|bestellen, zusammen|schreiben, auf|schreiben, nieder|schreiben, mit|geben, vor|nehmen, los|schicken,
    los|senden, raus|senden, weg|schicken, rein|schreiben,
    raus|suchen, mit|liefern, rüber|geben, an|stecken, ein|spielen, zurück|setzen, ab|stellen, aus|schreiben,
    durch|stellen, auf|lösen, zurück|holen
    """
"""Infinitives; a bar parts the prefix that stands at the end of a sentence."""

GERMAN_STATES = word_set(
    """weg los gehen kommen fahren warten sein haben bleiben hören sehen verstehen auflegen einwählen dazukommen
    aussteigen verabschieden essen trinken schlafen denken glauben wissen hoffen freuen feiern heiraten lachen
    raus rein heim hin fliegen reisen dabei da zurück ran zurückkommen rüber feierabend teilnehmen mitkommen
    leben überleben gewöhnen ärgern wundern beeilen entschuldigen erholen konzentrieren aushalten
    durch fort nachdenken reden quatschen gewinnen verlieren ausschlafen recht bescheid"""
)
"""What a sentence with `muss` or `werde` ends with where it is no action."""

_GERMAN_FINITE = """
    geben gibt gib gebt, nehmen nimmt nimm nehmt, sehen sieht sieh seht, lesen liest lies, sprechen spricht sprich,
    treffen trifft triff, halten hält, laden lädt lad, tragen trägt, messen misst miss, entwerfen entwirft,
    laufen läuft, schaffen schafft, lassen lässt, fahren fährt, helfen hilft, empfehlen empfiehlt,
    entscheiden entscheidet, antworten antwortet, arbeiten arbeitet, sammeln sammle, updaten updatet,
    uploaden uploadet, berufen beruft, braten, raten rät, verlassen verlässt, übertragen überträgt,
    übernehmen übernimmt übernimm, frieren friert, übergeben übergibt übergib, vergeben vergibt, entnehmen entnimmt,
    besprechen bespricht, schlagen schlägt, verladen verlädt, nachhalten nachhält
    """

_GERMAN_DONE = """
    geben gegeben, nehmen genommen, sehen gesehen, lesen gelesen, sprechen gesprochen, treffen getroffen,
    halten gehalten, laden geladen, tragen getragen, messen gemessen, schreiben geschrieben, schließen geschlossen,
    schieben geschoben, ziehen gezogen, bringen gebracht, gehen gegangen, senden gesendet gesandt, rufen gerufen,
    entscheiden entschieden, unterschreiben unterschrieben, übernehmen übernommen, übergeben übergeben,
    verschieben verschoben, vergleichen verglichen, besprechen besprochen, beschreiben beschrieben,
    entwerfen entworfen, streichen gestrichen, nennen genannt, finden gefunden, weisen gewiesen, schlagen geschlagen,
    gleichen geglichen, berufen berufen, greifen gegriffen, binden gebunden, wiegen gewogen, stoßen gestoßen,
    entnehmen entnommen, versenden versendet versandt, laufen gelaufen, fahren gefahren, tun getan, lassen gelassen
    """


def english_forms() -> Iterator[tuple[str, str, str]]:
    """Each form of each English verb: `verb` (base), `does`, `did` or `doing`, and its base."""
    irregular = {words[0]: words[1:] for words in (row.split() for row in _IRREGULAR.split(","))}
    for base in _listed(ENGLISH):
        head, _, rest = base.partition(" ")
        tail = f" {rest}" if rest else ""
        yield base, "verb", base
        yield _third(head) + tail, "does", base
        yield _ing(head) + tail, "doing", base
        for did in irregular.get(head, [_ed(head)]):
            yield did + tail, "did", base
    for base in _listed(STATES):
        yield base, "state", base


def german_forms() -> Iterator[tuple[str, str, str]]:
    """Each form of each German verb: `infinitive`, `does` (finite) or `did` (participle), and its infinitive.

    A finite form that is a task only with its prefix at the sentence's end has a bar before its infinitive.
    """
    finite = {words[0]: words[1:] for words in (row.split() for row in _GERMAN_FINITE.split(","))}
    done = {words[0]: words[1:] for words in (row.split() for row in _GERMAN_DONE.split(","))}
    alone = {listed for listed in _listed(GERMAN) if "|" not in listed}
    for listed in sorted(_listed(GERMAN), key=lambda one: "|" in one):
        *prefixes, core = listed.split("|")
        prefix = "".join(prefixes)
        yield prefix + core, "infinitive", prefix + core
        if hurried := _hurried(core):
            yield prefix + hurried, "infinitive", prefix + core
        if prefix and core not in alone:
            yield core, "does", f"|{core}"
        if prefix:
            yield f"{prefix}zu{core}", "infinitive", prefix + core
        stem = core[:-2] if core.endswith("en") else core[:-1]
        soft = stem + "e" if stem.endswith(("t", "d", "chn", "ffn", "dn", "gn")) else stem
        for form in (stem + "e", stem, soft + "t", *finite.get(core, ())):
            if not prefix or core in alone:
                yield form, "does", core
            else:
                yield form, "does", f"|{core}"
            if prefix:
                yield prefix + form, "does", prefix + core
        you = f"{stem}st" if soft == stem else f"{stem}est"
        yield f"{you} du", "you do", core if not prefix or core in alone else f"|{core}"
        for did in done.get(core, [_participle(stem, core)]):
            yield prefix + did, "did", prefix + core


def _hurried(core: str) -> str:
    """A German infinitive as it is spoken: `ziehn`, `schaun`."""
    return f"{core[:-2]}n" if core.endswith(("hen", "auen")) and not core.endswith("chen") else ""


def _listed(table: str) -> list[str]:
    return [" ".join(entry.split()) for entry in table.split(",") if entry.strip()]


def _third(base: str) -> str:
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        return f"{base}es"
    return f"{base[:-1]}ies" if base.endswith("y") and base[-2] not in "aeiou" else f"{base}s"


def _ed(base: str) -> str:
    if base.endswith("e"):
        return f"{base}d"
    if base.endswith("y") and base[-2] not in "aeiou":
        return f"{base[:-1]}ied"
    return f"{base}{base[-1]}ed" if _doubles(base) else f"{base}ed"


def _ing(base: str) -> str:
    if base.endswith("e") and not base.endswith("ee") and len(base) > 2:
        return f"{base[:-1]}ing"
    return f"{base}{base[-1]}ing" if _doubles(base) else f"{base}ing"


def _doubles(base: str) -> bool:
    short = len(base) <= 4 or base in {"submit", "format", "transfer", "refer", "debug", "enrol", "re-run", "rerun"}
    return short and base[-1] in "bdgklmnprt" and base[-2] in "aeiou" and base[-3:-2] not in tuple("aeiou")


def _participle(stem: str, infinitive: str) -> str:
    soft = "e" if stem.endswith(("t", "d", "chn", "ffn")) else ""
    inseparable = infinitive.startswith(("be", "ver", "er", "ent", "über", "unter", "wieder", "hinter", "zer"))
    if inseparable or infinitive.endswith("ieren"):
        return f"{stem}{soft}t"
    return f"ge{stem}{soft}t"


STARTING = word_set(
    "start begin stop end finish resume run continue close open move starten beginnen laufen enden anfangen kommen"
)
"""Verbs of what goes on by itself where no person is said to do it."""
PREFIXES = word_set(
    """ab an auf aus bei durch ein fertig fest frei gegen her herunter heraus raus hin hinzu hoch mit nach rum rund
    sicher um vor weg weiter zu zurück zusammen bereit los rein rüber runter vorbei klar bekannt
    bescheid"""
)


@lru_cache(maxsize=1)
def separable() -> frozenset[str]:
    """Infinitives whose prefix stands apart, in their cue spelling: `anschauen`."""
    return frozenset(spelling(listed.replace("|", "")) for listed in _listed(GERMAN) if "|" in listed)


_CLAUSE = re.compile(
    r"(?<=\w), (?:ob|dass|weil|damit|wenn|falls|denn|bevor|sobald|sodass|wann|warum|wer|wie|da|und zwar|sonst|dann)\b"
)
"""A clause that is told behind a task: `Bescheid, ob der Bericht so passt`."""
_REFLEXIVE = frozenset(["kümmern", "anschauen", "ansehen", "vornehmen", "melden", "durchsehen"])
_SELF = ("mich", "mir", "sich", "uns")


def german_task(said: str, infinitive: str) -> str:
    """A German task with its verb at the end: `das Protokoll` and `schicken`, `die Folie nach` and `bestellen`."""
    infinitive = infinitive.removeprefix("|")
    if ", " in said and (clause := _CLAUSE.search(said)):
        return german_task(said[: clause.start()], infinitive) + said[clause.start() :]
    words = said.split()
    if infinitive in _REFLEXIVE and words and words[0].lower() in _SELF:
        words = words[1:]
    if words and words[-1] in PREFIXES:
        return " ".join([*words[:-1], words[-1] + infinitive])
    return " ".join([*words, infinitive])
