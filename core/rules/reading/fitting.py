"""Whether the words at a place are such as a rule is about: one check for each of its flags that needs one."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from core.rules.reading.parts import Part, Sentence
from core.rules.reading.things import ARTICLES, GERMAN_ARTICLES, is_thing
from core.rules.reading.verbs import GERMAN_STATES, PREFIXES, separable
from core.rules.reading.words import Word, spelling, word_set

LEADING = word_set("for with to down of für mit")
"""What may stand between whoever a task is for and the task."""
_FOR = word_set("for für um")
_REMINDING = word_set("reminder erinnerung kurze")
_FINDING = word_set(
    """check ask look find sort confirm verify talk call dig get send clarify follow chase draft prepare update ping
    investigate contact see_to double speak take upload schedule"""
)
"""Verbs by which `let me …` promises something."""
_SAYING = word_set(
    """propose suggest recommend request ask plan support advise estimate note understand question quote"""
)
"""Verbs by which `I …` does nothing but say something."""
_TELLING = frozenset({"ask", "say", "tell", "report", "state", "explain", "suggest", "propose", "announce", "note"})
_TOLD = word_set("for about if whether that dass ob nach")
"""What follows a verb of telling where it tells what somebody only wants or says."""
_AGAIN = word_set("say admit confess mention stress repeat run dash head hop")
"""Verbs of saying and leaving, which promise nothing where nothing follows."""
_VOCATIVES = word_set("mate buddy pal my")
_PARTICLES = word_set("mal doch kurz schnell einfach noch eben halt bloß nur")
"""Words of a German request that add nothing to it: `schau mal bitte`."""
_COMMENTS = word_set("good then ok okay great fine perfect works agreed nice thanks sounds passt super gut danke")
"""How somebody begins who only comments on what was said."""
_NEAR = 5
"""Words at the end of a sentence among which a German verb's prefix stands."""


class Candidate(NamedTuple):
    """A place in a sentence at which a rule fits, and the part with which the task begins."""

    match: re.Match[str]
    task: int
    sentence: Sentence

    @property
    def parts(self) -> list[Part]:
        """All parts of the sentence."""
        return self.sentence.parts

    @property
    def first(self) -> int:
        """Where the rule's row begins."""
        return self.match.start()

    @property
    def said(self) -> Part:
        """The part with which the task begins."""
        return self.sentence.parts[self.task]

    @property
    def before(self) -> Part | None:
        """The part before the task."""
        return self.sentence.parts[self.task - 1] if self.task else None

    @property
    def following(self) -> Part | None:
        """The part after the task's first."""
        return self.sentence.parts[self.task + 1] if self.task + 1 < len(self.sentence.parts) else None


def meets(flags: frozenset[str], candidate: Candidate) -> bool:
    """Whether the words are such as the rule is about."""
    if not _may_be_task(candidate) or not ("seeing" in flags or _whole(candidate)) or _is_told(candidate):
        return False
    return all(check(candidate) for flag, check in CHECKS.items() if flag in flags)


def _may_be_task(candidate: Candidate) -> bool:
    """Whether what follows is no comings and goings of a call, such as `mute` or `go on`, and is not over."""
    said, following = candidate.said, candidate.following
    if following is not None and said.code == "E" and following.code == "s":
        return False
    if following is not None and said.low == "have" and following.code == "y":
        return False
    if said.low in _FEELINGS and candidate.before is not None and candidate.before.value == "get":
        return False
    return said.code != "s" or said.low in ("be", "have")


_FEELINGS = word_set(
    "nervous tired worse sick ill lost stuck angry hungry cold old used married busy excited confused anxious worried"
)
"""What somebody gets without doing anything."""


def _whole(candidate: Candidate) -> bool:
    """Whether a verb that is a task only with its prefix, as `passt … an`, has it, and any other has none that makes
    another verb of it."""
    sentence, parts = candidate.sentence, candidate.parts[candidate.first : candidate.task]
    parted = [part for part in parts if part.code in "f@" and str(part.value).startswith("|")]
    if parted:
        core = spelling(str(parted[0].value)[1:])
        if core in _TRANSITIVE and any(part.low in _OBJECTS for part in _beside_days(candidate)):
            return True
        words = _words_beside_days(sentence)
        prefixes = [word.low for word in words[-_NEAR:] if word.low in PREFIXES]
        freely = words[-1].low in _FREE_PREFIXES and core not in GERMAN_STATES
        return freely or any(f"{prefix}{core}" in separable() for prefix in prefixes)
    last = sentence.words[-1].low
    said = [part for part in parts if part.code in "fz" and str(part.value).endswith("en")]
    if len(said) != 1 or sentence.row.count("f") > 1 or last not in PREFIXES:
        return True
    core = spelling(str(said[0].value))
    return (last in _FREE_PREFIXES and core not in GERMAN_STATES) or f"{last}{core}" in separable()


