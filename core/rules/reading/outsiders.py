"""People and firms from outside who are said to do something: `Peter from the contract lab`, `Dave (forwarder)`,
`their service engineer Stefan`, `an external consultant, Dr. Reiter,`, `the calibration company`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from core.rules.reading.parts import CODES, Part, Who
from core.rules.reading.words import word_set

_FROM = word_set("from at of vom von bei beim aus")
_OF = _FROM | word_set("der des for")
_NO_NAMES = word_set(
    "zu an auf in für mit nach bei über unter wegen laut alle ab aus bis vor seit zum zur im am um von vom to for on at"
    " by with after before from of and und or oder"
)
_ARTICLES = word_set(
    """the our their your a an my der die das unser unsere unserer euer eure ihr ihre dem den unserem unseren ihrem ein
    eine einer mein meine"""
)
_TRADES = word_set(
    """engineer technician consultant auditor inspector driver contact rep representative agent broker planner
    specialist courier contractor lawyer expert advisor adviser colleague consultants statistician microbiologist
    biologist chemist toxicologist analyst scientist manager director coordinator electrician mechanic fitter installer
    designer translator writer editor reviewer assessor trainer surveyor programmer developer freelancer buyer
    dispatcher clerk officer person people guy guys colleagues technicians engineers staff crew team intern student
    sales support techniker berater fahrer monteur kollege kollegin ansprechpartner gutachter prüfer statistiker
    mikrobiologe biologe chemiker ingenieur elektriker mechaniker installateur programmierer entwickler übersetzer
    grafiker trainer sachverständiger sachverständige praktikant student mitarbeiter leute kollegen"""
)
"""What people are, also as the end of a German word, with or without `-in`."""
_FIRMS = word_set(
    """vendor supplier suppliers forwarder carrier courier haulier consultancy consultant contractor subcontractor cro
    customs broker printer printers manufacturer distributor agency lab laboratory labs company house firm provider
    lieferant lieferanten spediteur spedition auftragslabor prüflabor fremdlabor dienstleister zoll hersteller berater
    labor firma druckerei kurier servicefirma vertragslabor auftragnehmer subunternehmer behörde agentur"""
)
_BUSINESS = _TRADES | _FIRMS
_OUTSIDE = word_set(
    """contract testing external calibration service packaging equipment label third party printing cleaning logistics
    transport courier freight consulting engineering sterilisation sterilization externe externes extern externer filter
    glass api excipient freelance independent outside hired vendor supplier new neue neuer"""
)
"""What stands before a firm or a function that might be one of the company's own: `the contract lab`."""
_NO_PEOPLE = word_set(
    """data results result samples sample reports report figures numbers feedback comments comment news input answers
    answer questions question material materials documents papers drawings somebody someone everybody daten ergebnisse
    proben muster berichte bericht zahlen rückmeldung kommentare fragen unterlagen papiere zeichnungen update updates
    info information invoice certificate certificates parts drums spectra raw message email mail"""
)
_BY_HAND = word_set(
    """send deliver check review prepare write call repair fix replace install collect visit bring draft sign upload
    email ship calibrate order schicken senden liefern prüfen reparieren tauschen bringen holen schreiben
    verschicken versenden unterschreiben mailen kontrollieren austauschen pick_up"""
)
"""What only people do: whoever does so needs no capital."""
_DOING = frozenset("owtfKOcpz1")
_MOST = 8
"""Words of what somebody is, or is from."""
BEGINS = frozenset(",.:;-\nklujdD?*pi8aZL~")


def outsider(parts: Sequence[Part], place: int) -> Part | None:
    """Whoever from outside stands at a place where a clause begins, behind one of BEGINS, as one part."""
    part = parts[place]
    described = part.low in _ARTICLES or part.code in "CX"
    first = _described(parts, place) if described else _named(parts, place)
    if first is None:
        return None
    end = first
    while (further := _told_more(parts, end, described)) is not None:
        end = further
    if end >= len(parts) or parts[end].code not in _DOING or (part.code == "X" and end == first):
        return None
    if end == first and (not described or any(one.code in "CP" and not _is(one, _FIRMS) for one in parts[place:first])):
        return None
    if part.code == "N" and not described and not _by_hand(parts[end : end + 2]):
        return None
    firm = described and end == first <= place + 2 and _is(parts[end - 1], _FIRMS)
    return Part(CODES["third" if firm else "unknown"], part.start, parts[end - 1].end, Who((), True), part.low)


def _by_hand(parts: Sequence[Part]) -> bool:
    """Whether what is done is such as only people do."""
    return any(part.value in _BY_HAND for part in parts if part.code in "vfz")


def _named(parts: Sequence[Part], place: int) -> int | None:
    """Where somebody's own name ends."""
    part = parts[place]
    if part.low in _NO_PEOPLE | _NO_NAMES or part.code not in "GUN":
        return None
    return place + 1 + (part.code == "G" and place + 1 < len(parts) and parts[place + 1].code == "G")


def _described(parts: Sequence[Part], place: int) -> int | None:
    """Where it ends what somebody or some firm is: `our consultant`, `the contract lab`, `an external consultant`."""
    if parts[place].code in "CX":
        return place + 1
    for end in range(place + 2, min(_through(parts, place + 1), place + 2 + _MOST) + 1):
        said = parts[end - 1]
        outside = not _OUTSIDE.isdisjoint(part.low for part in parts[place + 1 : end])
        if _is(said, _TRADES) or (_is(said, _FIRMS) and (said.code != "C" or outside)):
            return end if end == len(parts) or not _is(parts[end], _BUSINESS) else end + 1
    return None


def _told_more(parts: Sequence[Part], at: int, described: bool) -> int | None:
    """Where it ends what is told further of whoever ends at a place: a name, where they are from, what they are; a
    function of one's own company tells no more of whoever is only `described`."""
    if at + 1 >= len(parts):
        return None
    following = parts[at + 1]
    if parts[at].low in (_OF if described else _FROM):
        end = _through(parts, at + 1)
        own = described and following.code in "PC" and not _is(following, _FIRMS)
        return end if end > at + 1 and not own else None
    if parts[at].code in "GU" and parts[at - 1].code != "U":
        return at + 1 + (parts[at].code == following.code == "G")
    if parts[at].code in "WYT" and following.code in "yf":
        return at + 2
    if parts[at].code in ",(":
        end = _through(parts, at + 1)
        closed = at + 1 < end < len(parts) and parts[end].code == (")" if parts[at].code == "(" else ",")
        named = parts[at].code == "(" or following.code in "GU" or following.low in _ARTICLES
        return end + 1 if closed and named else None
    return None


def _through(parts: Sequence[Part], at: int) -> int:
    """Past the words for what somebody is or is from."""
    end = at
    while end < len(parts) and end < at + _MOST and parts[end].code in "NGCPXvgyTU.":
        end += 1
    return end


def _is(part: Part, words: frozenset[str]) -> bool:
    """Whether a part ends in one of some words, or in a German word that ends in one."""
    last = (str(part.value).split()[-1] if part.code == "X" and part.value else part.low).removesuffix("'s")
    if last in words:
        return True
    bare = last.removesuffix("in") if part.code == "G" else last
    return len(bare) > _SHORT and (bare in words or bare.endswith(_long(words)))


@lru_cache(maxsize=16)
def _long(words: frozenset[str]) -> tuple[str, ...]:
    """Those of some words that may end another."""
    return tuple(word for word in words if len(word) > _SHORT)


_SHORT = 5
"""Letters of a word that may end another without being meant: `rep` of `prep`."""
