"""Risks in natural talk: a condition whose outcome is a loss or a delay, and a worry about one."""

from __future__ import annotations

import re

from core.rules.reading.lexicon import Cue, Mark, lexicon_of
from core.rules.reading.parts import Sentence
from core.rules.reading.shapes import Item, Kind
from core.rules.reading.statements import said_in
from core.rules.reading.unreal import is_unreal
from core.rules.reading.words import word_set

_LEADS = "lku,-:p"
_LAST = ".*jlp?"
"""Signs before the first word of a sentence, and behind its last."""
_SHORTEST = 3
"""Words of a condition before an article may begin what follows from it."""
_DENYING = word_set("won't not no nicht kein keine keinen without wouldn't")
_EITHER = word_set("depending je")
"""Conditions by which both may come: `je nach Ergebnis …`."""
_ASSUMING = word_set("should sollte sollten without ohne")
_TURNED = word_set("wird kommt fällt bleibt ist sind hat geht schafft liefert klappt reicht werden kommen")
"""German verbs that begin a condition without `wenn`: `Kommt die Folie zu spät, …`."""


def risk_in(sentence: Sentence, text: str) -> Item | None:
    """A conditional whose outcome is a loss or a delay, or a worry about one."""
    if "_" in sentence.row or sentence.row.rstrip("jlp").endswith("?"):
        return None
    found = _risk(sentence, text)
    return found if found is not None and not is_unreal(sentence) else None


def _risk(sentence: Sentence, text: str) -> Item | None:
    place = _condition(sentence)
    if place >= 0 and not _is_ruled(sentence) and (loss := _outcome(sentence, place)):
        return Item(Kind.RISK, said_in(sentence, text), rule="if this, then a loss or a delay", trigger=loss)
    if _WITHOUT.match(sentence.row) and not _is_ruled(sentence) and _without(sentence):
        return Item(Kind.RISK, said_in(sentence, text), rule="without the one not the other", trigger="no")
    return _worried(sentence, text)


_RULES = ("sop", "protocol", "contract", "vertrag", "laut", "gemäß", "law")


def _is_ruled(sentence: Sentence) -> bool:
    """Whether a procedure tells what follows from a condition, or it is about coffee."""
    rule = sentence.mark("rule")
    return sentence.mark("social") is not None or (rule is not None and any(word in rule[1].value for word in _RULES))


_WITHOUT = re.compile(r"^[lku]*(?P<one>[xN])[NGvgf0dD]{1,6},(?P<other>x)[NGvgf0dD]{1,8}[.*]*$")
_NO = word_set("no kein keine keinen ohne without")
_PLANS = word_set(
    """start release slot batch batches ppq shipment shipping delivery production launch submission filing campaign run
    validation transfer freigabe lieferung charge chargen produktion kampagne abfüllung versand einreichung"""
)
"""What a project is about, and what the lack of something else would cost it."""


def _without(sentence: Sentence) -> bool:
    """`No filters, no start`."""
    found = _WITHOUT.match(sentence.row)
    if found is None or not any(part.low in _PLANS for part in sentence.parts[found.start("other") :]):
        return False
    return all(sentence.parts[found.start(name)].low in _NO for name in ("one", "other"))


def _worried(sentence: Sentence, text: str) -> Item | None:
    """`There is a risk that …`, `worried that we miss the slot`; not one that is denied, closed or over."""
    found = sentence.mark("risky") or _feared(sentence) or _threatened(sentence)
    if found is None or sentence.mark("no risk") or sentence.row[:1] in ("a", "p", "1") or _is_past(sentence, found[0]):
        return None
    if sentence.row[:1] == "I" and sentence.parts[1].low not in _SEEING:
        return None
    return Item(Kind.RISK, said_in(sentence, text), rule="a worry about a loss or a delay", trigger=found[1].value)


def _feared(sentence: Sentence) -> Mark | None:
    """A worry that is not denied, where a loss or something that cannot be is what somebody worries about."""
    found = sentence.mark("worry")
    if found is None:
        return None
    place, cue = found
    end = sentence.words[place + cue.length - 1].end
    about = next((at for at, part in enumerate(sentence.parts) if part.start >= end), len(sentence.parts))
    return found if "x" not in sentence.row[:about] and _loss(sentence, about, weak=True) else None


_MIGHT = word_set("könnte könnten")
_LOSING = word_set(
    """verpassen verlieren verzögern ausfallen platzen kippen fehlen scheitern verfallen ablaufen ausgehen rutschen
    gefährden sprengen reißen kosten"""
)


def _threatened(sentence: Sentence) -> Mark | None:
    """`Mit nur einer Säule könnten wir den Slot verpassen`: what might be lost, at the end as German has it; what
    `wir könnten` do is proposed."""
    words = sentence.words
    place = next((at for at, word in enumerate(words) if word.low in _MIGHT), 0)
    last = next((word.low for word in reversed(words) if word.kind == "word"), "")
    proposed = sentence.row.lstrip(_LEADS)[:1] == "W"
    return (place, Cue("risky", last, 1)) if place and last in _LOSING and not proposed else None


