"""Questions that want an answer for the record, with or without their mark; not small talk, not when to meet."""

from __future__ import annotations

import re

from core.rules.reading.parts import Sentence, words_said
from core.rules.reading.rhetorical import is_rhetorical
from core.rules.reading.shapes import Item, Kind
from core.rules.reading.statements import said_in
from core.rules.reading.words import word_set

_MEETING = 8
"""Words and marks of a question that names a day and only asks when to meet."""
_SHORT = 4
"""Words and marks of a German question to one person that is only talk."""
_LEAST = 3
"""Words of a question for the record."""
_INVERTED = re.compile(r"^[lku,\-*]*(?:[PM][,:\-])?[lku,]*q[^,.;:]{0,3}?[AbcwohOP](?!t)")
_ASKED_BY_NAME = re.compile(r"^[lku]*[PM][,:\-]?(?P<asks>[qi])(?:[AwbOc]|N{1,2}A|[^,:;.]+$)")
"""`Hùng when do I get the results`: a name without a comma, and a question without its mark."""
_DOES = re.compile(r"^[lku,\-*]*(?:[PM][,:\-])?[lku,]*A[^v,.:;]")
_IF_SO = re.compile(r"^[lku,\-*]*q[^PMIWTY,:;.][^,:;]*,?i[^,:;]*$")
"""`who signs for the sponsor when Priya is away`."""
_AMOUNT = re.compile(r"(?:how many|wie viele|wie (?:lange|oft) (?!das|es|die|der|wir|ich|man|so)) ?[^,:;]+$")
"""`wie lange dürfen die Proben stehen`, unlike `wie lange das dauert`."""
_CLEFT = re.compile(r"^[lku]*(?:[PM],)?q[WIYT][^,?]*b")
"""`what we need is …`."""
_WHATS = word_set("what's who's where's when's how's which's whats whos wheres")
_THING = re.compile(r"q[^PMIWTY,:;bho]{4,}$")
"""`what's the shelf life of the buffer`, unlike `what's missing is …`."""
_UNCLEAR = frozenset(
    f"{said} {asked}"
    for said in ("unclear", "not clear", "unklar", "nicht klar")
    for asked in ("who", "when", "how", "why", "what", "whether", "if", "wer", "wann", "wie", "ob")
)
_WHICH_IS = re.compile(r"which (?:is|was) (?:why|how|what|where|when|fine|good|ok|okay|great|nice|bad|not)\b")
"""How a sentence goes on with the one before it."""
_IS = re.compile(r"b[NPMG][NGv]")
_BEING = word_set("is are was were ist sind war waren")
_WONDERING = re.compile(r"^[lku,\-*]*(?:I?[bh4]?)?[lk]*Q[^,.;:]{0,4}[,]?[qiQ]")
_PRESENT = re.compile(r"[lku,N]*b[PMCE]")
_HERE = _BEING | word_set(
    """here there in on the call line already yet today around online back joining still with us room da hier dabei
    schon noch wieder im am heute and und ok so hey hi also"""
)
"""The words of a question whether somebody is there."""
_ASKING = word_set("does did do is are has shall gibt is_there")


def question_in(sentence: Sentence, text: str) -> Item | None:
    """A question that wants an answer for the record."""
    row = sentence.row.rstrip("jlp*.")
    marked = row.endswith("?")
    if not marked and not _asks_unmarked(sentence):
        return None
    content = [word.low for word in sentence.words if word.kind in ("word", "ref") and not word.low.isdecimal()]
    if len(set(content)) < _LEAST - ("y" in row) or _is_small_talk(sentence):
        return None
    if len(content) <= _LEAST and any(code in row for code in "dD"):
        return None  # when to meet
    asked_of, start = _asked_of(sentence)
    said = said_in(sentence, text, start) + "?"
    return Item(Kind.QUESTION, said, asked_of=asked_of, rule="a question", trigger="?" if marked else content[0])


