"""Where tasks begin in a sentence of natural talk: by which rule, whose each is, and what it needs to be one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from core.rules.reading.grammar import Rule, rule
from core.rules.reading.parts import CODES, Part, Scene, Sentence, Who
from core.rules.reading.verbs import PREFIXES, STARTING, separable
from core.rules.reading.words import spelling, word_set

NOT_NAMES = word_set(
    """happy glad good great nice ready able keen time due back up down next hoping trying planning aiming looking
    working starting going used sorry pleased free willing welcome easy hard important best better enough likely
    subject similar close access according contrary relative respect prior feel love hate wish like hope intend
    expect promise offer order plan attempt reason way option chance ability need want remember reminder try
    proposal suggestion request note status update background context summary scope goal aim idea point result
    agenda topic attention question answer everything anything something nothing delighted excited unable
    unlikely set meant"""
)
"""Words that stand with a capital before `to` without being anybody."""

GERMAN_ARTICLES = word_set("der die das den dem ein eine einen unser unsere unseren dein deine deinen seine ihre")
NO_THINGS = word_set(
    """off back away out moment minute minutes second seconds quiet patience absent remote travelling traveling travels holiday holidays vacation leave sick ill free busy
    available onsite home here there present unavailable offline online late early abroad pto ooo urlaub
    krank weg frei unterwegs da abwesend dienstreise zurück heim great good nice thanks thank you excellent
    perfect well super danke prima toll since seit too also only very so as like is
    are was were geburtstag says said asked asks thinks believes does did ja nein yes no joins join left leaves
    arrives arrived works worked wants hopes likes loves expects wollte wollten konnte konnten musste
    durfte hätte wäre würde
    knows sits stays started starts looks seems feels
    fährt fliegt kommt geht bleibt ist hat war sagt meint denkt findet wartet hofft weiß"""
)
"""Words that tell where somebody is or what they think, and name nothing to be done."""
_NOT_FIRST = word_set(
    "for of to by from about via per with without on in at an von zu nach mit für auf im am bei um gegen aus über"
)
_NOT_LAST = word_set(
    """meeting call visit audit flight workshop training lunch dinner birthday session trip termin besuch holiday appointment
    schulung job work one news day weekend point question"""
)

_ARTICLES = word_set("the a an our your my his her their this that these those it")

RULES = tuple(
    (rule(name, row), frozenset(flags.split()))
    for name, row, flags in (
        ("asked by name", "begin please? owner sep? please? lead? sep? please? ask sep? please? task", "polite"),
        ("asked by name", "begin ask , owner , task", "polite"),
        ("asked by name", "begin stranger sep? please? ask sep? please? task", "polite"),
        ("asked whether somebody can", "begin please? can please? owner please? task", "verb"),
        ("asked whether somebody can", "begin can stranger please? verb_task", "date"),
        ("asked of everybody", "begin please? ask everybodys please? task", "polite"),
        ("asked", "begin please? ask sep? please? task", "polite"),
        ("somebody is to do it", "begin owner please? sep? please? to please? task", "verb"),
        ("a third party is to do it", "begin third to task", "verb date nobody"),
        ("somebody will do it", "begin owner please? will please? task", "verb"),
        ("somebody has to do it", "begin owner please? must please? task", "must verb"),
        ("somebody should do it", "begin owner should task", "weak verb"),
        ("told with please", "begin owner sep? softener? sep? please softener? sep? task", "polite"),
        ("told with please", "begin please sep? owner sep? task", "polite"),
        ("told with please", "begin stranger sep? please sep? task", "polite verb"),
        ("told to do it soon", "begin owner sep? please? soon sep? please? sep? task", ""),
        ("told with please", "begin owner ,|:|dash task word word? word? word? word? please", "nouns"),
        ("told with please", "begin mentioned task word word? word? word? word? please", "nouns"),
        ("told with please", "begin owner sep? due|day sep? please task", "polite"),
        ("told by name", "begin owner , task word word? word? word? infinitive", "date"),
        ("told with please", "begin owner ,? does me? please task", "own"),
        ("wanted of somebody", "begin want|asked owner to task", "verb date"),
        ("wished of somebody", "begin wish known can please? task", "verb"),
        ("wanted of somebody", "begin i|we need owner to task", "verb"),
        ("asked of somebody", "begin asking owner please? ,? please? to task", "polite verb"),
        ("asked of somebody", "begin asking owner will? verb_task", "polite"),
        ("I will", "begin asking me sep? task", "self date skip"),
        ("asked of somebody", "begin asking owner does task", "polite"),
        ("asked of somebody", "begin asking owner please? ,? task", "polite verb zu"),
        ("asked of somebody", "begin asking you , owner ,? to task", "polite verb"),
        ("asked by name", "begin owner sep? asking you please? ,? to? task", "polite verb"),
        ("wished of somebody", "begin wish known task", "verb"),
        ("wished of somebody", "^ lead* if owner can please? task", "verb if"),
        ("wished of somebody", "^ lead* owner ,? softener ,? verb_task", "verb if"),
        ("asked of anybody", "begin someone can task", "date verb"),
        ("asked of anybody", "^ lead* take task", "date nobody volunteers"),
        ("asked by name", "begin owner? sep? you_do task", "date polite"),
        ("asked of everybody", "begin please does everybodys task", "polite"),
        ("somebody needed for it", "begin i|we|they? need|want someone to task", "verb nobody"),
        ("reminded", "^ lead to|word owner : please? task", "reminder"),
        ("named as its owner", "begin holder_mark is? :? owner :|dash|, task", ""),
        ("please", "begin softener? sep? please soon? softener? sep? task", "polite"),
        ("somebody and I will", "begin owner and i_will task", "also verb"),
        ("I will", "begin i_will task", "self verb"),
        ("we will", "begin we_will task", "we verb"),
        ("I will", "begin due|day sep? i_will task", "self verb"),
        ("I have to", "begin i must task", "self must verb"),
        ("we have to", "begin we must task", "we date must verb"),
        ("we should", "begin we should task", "we date verb"),
        ("I can by then", "begin i_can task", "self date verb"),
        ("let me", "begin let_me verb_task", "self finding"),
        ("I am doing it by then", "begin i_am_doing doing_task", "self date"),
        ("I owe", "begin i owe task", "self"),
        ("somebody owes it", "begin owner owe task", "owns"),
        ("somebody is doing it by then", "begin owner is doing_task", "date by"),
        ("somebody owns it", "begin owner take task", "owns"),
        ("I do it", "begin i does task", "self own"),
        ("I do it by then", "begin i verb task", "self date"),
        ("we do it by then", "begin we does|infinitive|verb task", "we date"),
        ("somebody does it by then", "begin owner does|infinitive task", "date"),
        ("by then somebody does it", "begin due|day does|infinitive owner|i|we task?", "date inverted"),
        (
            "it is done by somebody by then",
            "begin object_task does|infinitive please? owner|i|we",
            "date inverted object",
        ),
        ("name and task", "begin owner : verb_task", "told"),
        ("name and task", "begin owner :|dash|arrow|bar task", "date colon"),
        ("name and task", "begin strangers : task", "date colon"),
        ("name and task", "begin owner sep? due|day sep? task", "date"),
        ("name and task", "begin me :|dash|arrow task", "date colon self"),
        ("name and task", "begin due|day :|dash owner ,|:|dash|arrow task", "date"),
        ("name and task", "^ lead* owner / task", "date"),
        ("name and task", "begin due|day :|,|dash owner thing_task", "date thing"),
        ("name and task", "begin known thing_task", "date colon thing"),
        ("name and task", "begin known ( thing_task", "date colon thing"),
        ("name and task", "begin known ,|dash thing_task", "date thing"),
        ("name and task", "^ lead* mine :|dash|, task", "date colon self"),
        ("for somebody", "begin word owner :|dash task", "date colon for"),
        ("for somebody", "^ lead* word word? word? word? owner : verb_task", "told before"),
        ("for somebody", "^ lead* word word? word? word? owner :|dash task", "date colon before"),
        ("told by name", "begin owner ,|:|dash infinitive_task", "told"),
        ("I will", "^ lead* object_task i_will verb", "self date front"),
        ("for somebody", "begin job_for owner sep? task", "date colon skip"),
        ("for somebody", "begin owner sep? job_for you sep task", "date colon"),
        ("for somebody", "begin job_for you sep? owner sep task", "date colon"),
        ("for somebody", "begin owner sep? lead :|dash|, task", "date colon vocative"),
        ("I am to do it", "begin me to task", "self verb"),
        ("mentioned with a task", "begin mentioned sep? task", "date"),
        ("told by name", "begin owner ,? verb_task", "date"),
        ("told by name", "begin owner , does me? task", "date"),
        ("somebody unknown is to do it", "begin stranger please? to please? task", "verb date"),
        ("somebody unknown will do it", "begin stranger will please? task", "verb date"),
        ("somebody unknown does it by then", "begin stranger does|take task", "date foreign"),
    )
)
"""Name, the row of parts, and what else counts, the strongest first.

