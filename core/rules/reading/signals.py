"""Signals in natural talk: something has just gone wrong with a batch, a machine or a record."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.rules.reading.lexicon import IN_SIGNALS, Cue, Lexicon, lexicon_of
from core.rules.reading.parts import Sentence
from core.rules.reading.shapes import Item, Kind
from core.rules.reading.statements import said_in
from core.rules.reading.words import Word, word_set

_WEIGHTS = {
    "event": 2, "fault": 2, "change": 1, "just now": 1, "limit": 1, "measure": 1, "thing": 1, "store": 1, "gap": 0,
    "must be there": 0, "have got": 1, "was": 0, "old": -3, "paper": -2, "own things": -3,
}  # fmt: skip
"""What a cue of each sort says for a signal. Each sort counts once, a change for the worse twice at most."""
ENOUGH = 3
COMPOUNDS: dict[str, tuple[str, ...]] = {
    "must be there": (
        "protokoll", "label", "etikett", "unterschrift", "siegel", "eintrag", "zertifikat", "kennzeichnung",
    ),
    "thing": (
        "raum", "waage", "ventil", "sensor", "pumpe", "tank", "anlage", "maschine", "dichtung", "presse", "mischer",
        "trockner", "filter", "probe", "proben", "temperatur", "druck", "feuchte", "fass", "linie", "charge",
        "drucker", "leitung", "schrank", "kammer", "test", "messung", "lieferung", "saeule", "produkt", "material",
        "rohr", "schlauch", "kabine", "schleuse",
    ),
}  # fmt: skip
"""What German words end with, by the sort that they are of."""
_SHORT = 7
_NOT = word_set(
    """no not never none nobody nothing isn't aren't don't doesn't didn't wasn't weren't hasn't kein keine keinen
    nicht nie nichts"""
)


def signal_in(sentence: Sentence, text: str) -> Item | None:
    """Something that has gone wrong, by what it is, how fresh it is, and what it concerns."""
    if _was_before(sentence) or _is_studied(sentence) or _IN_PERSON.search(sentence.view, sentence.start, sentence.end):
        return None
    if (
        not _NO_NEWS.isdisjoint(sentence.row)
        or _is_supposed(sentence)
        or not any(sentence.mark(name) for name in _TELLING)
    ):
        return None
    if _is_wanted(sentence) or sentence.mark("propose") or sentence.mark("elsewhere") or _is_ahead(sentence):
        return None
    found = _cues(sentence)
    if found is None:
        return None
    names = [name for name, _ in found]
    if "measure" in names and not any(sign.isdigit() for sign in sentence.view[sentence.start : sentence.end]):
        names = [name for name in names if name != "measure"]
    beyond = "limit" in names and _is_beyond(sentence)
    if not _happened(names, beyond) or ("event" not in names and _WORKED.match(sentence.row) and not _found(sentence)):
        return None
    score = sum(_WEIGHTS[name] for name in set(names)) + _more(names, beyond) + sentence.row.endswith("**")
    if score < ENOUGH:
        return None
    trigger = next(value for name, value in found if name in _TELLING)
    return Item(Kind.SIGNAL, said_in(sentence, text), rule="something went wrong just now", trigger=trigger)


_STUDIED = re.compile(
    r"""\W*(?:i|we|i['’]ve|we['’]ve|ich|wir)[ ]
    (?=[^.;:?!,]{0,60}\b(?:\w*(?:deviation|report|record|document|protocol|investigation|abweichung|bericht|protokoll)\w*
      |oos|oot|capa|file|sop)\b)
    [^.;:?!,]{0,80}?\b(?:(?:gone|been|went|go)[ ](?:through|over)|look(?:ed)?[ ](?:at|into|through)|read|re-?read
      |reviewed|studied|gelesen|angeschaut|angesehen|durchgelesen|durchgegangen|geschaut)\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""Somebody tells what they make of a report: `I've gone through the deviation twice and still can't follow it`."""
_IN_PERSON = re.compile(
    r"""(?<!\w)(?:(?:sorry|apologies)[ ,]+(?:for[ ](?:being|joining)[ ]|to[ ]be[ ])?(?:(?:a[ ]bit|so)[ ])?late\b
    |(?:i['’]?m|i[ ]am)[ ](?:(?:running|a[ ]bit|so)[ ]){0,2}late\b
    |(?:i|we|i['’]?m|we['’]?re)[ ](?:(?:am|are|was|were|got|still|just)[ ]){0,2}stuck\b[ ](?:in|at|on)\b
    |(?:sorry|entschuldigung|ich)\b[^.;?!]{0,24}\bverspätung)""",
    re.VERBOSE | re.IGNORECASE,
)
"""What holds up somebody and no batch: `sorry I'm late, was stuck in the gowning area`."""
_NO_NEWS = frozenset("V?123oc_")
"""Parts with which a sentence tells of nothing that has happened."""
_WORKED = re.compile(r"[lku,]*[PMI]h?y")
_FINDING = word_set("found noticed saw seen discovered spotted reported observed detected gefunden bemerkt entdeckt")


def _is_studied(sentence: Sentence) -> bool:
    """Whether somebody only tells what they read, and not what they found."""
    if _STUDIED.match(sentence.view, sentence.start, sentence.end) is None:
        return False
    return _FINDING.isdisjoint(word.low for word in sentence.words)


def _found(sentence: Sentence) -> bool:
    """Whether somebody came upon what they tell of, and did not do it: `Luís found …`, not `Luís opened …`."""
    return any(word.low in _FINDING for word in sentence.words[:_EARLY])


_EARLY = 6
"""Words of a sentence among which its verb stands."""
_HAD = word_set("had hatte hatten")
_PARTICIPLES = ("ed", "en", "ne", "wn")


def _was_before(sentence: Sentence) -> bool:
    """Whether it tells of what had been so: `the humidity had gone down`."""
    pairs = zip(sentence.parts, sentence.parts[1:], strict=False)
    return any(
        had.low in _HAD and (after.code == "y" or (after.code == "N" and after.low.endswith(_PARTICIPLES)))
        for had, after in pairs
    )


def _is_supposed(sentence: Sentence) -> bool:
    """Whether it holds only under a condition; `when it arrived` is none."""
    place = sentence.row.find("i")
    if place < 0:
        return False
    told = sentence.parts[place].low in ("when", "as") and sentence.words[0].low not in ("when", "as")
    return not told or any(code in sentence.row for code in "wc")


_RISK = word_set("risk risks risiko risiken")
_OVER = re.compile(
    r"""(?<!\w)(?:
      (?:drift|problem|issue|leak|noise|alarm|error|deviation|fault|trouble|outage|stop|stoppage
        |\w*(?:fehler|abweichung|leck|alarm|ausfall|stillstand|störung))s?
      [ ](?:(?:on|in|of|from|at|an|am|im|auf|bei|beim|von|vom)[ ](?:\w+[ ]){1,3})?
      (?:(?:has|have|had|been|is|was|are|were|gets|got|ist|sind|wurde|war|now|all|also|auch|meanwhile|already|finally
        |schon|bereits|inzwischen|wieder|nach|after|\d+|\w+[ ](?:minuten|minutes|min|stunden|hours))[ ]){0,5}
      (?:disappeared|gone|vanished|stopped|over|solved|away|closed|resolved|sorted|fixed|settled|cleared|off
        |acknowledged|weg|verschwunden|vorbei|geschlossen|erledigt|behoben|geklärt|quittiert)
    | (?:runs?|works?|working|running|up|online|in[ ]use|in[ ]service|operational)[ ]again
    | (?:läuft|laufen|lief|geht|gehen|funktioniert|funktionieren|tut|arbeitet|druckt|kühlt|hält)
      [ ](?:(?!schon)\w+[ ]){0,4}wieder(?![ ](?:nicht|heiß|heiss|über|voll|aus|leer|weg|undicht|zu))
    | wieder[ ](?:im[ ]einsatz|in[ ]betrieb|online|dicht|heil|normal|am[ ]laufen|im[ ]plan|im[ ]soll)
    | was[ ](?:only|just)[ ](?:an?|the|one|some)
    | war[ ](?:nur|bloß|lediglich)[ ](?:ein|eine|der|die|das)
    | every[ ](?:day|week|month|morning|night)|jede[ns]?[ ](?:tag|woche|morgen|monat)
    | (?:took|lasted|dauerte)[ ](?:only|just|nur|bloß)
    )(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
"""Trouble that has ended, and what turned out to be none or is heard every day."""
_BUT, _BACK = word_set("but aber"), word_set("again back wieder")


def _is_over(sentence: Sentence) -> bool:
    """Whether its trouble has ended, and did not come back: `… was cleared but is there again`."""
    if not _OVER.search(sentence.view, sentence.start, sentence.end):
        return False
    said = [word.low for word in sentence.words]
    but = next((place for place, word in enumerate(said) if word in _BUT), len(said))
    return not _BACK.intersection(said[but:])


def _is_wanted(sentence: Sentence) -> bool:
    """Whether it says what somebody should do, and not what a value should be; or that trouble is over, or a risk."""
    if any(word.low in _RISK for word in sentence.words) or _is_over(sentence):
        return True
    pairs = zip(sentence.parts, [*sentence.parts[1:], None], strict=True)
    return any(part.code == "O" and (after is None or after.code != "b") for part, after in pairs)


_TELLING = ("event", "fault", "change", "limit", "gap", "store")
_COUNTED = ("lot", "batch", "line", "drum", "room", "charge", "linie", "fass")
"""What a number right behind only tells from others of its sort."""
_MEASURED = re.compile(
    rf"(?<![\w.,-]){''.join(f'(?<!{word} )' for word in _COUNTED)}(\d+(?:[.,]\d+)?)(?![\w-])", re.IGNORECASE
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def _happened(names: list[str], beyond: bool) -> bool:
    """Whether it tells of an event: a name for one, a fault of some thing, a change that is fresh or measured, a value
    beyond its limit, a missing entry, a store at another temperature."""
    fresh = "just now" in names or "measure" in names
    changes = names.count("change")
    return (
        beyond
        or "event" in names
        or ("fault" in names and ("thing" in names or fresh))
        or (changes > 0 and fresh)
        or changes > 1
        or ("gap" in names and "must be there" in names)
        or ("store" in names and "measure" in names and "just now" in names)
    )


def _more(names: list[str], beyond: bool) -> int:
    """What counts beside the sorts: a second change, a value beyond its limit, a gap in what must be there; what was
    so is not fresh."""
    gap = "gap" in names and "must be there" in names
    over = "was" in names and "just now" not in names and "event" not in names and not gap
    return 2 * beyond + (names.count("change") > 1) + 2 * gap - 2 * over


def _is_ahead(sentence: Sentence) -> bool:
    """Whether it tells of what will be, or of a day that is still to come."""
    if any(part.code == "w" and part.low not in ("wird", "werden") for part in sentence.parts):
        return True
    days = [part.value for part in sentence.parts if part.code == "D" and part.low not in _OF_NOW]
    return any(day.when.days.day > day.today and day.preposition not in ("since", "seit") for day in days)


_OF_NOW = word_set("this diese diesen dieser dieses")
"""What begins a time that has begun: `the third batch this month`."""


def _is_beyond(sentence: Sentence) -> bool:
    """Whether a value is not what is said with it: above a limit, outside a range, another one than expected."""
    if _NUMBER.search(sentence.view, sentence.start, sentence.end) is None:
        return False
    lexicon = lexicon_of(*IN_SIGNALS)
    for place in range(min(len(sentence.words), _MOST_WORDS)):
        cue = lexicon.at(sentence.words, place)
        if cue is not None and cue.name == "limit":
            at = sentence.words[place].start
            before = [_value(found) for found in _MEASURED.findall(sentence.view, sentence.start, at)]
            after = [_value(found) for found in _NUMBER.findall(sentence.view, at, sentence.end)]
            if before and after:
                bound = any(word.low in _BOUNDS for word in sentence.words[place : place + cue.length + 2])
                return _parts_from(before, after, "" if bound else cue.value)
    return False


def _parts_from(values: list[float], told: list[float], cue: str) -> bool:
    if cue in _EXPECTING:
        return values[-1] != told[0]
    if len(told) > 1 and told[0] < told[1]:
        return not any(told[0] <= value <= told[1] for value in values)
    return max(values) > told[0]


_MOST_WORDS = 60
"""Words of a sentence in which a limit is sought; one with more of them tells of no value."""
_EXPECTING = frozenset({"expected", "instead of", "statt", "anstatt", "erwartet", "should have been", "should be"})
_BOUNDS = word_set(
    "below above under over max min maximum minimum at between less more within least most up unter über"
)
"""Words that make the value after them a limit, where it stood for what is expected."""


def _value(number: str) -> float:
    return float(number.replace(",", "."))


def _cues(sentence: Sentence) -> list[tuple[str, str]] | None:
    """The cues of a sentence, each once; None where it says that something is not so."""
    found: dict[tuple[str, str], None] = {}
    words, lexicon = sentence.words, lexicon_of(*IN_SIGNALS)
    place = 2 if len(words) > 1 and words[0].low in _NOT and words[1].low == "," else 0  # it answers no
    while place < len(words):
        cue = _cue_at(sentence, place, lexicon)
        if words[place].low in _NOT and (cue is None or cue.name not in ("event", "gap")):
            return None
        if (
            cue is not None
            and cue.name == "gap"
            and words[place].low in _WITHOUT
            and _is_event(words[place + 1 : place + 4])
        ):
            return None
        if cue is not None:
            found[cue.name, cue.value] = None
        elif len(words[place].low) > _SHORT and (name := _compound(words[place].low)):
            found[name, words[place].low] = None
        place += cue.length if cue else 1
    return list(found)


_ONLY = frozenset({"only", "nur"})
_LED = word_set("noch about some around approx ca etwa the half rund gut knapp in")
_COUNTS = word_set("half one two three four five six seven eight nine ten hälfte zwei drei vier fünf sechs sieben acht")
_QUICK = word_set(
    """min mins minutes minute h hr hrs hours hour sec seconds days day minuten minute stunden stunde sekunden tage
    rejects reject alarms alarm deviations deviation errors error findings comments fehler abweichungen ausschuss"""
)
"""What is good news where it is little: `only 40 min`, `only two rejects`."""
_FETCHING = "hole"
"""A German verb, `ich hole Kaffee`, that is trouble in English."""


def _cue_at(sentence: Sentence, place: int, lexicon: Lexicon) -> Cue | None:
    """The cue at a word, where it is meant so."""
    words = sentence.words
    cue = lexicon.at(words, place)
    if cue is None or (cue.value in _ONLY and not _is_too_few(words[place + 1 : place + 5])):
        return None
    start = words[place].start
    if cue.value == _FETCHING and any(part.code == "f" and part.start == start for part in sentence.parts):
        return None
    return cue


def _is_too_few(words: Sequence[Word]) -> bool:
    """Whether words behind `only` count something of which there should be more."""
    counted = next((at for at, word in enumerate(words) if word.low not in _LED), len(words))
    if counted == len(words) or not (words[counted].low[0].isdigit() or words[counted].low in _COUNTS):
        return counted > 0 and words[counted - 1].low == "half"
    return _QUICK.isdisjoint(word.low for word in words[counted + 1 :])


_WITHOUT = word_set("without lacking ohne")


def _is_event(words: Sequence[Word]) -> bool:
    """Whether a name for an event is among some words: `without any OOS`."""
    return lexicon_of("event").anywhere(words) is not None


def _compound(word: str) -> str:
    """The sort of a German compound by its last word: `Wiegeprotokoll`, `Dosierpumpe`."""
    return next((name for name, ends in COMPOUNDS.items() if word.endswith(ends)), "")
