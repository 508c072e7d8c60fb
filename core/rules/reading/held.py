"""Whose a thing is said to be where no verb tells what to do with it: `slides are mine`, `the data stays with Hùng`,
`you'll have the list from me by Friday`, `das Protokoll mach ich`."""

from __future__ import annotations

import re
from typing import NamedTuple

from core.rules.due_phrases import DueReading
from core.rules.reading.openings import Opening
from core.rules.reading.owners import Behind
from core.rules.reading.parts import Part, Scene, Sentence, Who
from core.rules.reading.things import GERMAN_ARTICLES, NO_THINGS
from core.rules.reading.words import word_set

_FLAGS = frozenset({"polite", "bare"})
_FEW = 9
"""Words of a sentence that names no day and does nothing but say whose something is."""
_THING = "[NGvg0RfD][NG0vygfRPMkdDt/-]{0,11}?"
_CLOSED = r"(?=[,\-(]?[dD]?[)]?[,.*jlp$]*$)"
_CALLED = re.compile(r"^[lku,\-]*(?P<task>[NGvg0R][NG0vygfRmdDt/-]{0,11}?)p?,(?P<owner>[PMm])(?:,[dD])?[.*jlp$]*$")
_MINE = re.compile(
    rf"^[lku,\-]*(?P<leave>s(?=[NG]))?(?P<task>(?:[NG0]{{1,4}}:)?{_THING})(?P<mine>b?[,\-:]?7)(?:{_CLOSED}|(?=,))"
)
_LYING = re.compile(rf"^[lku,\-]*(?P<task>{_THING})(?P<link>w?[bfvsNt]{{0,2}}[Nt])(?P<owner>[PMmC]){_CLOSED}")
_WITH_YOU = re.compile(
    rf"^[lku,\-]*(?P<lead>(?:I?[NGy])[,:]l*)?(?P<task>{_THING})(?P<link>(?:wb|b|N)d?)(?P<with>N)Y(?=[,\-(]?d?[)]?[,.*jlp$]*$)"
)
_PROMISING = word_set("promise promised versprochen verspreche versprech")
_COMING_FROM = re.compile(
    r"^[lku,\-]*(?:[NG](?P<owner>[PMm])N(?P<task>[dD]?[NG].*)|[dD]NN(?P<owner2>[PMm])(?P<task2>[NG].*))$"
)
_OWNED = re.compile(
    rf"^[lku,\-]*(?:%N(?P<task>{_THING})b[dD]?(?P<owner>[PM])|N?(?P<task2>{_THING})b[dD]?(?P<owner2>[PM])%){_CLOSED}"
)
_HAVING = re.compile(r"^[lku,\-]*(?:(?P<owner>[PMI])?hy?|[dD]h(?P<behind>[PMI]))(?P<task>[^,.:;?*xbhV])")
_READYING = re.compile(r"^[lku,\-]*(?P<owner>[PMI])b(?P<task>[dDNG0]{2,9})[.*jlp]*$")
_GETTING = re.compile(r"^[lku,\-]*(?:3|Y[wf]?|[vs]|d[hfN]Y)(?P<task>[^,.:;?*]*)")
_AGENT = re.compile(r"^[lku,\-]*(?P<task>[NGvg0Rf][NG0vygfR]{0,8})y(?P<by>N)(?P<owner>[PM])d[.*]*$")
_THROUGH = re.compile(r"^[lku,\-]*(?P<task>G[NGvg0Rf]{0,8})(?P<by>N)(?P<owner>[PM])d[.*]*$")
_AGENTS = {_AGENT: ("by", "von", "durch"), _THROUGH: ("durch",)}
"""What stands before whoever something is to be done by: `Prüfung Annex durch Jürgen`."""
_TAKING = re.compile(r"(?P<take>[fzK]I)")
_ONLY_TAKING = re.compile(r"[lku,\-]*(?P<take>[fzK]I)Y?[dD][.*jlp]*$")
"""`mach ich bis morgen`: what it is, is asked."""
_DONE = re.compile(r"[NGvgf0][NGvg0yRtPM/dD,\-:k]*")
_AFTER_TAKING = re.compile(r"m?[N,\-]?[dD]?[,.*jlp$]*$")
_BEFORE_TASK = re.compile(r"^[lku,\-]*[fzK]I[dD]?[,\-:](?P<task>[NG]{2,6})(?=[,\-]*[dD]?[,.*jlp$]*$)")