`verb`: the task has to be something to do. `date`: only with a day. `self`, `we`: the author's, and `also` theirs.
`nobody`: no owner yet. `polite`: put to whoever is addressed. `weak`: a suggestion. `must`: perhaps a rule's text.
`owns`: only where the sentence says little else. `colon`: may wait for a day that others of its line bring.
`inverted`: the owner behind the verb.
"""


MOST_MATCHES = 40
"""Places in a sentence at which a rule is tried."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Where a task begins: the rule and its demands, the first part of all, that of the task, and the owner said."""

    rule: str
    flags: frozenset[str]
    first: int
    task: int
    owner: Who | None = None
    stranger: int | None = None
    """The part that names somebody or some company who is no member, to be kept in the summary."""
    reach: int = 0
    """Where what the rule is about ends: no other task begins before."""


def openings(sentence: Sentence, scene: Scene) -> list[Opening]:
    """Where tasks begin in a sentence, in order, each by the strongest rule for it."""
    found: dict[int, tuple[int, Opening]] = {}
    row = sentence.row
    for strength, one, flags in _candidates(frozenset(row)):
        for match in islice(one.pattern.finditer(row), MOST_MATCHES):
            opening = _opening(one, flags, match, sentence, scene)
            if opening is not None and (opening.task not in found or found[opening.task][0] > strength):
                found[opening.task] = (strength, opening)
    apart: list[Opening] = []
    for _, opening in sorted(found.values(), key=lambda one: (one[1].first, one[0])):
        if not apart or opening.first >= max(apart[-1].task, apart[-1].reach):
            apart.append(opening)
    return apart


