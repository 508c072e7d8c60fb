"""Tasks that name no doer before them: a need with a date, a passive, a bare command, a task with its owner behind."""

from __future__ import annotations

import re

from core.rules.due_phrases import DueReading
from core.rules.reading.grammar import Rules
from core.rules.reading.held import is_firm
from core.rules.reading.openings import Opening
from core.rules.reading.parts import Scene, Sentence, Who
from core.rules.reading.things import GERMAN_ARTICLES
from core.rules.reading.words import Word, word_set

RULES = Rules(
    (
        ("somebody is told what is needed of them", "begin owner sep? i|we need task", "need"),
        ("somebody is told what is needed of them", "begin owner sep? want task", "need"),
        ("somebody is told what is needed of them", "^ lead* word owner need i|we task", "need"),
        ("somebody is told what is needed of them", "begin owner sep? due|day will|word i task", "need having bare"),
        ("somebody is told what is needed of them", "begin owner sep? i_will due|day? task", "need having bare"),
        ("somebody is told what is needed of them", "begin owner sep? i state|must|word state? task", "need expecting"),
        ("needed by then", "begin need i|we task", "need"),
        ("needed by then", "^ lead* object_task need i|we", "need front"),
        ("needed by then", "begin i|we|they|i_will|we_will? need task", "need"),
        ("needed by then", "^ lead* what we|i word? need word? ,? is task", "need"),
        ("wanted by then", "begin want task", "need"),
        (
            "needed by then",
            "^ lead* word|name name|word|number name|word|number? name|number? need we|i task",
            "need for",
        ),
        ("to be done by then", "^ lead* sep? must task", "bare"),
        ("assigned", "^ lead* sep? verb|did|doing task", "assign"),
        ("I will", "^ lead* sep? will verb task", "self"),
        ("I will", "^ lead* sep? doing task", "doing"),
        ("I will", "^ lead* name word|name|verb task", "werde"),
        ("asked to be got from somebody", "^ lead* sep? can we|i verb|state task", "need get"),
        ("told", "^ lead* sep? softener? sep? verb task", "command"),
        ("to be done by then", "^ lead* task name|word|number|due|day|doing* infinitive", "named"),
        ("told", "^ lead* sep? due|day sep? verb task", "command"),
    )
)
_PASSIVE = re.compile(
    r"^[lku,\-]*(?P<subject>[^,.:;?*()|>_\nxi!]{1,12}?)(?P<must>o(?![WITY])|e|twb|tb|ng)(?P<rest>.*)$"
)
_TO_BE_DONE = re.compile(r"^[lku,\-]*(?P<subject>[NGvg0R][NGvg0R\-]{0,9})(?P<must>[wb])[^,.:;?*]*?(?:y|Nz)[.*]*$")
"""`Der Annex wird bis Montag von Jürgen geprüft`, `die Liste ist bis Montag zu prüfen`."""
_NAMED = re.compile(r"^[lku,-]*[GN0dDgy]{1,8}z[dD.*]*$")
"""`Zeichnung bis morgen freigeben`."""
_DONE_TO = re.compile(r"o?[tb]?[bs]y")
"""`… has to be informed`: done to whom is named, not by them."""
_WHO = "WITY"
"""Who has to, where that stands behind the verb: `damit müssen wir leben`."""
_PLANNED = word_set("soll sollen sollte sollten")
_PROMISED = word_set(
    """sending uploading checking preparing finishing updating writing drafting sharing ordering booking calling
    closing submitting posting reviewing"""
)
_FOR = word_set("für for dafür hierfür dazu hierzu")
_OBJECTS = word_set("the my our it you them this that your a")
_SAID_OF = word_set("of is was are were - has")
"""What follows a noun that looks like a verb: `review of the report`."""
_GENERIC = word_set("all each every any alle jede jeder jedes immer everybody everyone no nobody whoever")
_ANY_OF_THEM = word_set("samples operators deviations entries records")
"""What may stand for all of its sort, unless it is said which."""
_DEFINITE = word_set("the our these those")


def ownerless(sentence: Sentence, scene: Scene, due: DueReading | None) -> Opening | None:
    """The task of a sentence in which no opening was found; the date that it needs is `due`."""
    for one in RULES.for_row(sentence.row):
        found, flags = one.pattern.search(sentence.row), one.flags
        if found is None or (due is None and not _owned(found) and "self" not in flags):
            continue
        task = found.start("task")
        if not _fits(flags, sentence, task, scene):
            continue
        who = _whose(found, flags, sentence, scene)
        return Opening(one.name, flags | {"polite"}, found.start(), _begin(flags, sentence, task), who)
    return (_signed(sentence, scene) or _passive(sentence, due)) if due is not None else None