_LYING_VERBS = word_set(
    """is are goes go stays stay lies lie sits sit remains remain rests rest comes come follow follows folgt folgen
    liegt liegen bleibt bleiben falls fall geht gehen ist sind kommt kommen still now is_with"""
)
_COMING = word_set("comes come kommt kommen follow follows folgt folgen")
_PLACES = word_set("with to on from by bei von an auf")
_ALONE = word_set("from von bei on")
"""Words that say whose a thing is without a verb: `the figures from Hùng by Friday`."""
_NEVER_MINE = word_set(
    """fault mistake mistakes pleasure idea ideas view opinion concern apologies apology error money life birthday cup
    turn round treat bad preference guess favourite favorite choice problem this that one these it honour honor
    schuld fehler idee meinung das"""
)
_READY = word_set("fertig zusammen durch beisammen parat bereit beieinander")
_GETS = word_set("have get receive bekommst bekommt kriegst kriegt hast habt erhaltet erhaeltst expect")
_TAKES = word_set(
    """kuemmere kuemmer mach mache uebernehme erledige nehme klaere besorge schreibe liefere mach's schicke schick sende
    bringe"""
)
FIRM = 3
"""The strength of `due`, `by` and `before`, see due_phrases."""


class Held(NamedTuple):
    """The task of a thing that is somebody's, and what says so, to be left out of its summary."""

    opening: Opening
    behind: Behind | None = None


def held(sentence: Sentence, scene: Scene, due: DueReading | None) -> Held | None:
    """A thing that is said to be somebody's, to be done by a day that is said with it."""
    if set("x?iVqcoO") & set(sentence.row) or sentence.mark("social") or sentence.mark("rule"):
        return None
    found = _taken(sentence, scene) or _mine(sentence, scene, due) or _called(sentence)
    if found is not None or due is None:
        return found
    return (
        _owned(sentence)
        or _by_agent(sentence)
        or _lying(sentence)
        or _with_you(sentence, scene)
        or _coming(sentence)
        or _having(sentence, scene)
        or _readying(sentence)
        or _getting(sentence, scene)
    )


def _opening(name: str, first: int, task: int, owner: Who) -> Opening:
    return Opening(name, _FLAGS, first, task, owner)


def _behind(sentence: Sentence, who: Who, first: int, last: int) -> Behind:
    return Behind(who, (sentence.parts[first].start, sentence.parts[last].end), first)


def _is_firm(sentence: Sentence) -> bool:
    return any(is_firm(part) for part in sentence.parts)


def is_firm(part: Part) -> bool:
    """Whether a part says by when, and not until when something lasts."""
    return part.code == "d" and part.value.strength >= FIRM and part.low not in ("until", "till")


def _mine(sentence: Sentence, scene: Scene, due: DueReading | None) -> Held | None:
    """`The slides are mine`, `floor plan is on me, by Tuesday`."""
    found = _MINE.match(sentence.row)
    if found is None or (due is None and len(sentence.words) > _FEW):
        return None
    things = sentence.parts[found.start("task") : found.end("task")]
    first, last = found.start("mine"), found.end("mine") - 1
    if any(part.low in _NEVER_MINE or part.low in NO_THINGS for part in things) or things[0].code == "y":
        return None
    left = found["leave"] is not None
    if left and sentence.parts[found.start("leave")].low != "leave":
        return None
    if sentence.parts[last].low in ("with", "bei", "in") and not left and not _is_firm(sentence):
        return None
    if sentence.parts[first].low in ("was", "were", "been", "be", "war", "waren"):
        return None
    opening = _opening("somebody owns it", found.start("task"), found.start("task"), scene.speaker)
    return Held(opening, _behind(sentence, scene.speaker, first, last))


def _lying(sentence: Sentence) -> Held | None:
    """`The data stays with Hùng, due Tuesday`, `figures from Hùng by Tuesday`."""
    found = _LYING.match(sentence.row)
    if found is None:
        return None
    parts, place = sentence.parts, found.start("owner")
    if parts[place].code == "C" and not ("p" in sentence.row and _is_firm(sentence)):
        return None  # a company brings what it brings, unless it is asked to
    link = place - 1
    while link > found.start("link") and parts[link].low not in _PLACES:
        link -= 1
    said = link - 1
    while said > 0 and parts[said].code in "dD":
        said -= 1
    verb = said > 0 and parts[said].low in _LYING_VERBS
    comes = verb and parts[said].low in _COMING and parts[link].low in ("from", "von")
    if parts[link].low not in (_PLACES if verb else _ALONE) or not (
        comes or _is_firm(sentence) or _dated(sentence, place)
    ):
        return None
    begin = said if verb else link
    if verb and parts[begin - 1].code == "w":
        begin -= 1
    things = [part for part in parts[found.start("task") : begin] if part.code not in "dD"]
    if not things or any(part.low in NO_THINGS or part.code == "y" for part in things):
        return None
    opening = _opening("somebody owns it", found.start("task"), found.start("task"), parts[place].value)
    return Held(opening, _behind(sentence, parts[place].value, begin, place))