def _words_beside_days(sentence: Sentence) -> list[Word]:
    """The words of a sentence without a day behind its end: `… stimmen den Text ab, Termin 22.04.`."""
    days = [part for part in sentence.parts if part.code in "dD"]
    inside = [word for word in sentence.words if not any(day.start <= word.start < day.end for day in days)]
    return [word for word in inside if word.low not in ",."] or list(sentence.words)


_TRANSITIVE = word_set("fahren")
"""Verbs without a prefix that are a task with an object: `fährt den Drehzahltest`, unlike `fährt nach Dublin`."""
_OBJECTS = word_set("den die das eine einen unsere unseren")


def _beside_days(candidate: Candidate) -> list[Part]:
    """What the task begins with, past its day."""
    return [part for part in candidate.parts[candidate.task : candidate.task + 2] if part.code not in "dD"][:1]


_FREE_PREFIXES = word_set(
    "frei fertig bereit weg rein raus rüber zusammen nach vor ab ein durch hoch runter weiter leer"
)
"""Prefixes that go with verbs of doing at large: `räumt … frei`."""


def _is_told(candidate: Candidate) -> bool:
    """Whether it only tells what somebody asks for or says: `Luís asks for a new date by Friday`."""
    before = candidate.before
    return before is not None and before.code == "f" and before.value in _TELLING and candidate.said.low in _TOLD


def _is_something_to_do(candidate: Candidate) -> bool:
    """Whether what follows is something to do, and no state such as `be there`."""
    part, following = candidate.said, candidate.following
    if part.low == "have":
        return following is not None and following.low in ARTICLES
    if part.low == "be":
        return following is not None and following.low in ("responsible", "accountable")
    if part.low == "do":
        return True
    if part.code == "P" and part.value.titled and part.low not in ARTICLES:
        return False  # `Jürgen will chair`
    return part.code not in "sbhxtAqn" and part.low not in ARTICLES


_ANNOUNCED = frozenset({"ich werde", "ich will"})
"""`Ich werde Luís bitten, …`: what the speaker does, and nothing that is asked of Luís yet."""


def _begs(candidate: Candidate) -> bool:
    return any(part.low == "bitten" for part in candidate.parts[candidate.first : candidate.task])


def _is_asked(candidate: Candidate) -> bool:
    """Whether it asks for something; not `Hùng kindly repeated it`, and not `please, Tomáš: …`, whose owner is read
    by another rule."""
    said, before, following = candidate.said, candidate.before, candidate.following
    if said.low in ARTICLES or (before is not None and before.low == "kindly" and said.code == "y"):
        return False
    if "stranger" in candidate.match.re.groupindex and said.code in "PMIC":
        return False
    if said.low in _IT_IS or (following is not None and said.low in _IT and following.code in "bwho"):
        return False
    if _CLOSED.match(candidate.sentence.row, max(0, candidate.first - 1)):
        return False
    if candidate.first and candidate.parts[candidate.first - 1].code == "1" and _begs(candidate):
        return False
    called = following is not None and said.code in "PM" and following.code in ":,-"
    return not called or "owner" in candidate.match.re.groupindex


_IT_IS = word_set("it's that's there's they're we're he's she's")
_IT = word_set("it that this they we he she there das es die dies sie wir er")
"""What a reason begins with that follows a request: `… please, it's dragging`."""
_CLOSED = re.compile(r"[dD]p,k")
"""`… by Monday please, and …`: what is asked for stands before it."""


def _is_ahead(candidate: Candidate) -> bool:
    """Whether it is no comment, `Luís: good, Monday`, and nothing that is or has been."""
    return candidate.said.low not in _COMMENTS and candidate.said.code not in "bhwOx"


def _is_doing(candidate: Candidate) -> bool:
    """Whether somebody is doing it now, and neither was nor only plans to."""
    before, following = candidate.before, candidate.following
    now = before is None or before.low in ("is", "are", "'s", "ist", "sind")
    return now and (following is None or following.code != "t")


_KNOWING = word_set("read hear see think believe guess know understand hope assume notice lese höre sehe denke glaube")
"""Verbs before what somebody knows or believes: `I read that the annex will be out in December`."""


_INQUIRING = word_set("frag frage ask")
_ON_ACCOUNT_OF = word_set("nur wegen bloß deshalb deswegen weil halt because only")
"""What follows where somebody tells why they ask: `ich frag nur wegen der Inventur`."""
_STATING = word_set(
    """insist admit say stress emphasise emphasize note mention think believe hope assume expect warn fear guess claim
    repeat add suggest propose recommend sagen betonen anmerken warnen zugeben"""
)
"""Verbs of which nothing but what they say follows: `I have to stress that the label is late by Friday`."""


def _is_promised(candidate: Candidate) -> bool:
    """Whether more is promised than to say something or to leave: not `I have to say, …`, not `I suggest to …`,
    and not that something will be needed."""
    said, before, following = candidate.said, candidate.before, candidate.following
    if said.code == "n" or (before is not None and before.code == "v" and before.low in _SAYING):
        return False
    if before is not None and before.low in _KNOWING and said.low in ("that", "dass"):
        return False
    if before is not None and before.low in _INQUIRING and said.low in _ON_ACCOUNT_OF:
        return False
    if said.low in _STATING and following is not None and following.low in ("that", "dass"):
        return False
    if said.low not in _AGAIN:
        return True
    return following is not None and following.code not in ",.*jT" and following.low not in ("it", "that", "off")