@lru_cache(maxsize=4096)
def _candidates(signs: frozenset[str]) -> tuple[tuple[int, Rule, frozenset[str]], ...]:
    """The rules that may fit a row of these signs, each with its strength."""
    ranked = ((strength, one, flags) for strength, (one, flags) in enumerate(RULES))
    return tuple(entry for entry in ranked if entry[1].may_fit(signs))


def _opening(
    one: Rule, flags: frozenset[str], match: re.Match[str], sentence: Sentence, scene: Scene
) -> Opening | None:
    task = match.start("task") if match["task"] is not None else match.end()
    if "skip" in flags:
        while task < len(sentence.parts) - 1 and sentence.parts[task].low in _LEADING:
            task += 1
    if task >= len(sentence.parts) or not _meets(flags, match, task, sentence):
        return None
    said = _who(flags, match, sentence.parts, scene)
    if said is None:
        return None
    who, stranger = said
    return Opening(one.name, flags, match.start(), task, who, stranger, match.end())


def _who(
    flags: frozenset[str], match: re.Match[str], parts: list[Part], scene: Scene
) -> tuple[Who | None, int | None] | None:
    """Whose a task is, and where a stranger stands that keeps a place in its summary; None where a word before `to`
    is nobody."""
    groups = match.re.groupindex
    if "stranger" in groups:
        place = match.start("stranger")
        said = [parts[at].low for at in range(place, match.end("stranger"))]
        named = NOT_NAMES.isdisjoint(said) and not ("foreign" in flags and said[0] in _ARTICLES | GERMAN_ARTICLES)
        return (Who((), True), place) if named else None
    if "owner" in groups and match["owner"]:
        place = match.start("owner")
        who: Who = parts[place].value
        if "also" in flags:
            who = Who((*who.people, *scene.speaker.people), who.ask or scene.speaker.ask)
        return who, place if parts[place].code in "UC" else None
    if "nobody" in flags:
        return Who((), True), match.start() if parts[match.start()].code == CODES["third"] else None
    if "self" in flags or ("inverted" in flags and "I" in match[0]):
        return scene.speaker, None
    if flags & {"we", "inverted"}:
        return Who(scene.speaker.people, True), None
    return None, None