def _with_you(sentence: Sentence, scene: Scene) -> Held | None:
    """`The URS will be with you by Friday`, `versprochen, die Liste ist bis Montag bei euch`; of what nobody promised
    in so many words the speaker is asked."""
    found = _WITH_YOU.match(sentence.row)
    if found is None or not _is_firm(sentence):
        return None
    parts, sure = sentence.parts, False
    if found["lead"] and not (sure := not _PROMISING.isdisjoint(part.low for part in parts[: found.end("lead")])):
        return None
    if parts[found.start("with")].low not in ("with", "bei") or (
        found["link"][0] == "N" and parts[found.start("link")].low not in _LYING_VERBS
    ):
        return None
    things = parts[found.start("task") : found.end("task")]
    if any(part.low in NO_THINGS or part.code == "y" for part in things):
        return None
    who = Who(scene.speaker.people, scene.speaker.ask or not sure)
    opening = _opening("somebody promises it", 0, found.start("task"), who)
    return Held(opening, _behind(sentence, who, found.start("link"), found.start("with") + 1))


def _coming(sentence: Sentence) -> Held | None:
    """`Von mir kommt bis Dienstag der Bericht`, `bis Dienstag kommt von Luís der Bericht`."""
    found = _COMING_FROM.match(sentence.row)
    if found is None or not _is_firm(sentence):
        return None
    first = found["owner"] is not None
    parts, owner = sentence.parts, found.start("owner" if first else "owner2")
    task = found.start("task" if first else "task2")
    comes = parts[owner - 1].low == "von" and parts[owner + 1 if first else owner - 2].low in _COMING
    if not comes or any(part.low in NO_THINGS for part in parts[task:]):
        return None
    return Held(_opening("somebody promises it", 0, task, parts[owner].value))


def _called(sentence: Sentence) -> Held | None:
    """`Certificates by Friday, Björn`, `door test, Luís, Monday`."""
    found = _CALLED.match(sentence.row)
    if found is None:
        return None
    parts, place = sentence.parts, found.start("owner")
    things = [part for part in parts[found.start("task") : place - 1] if part.code not in "dD"]
    if not things or any(part.low in NO_THINGS or part.code == "y" for part in things):
        return None
    asked = sentence.parts[place - 2].code == "p" and len(things) > 1
    if not (asked or _is_firm(sentence)) and sentence.row[place + 1 : place + 2] != ",":
        return None
    opening = _opening("a task with its owner behind", found.start("task"), found.start("task"), parts[place].value)
    return Held(opening, _behind(sentence, parts[place].value, place, place))


def _by_agent(sentence: Sentence) -> Held | None:
    """`Module 3 text frozen by Chidi before PPQ-1`."""
    found = _AGENT.match(sentence.row) or _THROUGH.match(sentence.row)
    if found is None or sentence.parts[found.start("by")].low not in _AGENTS[found.re]:
        return None
    place, who = found.start("by"), sentence.parts[found.start("owner")].value
    opening = _opening("to be done by then", found.start("task"), found.start("task"), who)
    return Held(opening, _behind(sentence, who, place, place + 1))


def _dated(sentence: Sentence, place: int) -> bool:
    """Whether a day stands behind whoever has it: `falls to Luís, 20 March`, `drawings from me Monday`."""
    rest = sentence.row[place + 1 : place + 3]
    return rest == ",D" or (rest[:1] == "D" and sentence.parts[place].code == "m")


def _owned(sentence: Sentence) -> Held | None:
    """`Owner for the register is Luís, due Monday`, `für die Filter ist Luís zuständig`."""
    found = _OWNED.match(sentence.row)
    if found is None:
        return None
    task, owner = ("task", "owner") if found["owner"] else ("task2", "owner2")
    place, who = found.start(task), sentence.parts[found.start(owner)].value
    last = found.end(owner) - (owner == "owner")
    opening = _opening("somebody owns it", 0, place, who)
    return Held(opening, _behind(sentence, who, found.end(task), last))