_HANDLED = word_set(
    """closed reviewed discussed accepted mitigated downgraded removed retired scored rated logged geschlossen
    bewertet besprochen akzeptiert"""
)


_WAS = word_set("was were wasn't weren't war waren bestand bestanden hatte hatten had")
_BESIDE = word_set(
    "a an the real big small some any great serious always still briefly das die der ein eine einen große kurz noch not"
)


def _is_past(sentence: Sentence, place: int) -> bool:
    """Whether the worry that stands at a word is over, `there was a real danger of …`, or was dealt with, `we closed
    the risk on the resin`."""
    words = sentence.words
    if any(word.low in _HANDLED for word in words[max(0, place - 2) : place]):
        return True
    while place and words[place - 1].low in _BESIDE:
        place -= 1
    return bool(place) and words[place - 1].low in _WAS


_SEEING = word_set("see fear foresee still also sehe seh fürchte befürchte")
"""Verbs behind `I` that tell of a worry: `I see a risk that …`, unlike `I closed the risk of …`."""


def _condition(sentence: Sentence) -> int:
    """Where a condition stands: `if`, or what is said as one at the beginning; -1 where none does."""
    place = sentence.row.find("i")
    if place >= 0:
        told = sentence.parts[place].low not in _EITHER and len(sentence.row.rstrip(_LAST)) > place + 1
        return place if told else -1
    first = next((at for at, code in enumerate(sentence.row) if code not in _LEADS), 0)
    rest, low = sentence.row[first + 1 :], sentence.parts[first].low
    if low in ("without", "ohne"):
        return first if "O" not in rest else -1
    if low in _ASSUMING or low in _TURNED:
        return first if "," in rest and rest[:1] not in ("W", "I", "Y") and "O" not in rest else -1
    return -1


def _outcome(sentence: Sentence, place: int) -> str | None:
    """The loss that follows from the condition: behind it, or before one that stands behind."""
    condition, row = sentence.parts[place], sentence.row
    comma = row.find(",", place)
    bare = condition.low in ("without", "ohne")
    if comma > 0:
        weak = ("x" in row[place:comma] or bare or condition.low == "unless") and not _is_asking(sentence, place, comma)
        if found := _loss(sentence, comma + 1, weak=weak):
            return found
    until = comma if comma > 0 else len(row)
    if found := _unmarked(sentence, place, until, bare=bare or condition.low == "unless"):
        return found
    if any(code not in _LEADS for code in row[:place]):
        return _loss(sentence, 0, place, weak=False)
    return None


_CONSENT = word_set(
    """objects object objection objections hear hears mind minds says say told otherwise mistaken disagrees
    widerspricht einwände einwand dagegen meldet hört hören sagt"""
)


def _is_asking(sentence: Sentence, place: int, comma: int) -> bool:
    """Whether a condition only leaves others their say: `unless anyone objects`."""
    return any(part.low in _CONSENT for part in sentence.parts[place:comma])


def _unmarked(sentence: Sentence, place: int, until: int, *, bare: bool) -> str | None:
    """The loss after a condition that no comma ends: it has a subject of its own, and stands before `until`."""
    parts = sentence.parts[:until]
    for at in range(place + 2, len(parts)):
        later = at > place + _SHORTEST and (parts[at].low in _BEGINNING or parts[at - 1].code in "dD")
        begins = later or parts[at].code in "WITYP2356S"
        if (begins or (bare and at > place + 1)) and (found := _loss(sentence, at, until, weak=bare)):
            return found
    return None


def _loss(sentence: Sentence, first: int, end: int | None = None, *, weak: bool) -> str | None:
    """The first loss among some parts, or that something cannot be; `weak`: what is only worse counts too."""
    parts = sentence.parts[first:end]
    if not parts:
        return None
    words = [word for word in sentence.words if parts[0].start <= word.start < parts[-1].end]
    lexicon = lexicon_of("loss", "weak loss") if weak else lexicon_of("loss")
    if found := lexicon.anywhere(words):
        place, cue = found
        return None if any(word.low in _DENYING for word in words[max(0, place - 2) : place]) else cue.value
    denied = next((part for part in parts if part.code == "x"), None)
    if denied is None or sentence.mark("no risk") or parts[0].code in "pav1I5":
        return None
    if any(word.low in _WONDERING for word in words):
        return None
    return denied.low


_WONDERING = word_set("wundern erschrecken wonder worry surprised alarmed erschrick erschreckt wundert")
"""What is not to be done, where that only tells what will be: `don't be surprised if …`."""
_BEGINNING = word_set("nobody niemand keiner no the our this that all der die das den unser unsere dann then")