def _meets(flags: frozenset[str], match: re.Match[str], task: int, sentence: Sentence) -> bool:
    """Whether the words are such as the rule is about."""
    parts, first = sentence.parts, match.start()
    before = parts[task - 1] if task else None
    if "polite" in flags and before is not None and before.low == "kindly" and parts[task].code == "y":
        return False  # it tells what somebody kindly did
    if not _may_be_task(parts, task) or not _whole(parts, first, task, sentence):
        return False
    return not (
        ("verb" in flags and not _is_task(parts, task))
        or ("polite" in flags and parts[task].low in _ARTICLES)
        or ("before" in flags and parts[match.start("owner") - 1].low not in _FOR)
        or ("for" in flags and parts[first].low not in _FOR)
        or ("volunteers" in flags and before is not None and not before.low.startswith("volunteer"))
        or ("by" in flags and before is not None and before.low not in ("is", "are", "'s", "ist", "sind"))
        or ("by" in flags and parts[task + 1 : task + 2] != [] and parts[task + 1].code == "t")
        or ("vocative" in flags and not any(part.low in _VOCATIVES for part in parts[first:task]))
        or ("zu" in flags and not any(_with_zu(part) for part in parts[task:]))
        or (before is not None and before.code == "f" and before.value in _TELLING and parts[task].low in _TOLD)
        or ("thing" in flags and not _is_thing(parts, task, match.end("task"), headed=parts[first].code == "d"))
        or ("date" in flags and (parts[task].low in _COMMENTS or parts[task].code in "bhwOx"))
        or ("skip" in flags and "E" in sentence.row[first:task])
        or ("reminder" in flags and parts[first].low not in _REMINDING)
        or ("finding" in flags and parts[task].low not in _FINDING)
        or ("foreign" in flags and parts[task].code in "PMIWCE")
        or ("self" in flags and parts[task].low in _AGAIN and _says_no_more(parts, task))
        or ("self" in flags and before is not None and before.code == "v" and before.low in _SAYING)
    )


_FOR = word_set("for für")
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


def _with_zu(part: Part) -> bool:
    """Whether it is the `zu` of a German infinitive."""
    return part.low == "zu" or (part.code == "z" and "zu" in part.low)


_AGAIN = word_set("say admit confess mention stress repeat run dash head hop")


def _says_no_more(parts: list[Part], task: int) -> bool:
    """Whether a verb of saying or leaving is all that is promised: `I have to say, …`, `I'll say it again`."""
    following = parts[task + 1] if task + 1 < len(parts) else None
    return following is None or following.code in ",.*jT" or following.low in ("it", "that", "off")


_VOCATIVES = word_set("mate buddy pal my")
_LEADING = word_set("for with to down of für mit")
"""What may stand between whoever a task is for and the task."""
_COMMENTS = word_set("good then ok okay great fine perfect works agreed nice thanks sounds passt super gut danke")
"""How somebody begins who only comments on what was said."""


def _is_thing(parts: list[Part], first: int, end: int, *, headed: bool) -> bool:
    """Whether some parts name a thing to be done, `column data`, and do not tell where somebody is or what happened."""
    said = parts[first:end]
    articled = said[0].low in _ARTICLES or said[0].low in GERMAN_ARTICLES
    if any(part.low in NO_THINGS for part in said) or said[0].code == "y" or said[-1].code == "y":
        return False
    if said[0].low in _NOT_FIRST or said[-1].low in _NOT_LAST:
        return False
    if any(part.code in "fv" and part.low in STARTING for part in said):
        return False
    following = parts[end] if end < len(parts) else None
    alone = len(said) - articled < _LEAST and not headed
    return not alone or articled or (following is not None and following.code == "d")


_LEAST = 2
"""Words that name a thing clearly enough to be somebody's task where only a day stands with them."""


def _whole(parts: list[Part], first: int, task: int, sentence: Sentence) -> bool:
    """Whether a verb that is a task only with its prefix, as `passt … an`, has it, and any other has none that makes
    another verb of it."""
    parted = [part for part in parts[first:task] if part.code in "f@" and str(part.value).startswith("|")]
    if parted:
        core = spelling(str(parted[0].value)[1:])
        return any(word.low in PREFIXES and f"{word.low}{core}" in separable() for word in sentence.words[-5:])
    last = sentence.words[-1].low
    said = [part for part in parts[first:task] if part.code in "fz" and str(part.value).endswith("en")]
    return (
        len(said) != 1
        or sentence.row.count("f") > 1
        or last not in PREFIXES
        or f"{last}{spelling(str(said[0].value))}" in separable()
    )


def _may_be_task(parts: list[Part], task: int) -> bool:
    """Whether what follows is no comings and goings of a call, such as `mute` or `go on`, and is not over."""
    following = parts[task + 1] if task + 1 < len(parts) else None
    if parts[task].code == "E" and following is not None and following.code == "s":
        return False
    if parts[task].low == "have" and task + 1 < len(parts) and parts[task + 1].code == "y":
        return False
    return parts[task].code != "s" or parts[task].low in ("be", "have")


def _is_task(parts: list[Part], task: int) -> bool:
    """Whether what follows is something to do, and no state such as `be there`."""
    part = parts[task]
    following = parts[task + 1] if task + 1 < len(parts) else None
    if part.low == "have":
        return following is not None and following.low in _ARTICLES
    if part.low == "be":
        return following is not None and following.low in ("responsible", "accountable")
    if part.low == "do":
        return True
    return part.code not in "sbhxtAq" and part.low not in _ARTICLES