def _having(sentence: Sentence, scene: Scene) -> Held | None:
    """`Hùng has the data, due Tuesday`, `bis Montag habe ich die Zahlen zusammen`."""
    found = _HAVING.match(sentence.row)
    if found is None or not _is_firm(sentence):
        return None
    parts, task = sentence.parts, found.start("task")
    has = next(part for part in parts if part.code == "h")
    group = "owner" if found["owner"] else "behind" if found["behind"] else ""
    if not group and has.low != "i've":
        return None
    ready = any(part.low in _READY for part in parts[task:])
    german = has.low in ("hat", "habe", "hab", "haben")
    if has.low in ("had", "hatte") or (german and not ready) or (not german and not _is_article(parts[task])):
        return None
    if any(part.code == "y" or part.low in NO_THINGS for part in parts[task:] if part.low not in _READY):
        return None
    said: Who = parts[found.start(group)].value if group else scene.speaker
    return Held(_opening("somebody has it to do", found.start(), task, said))


def _is_article(part: Part) -> bool:
    return part.low in ("the", "a", "an", "our", "this", "that") or part.low in GERMAN_ARTICLES


def _readying(sentence: Sentence) -> Held | None:
    """`Ich bin bis Montag mit dem Protokoll durch`."""
    found = _READYING.match(sentence.row)
    if found is None or not _is_firm(sentence):
        return None
    said = [part for part in sentence.parts if part.code not in ".*jlp"]
    if said[-1].low not in _READY or not any(part.low == "mit" for part in said):
        return None
    who: Who = sentence.parts[found.start("owner")].value
    return Held(_opening("somebody has it to do", found.start(), found.start("task"), who))


def _getting(sentence: Sentence, scene: Scene) -> Held | None:
    """`You'll have the list from Luís by Monday`; whose it is, is asked where nobody is named."""
    found = _GETTING.match(sentence.row)
    if found is None or not _is_firm(sentence):
        return None
    parts = sentence.parts
    first = next((part for part in parts if part.code not in "lku,-"), parts[0])
    task = next((at + 1 for at, part in enumerate(parts[:6]) if part.low in _GETS and " " not in str(part.value)), None)
    if task is not None and first.code == "d":
        first, task = parts[min(task, len(parts) - 1)], task + 1
    if task is None or task >= len(parts) or first.low not in ("you'll", "you", "ihr", "du", "expect"):
        return None
    if any(part.code in "yhI" or part.low in NO_THINGS for part in parts[task:]):
        return None
    for place in range(task, len(parts) - 1):
        if parts[place].low in ("from", "von") and parts[place + 1].code in "PMm":
            who: Who = parts[place + 1].value
            opening = _opening("somebody promises it", 0, task, who)
            return Held(opening, _behind(sentence, who, place, place + 1))
    if sentence.parts[task - 2].code == "h":
        return None  # `bis Montag habt ihr Ruhe`
    return Held(_opening("somebody promises it", 0, task, Who(scene.speaker.people, True)))


def _taken(sentence: Sentence, scene: Scene) -> Held | None:
    """`Das Protokoll mach ich`, `mach ich, das Protokoll`."""
    row, parts = sentence.row, sentence.parts
    if (found := _ONLY_TAKING.match(row)) and parts[found.start("take")].low in _TAKES:
        return Held(_opening("I do it", 0, found.start("take"), scene.speaker))
    if found := _BEFORE_TASK.match(row):
        first = found.start("task") - 1
        taking = next(part for part in parts if part.code in "fzK")
        if taking.low in _TAKES and _names_thing(parts[found.start("task") : found.end("task")]):
            return Held(_opening("I do it", 0, first + 1, scene.speaker))
    for found in _TAKING.finditer(row):
        take = found.start("take")
        if not _takes(parts, take) or not _AFTER_TAKING.match(row, found.end() + _is_alone(parts, take)):
            continue
        begin = next((at for at, code in enumerate(row) if code not in "lku,-"), 0)
        last = take + 1 + _is_alone(parts, take)
        if last > take + 1 and not _NEVER_MINE.isdisjoint(part.low for part in parts[begin:take]):
            continue
        if take > begin and _DONE.fullmatch(row, begin, take) and _names_thing(parts[begin:take]):
            opening = _opening("I do it", begin, begin, scene.speaker)
            return Held(opening, _behind(sentence, scene.speaker, take, last))
    return None


def _takes(parts: list[Part], take: int) -> bool:
    """Whether a verb is one of taking on, or is said to be done by oneself: `den Filter bestelle ich selbst`."""
    return parts[take].low in _TAKES or (parts[take].code == "f" and _is_alone(parts, take))


def _is_alone(parts: list[Part], take: int) -> bool:
    return any(part.low in ("selbst", "selber") for part in parts[take + 2 : take + 3])


def _names_thing(parts: list[Part]) -> bool:
    """Whether more than a pronoun is said of what it is."""
    said = [part for part in parts if part.code in "NGvgf0R" and part.low not in GERMAN_ARTICLES]
    return any(part.code in "GRf" for part in said) or len(said) > 1