def _begin(flags: frozenset[str], sentence: Sentence, task: int) -> int:
    """Where the task begins that a rule found at a place: with its verb, with what is needed, or past who needs it."""
    if "front" in flags:
        return task
    if flags & {"command", "self", "doing", "werde"}:
        return task - 1
    return task + _is_asker(sentence, task)


def _is_asker(sentence: Sentence, place: int) -> bool:
    """Whether whoever needs something stands behind the verb: `bis Freitag brauche ich die Freigabe`."""
    return sentence.row[place - 1 : place] == "n" and sentence.row[place] in "IW" and place + 1 < len(sentence.row)


def _fits(flags: frozenset[str], sentence: Sentence, task: int, scene: Scene) -> bool:
    """Whether the words are such as the rule is about; the verb stands before the `task`."""
    verb = sentence.parts[task - 1].low
    return not (
        ("command" in flags and not _command(sentence, task - 1))
        or ("named" in flags and not _NAMED.match(sentence.row))
        or ("bare" in flags and (_within_span(sentence) or sentence.row[task] in _WHO))
        or ("assign" in flags and not verb.startswith(("assign", "allocat")))
        or ("need" in flags and any(part.low in _FORBEARANCE for part in sentence.parts[task:]))
        or ("having" in flags and not _is_to_have(sentence, task))
        or ("expecting" in flags and not _is_expected(sentence, task))
        or ("get" in flags and verb not in ("get", "have"))
        or ("for" in flags and sentence.parts[0].low not in _FOR)
        or ("werde" in flags and not (sentence.words[0].low == "werde" and "z" in sentence.row))
        or ("doing" in flags and not (scene.speaker.people and _is_promise(sentence)))
    )


_WANTING = word_set("will möchte ich")
_TO_HAVE = word_set("haben sehen bekommen kriegen")


def _is_to_have(sentence: Sentence, task: int) -> bool:
    """`Luís, bis Freitag will ich den Bericht auf dem Tisch haben`."""
    last = next((part.low for part in reversed(sentence.parts) if part.code not in ".*jlpdD"), "")
    thing = sentence.parts[task].low
    definite = thing in GERMAN_ARTICLES or thing.startswith(("ihr", "dein", "euer", "eure"))
    return definite and last in _TO_HAVE and any(part.low in _WANTING for part in sentence.parts[:task])


_EXPECTING = word_set("expect erwarte")
_SEEING = word_set("see have")


def _is_expected(sentence: Sentence, task: int) -> bool:
    """`Luís, I expect your report by Friday`, `Luís, I need to see the report by Friday`."""
    before, thing = sentence.parts[:task], sentence.parts[task].low
    definite = thing in ("the", "your", "this", "that", "a", "an") or thing in GERMAN_ARTICLES
    definite = definite or thing.startswith(("ihr", "dein", "euer", "eure"))
    told = before[-1].low in _EXPECTING or (before[-1].low in _SEEING and before[-2].low.startswith("need"))
    return definite and told and any(map(is_firm, sentence.parts))


_FORBEARANCE = word_set(
    "patience understanding attention silence geduld verständnis entschuldigung ruhe nachsicht aufmerksamkeit"
)
"""What everybody is only asked to have."""


def _whose(found: re.Match[str], flags: frozenset[str], sentence: Sentence, scene: Scene) -> Who | None:
    """Whose the task is: named, the speaker's, or whoever it is needed from or given to."""
    task = found.start("task")
    if _owned(found):
        who: Who = sentence.parts[found.start("owner")].value
        return who
    if flags & {"self", "doing", "werde"}:
        return scene.speaker
    if "need" in flags or sentence.parts[task].low in ("from", "von"):
        return _after(sentence, task, ("from", "von", "v"))
    return _after(sentence, task, ("to", "an")) if "assign" in flags else None


def _is_promise(sentence: Sentence) -> bool:
    """`Sending the report tomorrow`: a day ahead, and nothing before that makes it a description."""
    first = next((place for place, part in enumerate(sentence.parts) if part.code == "g"), 0)
    following = sentence.parts[first + 1 : first + 2]
    if sentence.parts[first].low not in _PROMISED or not following or following[0].low not in _OBJECTS:
        return False
    return any(part.code in "dD" for part in sentence.parts) and not any(code in sentence.row for code in "bh?wPM")