def _names_thing(candidate: Candidate) -> bool:
    headed = candidate.parts[candidate.first].code == "d"
    return is_thing(candidate.parts, candidate.task, candidate.match.end("task"), headed=headed)


def _has_zu(candidate: Candidate) -> bool:
    """Whether a German infinitive follows: `… zu prüfen`, `… durchzusehen`."""
    rest = candidate.parts[candidate.task :]
    return any(part.low == "zu" or (part.code == "z" and "zu" in part.low) for part in rest)


def _is_mate(candidate: Candidate) -> bool:
    return any(part.low in _VOCATIVES for part in candidate.parts[candidate.first : candidate.task])


def _before_is(words: frozenset[str]) -> Callable[[Candidate], bool]:
    return lambda candidate: candidate.before is None or candidate.before.low in words


def _begins_with(words: frozenset[str]) -> Callable[[Candidate], bool]:
    return lambda candidate: candidate.parts[candidate.first].low in words


_DELIVERING = word_set(
    """send share upload prepare draft write update circulate finalise finalize submit issue deliver provide complete
    finish file forward review sign compile collect reissue resend rerun repeat post email publish revise rewrite
    check test order book correct close"""
)
"""Verbs of which `will be …ing` promises the outcome, unlike `will be travelling`."""
_SEEING = word_set("schau schaue guck gucke achte sorge")
_ADDRESSING = word_set("an to")
_NAMED = frozenset("PM")


def _is_beside(candidate: Candidate) -> bool:
    """Whether somebody else's task stands before it: `Luís takes the photos, I the log`."""
    articled = candidate.said.low in ARTICLES or candidate.said.low in GERMAN_ARTICLES
    return articled and not _NAMED.isdisjoint(candidate.sentence.row[: candidate.first])


def _is_seeing_to_it(candidate: Candidate) -> bool:
    """Whether somebody promises that something will be so: `ich schau, dass …`, `ich sehe zu, dass …`."""
    told = [part.low for part in candidate.parts[candidate.first : candidate.task]]
    return (told[1] in _SEEING or "zu" in told) and candidate.sentence.words[-1].low != "bin"


def _is_requested(candidate: Candidate) -> bool:
    """Whether the verb is that of asking for something: `Request Luís to …`."""
    return any(part.value == "request" for part in candidate.parts[candidate.first : candidate.task])


_ENDS = re.compile(r"z[,dD.*jlp]*$")
"""A German main clause that ends in its infinitive."""
_ABLE = re.compile(r"(?P<doing>[zN])c\?")
"""How a German question whether somebody can do something ends: `…, ob Björn den Termin bestätigen kann?`"""


def _asks_whether_able(candidate: Candidate) -> bool:
    found = _ABLE.search(candidate.sentence.row)
    return found is not None and candidate.parts[found.start("doing")].low not in GERMAN_STATES


CHECKS: dict[str, Callable[[Candidate], bool]] = {
    "verb": _is_something_to_do,
    "polite": _is_asked,
    "date": _is_ahead,
    "self": _is_promised,
    "by": _is_doing,
    "thing": _names_thing,
    "zu": _has_zu,
    "vocative": _is_mate,
    "particle": lambda candidate: candidate.parts[candidate.task - 2].low in _PARTICLES,
    "for": _begins_with(_FOR),
    "reminder": _begins_with(_REMINDING),
    "asked": _before_is(_FOR),
    "volunteers": _before_is(word_set("volunteers volunteer")),
    "before": lambda candidate: candidate.parts[candidate.match.start("owner") - 1].low in _FOR,
    "finding": lambda candidate: candidate.said.low in _FINDING,
    "foreign": lambda candidate: candidate.said.code not in "PMIWCE",
    "ends": lambda candidate: _ENDS.search(candidate.sentence.row) is not None,
    "able": _asks_whether_able,
    "noun": lambda candidate: candidate.said.code in "0G" or candidate.said.low in GERMAN_ARTICLES,
    "asking": lambda candidate: _begs(candidate) and candidate.parts[candidate.first].value not in _ANNOUNCED,
    "asks": lambda candidate: "?" in candidate.sentence.row and "d" in candidate.sentence.row,
    "beside": _is_beside,
    "getting": lambda candidate: any(
        part.value == "get" for part in candidate.parts[candidate.first : candidate.match.start("owner")]
    ),
    "seeing": _is_seeing_to_it,
    "minding": _before_is(word_set("mind")),
    "requesting": _is_requested,
    "delivering": lambda candidate: str(candidate.said.value) in _DELIVERING,
    "addressing": lambda candidate: any(
        part.low in _ADDRESSING for part in candidate.parts[candidate.first : candidate.match.start("owner")]
    ),
    "skip": lambda candidate: "E" not in candidate.sentence.row[candidate.first : candidate.task],
}
"""A flag of a rule to what it demands of the words."""