def _asks_unmarked(sentence: Sentence) -> bool:
    """`Which filters do we use on line 4`, `does this need a change control`, `unclear who signs`."""
    row = sentence.row
    if _WONDERING.match(row):
        return True
    if row.rstrip("jlp").endswith("*"):
        return False
    said = " ".join([word.low for word in sentence.words]) if row[:1] == "q" else ""
    if _WHICH_IS.match(said) or _CLEFT.match(row):
        return False
    first = next((part for part in sentence.parts if part.code not in "lku,-"), None)
    if first is not None and first.code == "Q" and first.value in _UNCLEAR:
        return True
    if row[:1] == "q" and sentence.words[0].low in _WHATS:
        return _THING.match(row) is not None
    if _is_asked_by_name(sentence):
        return True
    if _INVERTED.match(row) or _IF_SO.match(row) or _AMOUNT.match(said):
        return True
    if _IS.match(row) and len(sentence.words) > _SHORT and sentence.parts[0].low in _BEING:
        return True
    found = _DOES.match(row)
    return found is not None and any(part.low in _ASKING for part in sentence.parts[:4]) and "x" not in row


_GERMAN = word_set("wann wo warum wieso weshalb wie woher wohin welche welcher welches welchen")
_RELATIVE = word_set("who whose wer der die das")


def _is_asked_by_name(sentence: Sentence) -> bool:
    found = _ASKED_BY_NAME.match(sentence.row)
    if found is None:
        return False
    asking, after = sentence.parts[found.start("asks")], sentence.row[found.start("asks") + 1 :]
    if len(sentence.words) < _SPOKEN_TO:
        return False
    if asking.low in _GERMAN:
        return "," not in after and after[:1] not in _SUBJECTS and all(part.low != "immer" for part in sentence.parts)
    return asking.low not in _RELATIVE and after.lstrip("N")[:1] in tuple("Awbc") and asking.low in _ENGLISH


_SPOKEN_TO = 5
"""Words of a question to somebody that is more than `what is up`."""
_SUBJECTS = tuple("YITWPX")
"""How a German clause goes on that asks nothing: `wo du recht hast`."""
_ENGLISH = word_set("when where what why how which")


def _is_small_talk(sentence: Sentence) -> bool:
    if "@" in sentence.row and "q" not in sentence.row and len(sentence.words) <= _SHORT:
        return True  # such as `machst du Witze?`
    if set("8L") & set(sentence.row) and not set("qQA") & set(sentence.row):
        return True  # somebody asks whether they may ask
    if re.search(r"ap?s", sentence.row) or is_rhetorical(sentence):
        return True
    if _PRESENT.match(sentence.row) and words_said(sentence, sentence.parts) <= _HERE:
        return True
    if sentence.mark("small talk") or sentence.mark("social"):
        return True
    if sentence.mark("in the call") and sentence.row.lstrip("lku,-")[:1] in ("a", "c"):
        return True
    if sentence.mark("meet when") and set("dD") & set(sentence.row) and len(sentence.words) <= _MEETING:
        return True
    meeting = sentence.mark("meeting")
    return bool(meeting and sentence.mark("meet when"))


def _asked_of(sentence: Sentence) -> tuple[tuple[str, ...], int | None]:
    """Whom a question is put to: named at its start or its end."""
    parts, row = sentence.parts, sentence.row
    place = 0
    while place < len(row) and row[place] in "lku,-*":
        place += 1
    if place + 1 < len(row) and (row[place] == "M" or (row[place] == "P" and row[place + 1] in ",:-qi")):
        after = place + 1
        while after < len(row) and row[after] in ",:-":
            after += 1
        if after < len(row):
            return parts[place].value.people, parts[after].start
    end = len(row.rstrip("jlp?*."))
    if end >= 2 and row[end - 1] in "PM" and (row[end - 2] in ",-" or row[end - 1] == "M"):
        return parts[end - 1].value.people, parts[place].start if place < len(parts) else None
    return (), parts[place].start if place < len(parts) else None