def _after(sentence: Sentence, task: int, words: tuple[str, ...]) -> Who | None:
    """Who it is needed from or given to: `the country list from Chidi`."""
    parts = sentence.parts
    for place in range(task, len(parts) - 1):
        called = place + 1 + 2 * (sentence.row[place + 1 : place + 3] == "Y,")  # `von dir, Chidi`
        part = parts[min(called, len(parts) - 1)]
        if parts[place].low in words and part.code in "PM" and isinstance(part.value, Who):
            return part.value
    return None


_HAND = word_set("signature approval sign review comments input ok feedback consent confirmation answer decision")
"""What only whoever is named can give: `it needs Jürgen's signature`."""
_SIGNED = re.compile(r"[lku,\-]*(?P<thing>[NGvg0R][NGvg0R\-]{0,9})n(?P<owner>[NG])(?P<hand>[NGvf])")


def _signed(sentence: Sentence, scene: Scene) -> Opening | None:
    """`SOP-114 needs Jürgen's signature by Friday`: whoever gives it has something to do."""
    found = _SIGNED.match(sentence.row)
    if found is None or sentence.mark("rule") or sentence.parts[found.start("hand")].low not in _HAND:
        return None
    owner = sentence.parts[found.start("owner")]
    word = Word(owner.start, owner.end - 2, "word", owner.low.removesuffix("'s"))
    named = scene.names.at([word], 0, sentence.view) if owner.low.endswith("'s") else None
    if named is None:
        return None
    who, begin = Who(named.people, len(named.people) > 1), found.start("thing")
    return Opening("somebody's hand is needed", frozenset(["polite", "bare"]), begin, begin, who)


def _owned(found: re.Match[str]) -> bool:
    return "owner" in found.re.groupindex and found["owner"] is not None


def _command(sentence: Sentence, task: int) -> bool:
    following = sentence.parts[task + 1] if task + 1 < len(sentence.parts) else None
    if following is None or following.low in _SAID_OF or following.code in "bhwoO":
        return False
    return any(part.code == "d" for part in sentence.parts)


_OTHER = word_set("other another anderen anderes anderer andere")
_PROJECTS = word_set(
    "programme program project projects site company transfer client customer projekt werk standort firma"
)


def _passive(sentence: Sentence, due: DueReading) -> Opening | None:
    """`The gap list must be closed by Friday`, `Das Protokoll muss bis Freitag raus`; not a rule's text."""
    found = _PASSIVE.match(sentence.row) or _to_be_done(sentence)
    if found is None or (due.basis == "relative" and _within_span(sentence)):
        return None
    if sentence.parts[found.start("must")].low in _PLANNED and "d" not in sentence.row:
        return None  # what is planned for a day, as `die Charge soll am Montag starten`
    subject = sentence.parts[found.start("subject") : found.end("subject")]
    lows = {part.low for part in subject}
    if lows & _OTHER and lows & _PROJECTS:
        return None  # what people of another project have to do
    said_which = subject[0].low in _DEFINITE and any(map(is_firm, sentence.parts))
    generic = _GENERIC if said_which else _GENERIC | _ANY_OF_THEM
    if any(part.low in generic for part in subject) or any(part.code in "IWYTqaAcQFV" for part in subject):
        return None
    if any(part.code in "PM" for part in subject) and not _DONE_TO.match(sentence.row, found.start("must")):
        return None
    if any(part.code == "C" for part in subject[1:]) or sentence.mark("rule"):
        return None
    begin = found.start("subject")
    return Opening("to be done by then", frozenset(["polite", "passive"]), begin, begin, _agent(sentence))


def _to_be_done(sentence: Sentence) -> re.Match[str] | None:
    """What is to be done by somebody by a day, as German has it."""
    found = _TO_BE_DONE.match(sentence.row)
    if found is None or not any(map(is_firm, sentence.parts)):
        return None
    if found["must"] == "b":
        return found if any(part.low == "zu" for part in sentence.parts) else None
    return found if _agent(sentence) is not None else None


def _agent(sentence: Sentence) -> Who | None:
    """Who it is to be done by: `to be checked by Luís`."""
    for before, part in zip(sentence.parts, sentence.parts[1:], strict=False):
        if before.low in ("by", "von", "durch") and part.code in "PM" and isinstance(part.value, Who):
            return part.value
    return None


def _within_span(sentence: Sentence) -> bool:
    return any(part.code == "d" and part.low in ("within", "innerhalb", "in", "binnen") for part in sentence.parts)
