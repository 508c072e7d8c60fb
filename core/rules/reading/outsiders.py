"""People and firms from outside who are said to do something: `Peter from the contract lab`, `Dave (forwarder)`,
`their service engineer Stefan`, `the calibration company`."""

from __future__ import annotations

from collections.abc import Sequence

from core.rules.reading.parts import CODES, Part, Who
from core.rules.reading.words import word_set

_FROM = word_set("from at of vom von bei beim aus")
_ARTICLES = word_set(
    """the our their your a an der die das unser unsere unserer euer eure ihr ihre dem den unserem unseren ihrem ein
    eine"""
)
_TRADES = word_set(
    """engineer technician consultant auditor inspector driver contact rep representative agent broker planner
    specialist courier contractor lawyer expert advisor adviser colleague techniker technikerin servicetechniker
    servicetechnikerin berater beraterin fahrer fahrerin monteur monteurin kollege kollegin ansprechpartner
    ansprechpartnerin gutachter prüfer auditorin consultants"""
)
_FIRMS = word_set(
    """vendor supplier suppliers forwarder carrier courier haulier consultancy consultant contractor subcontractor cro
    customs broker printer manufacturer distributor agency lab laboratory labs company house firm provider lieferant
    lieferanten spediteur spedition auftragslabor prüflabor fremdlabor dienstleister zoll hersteller berater labor
    firma druckerei kurier servicefirma kalibrierfirma reinigungsfirma vertragslabor auftragnehmer subunternehmer"""
)
_OUTSIDE = word_set(
    """contract testing external calibration service packaging equipment label third party printing cleaning logistics
    transport courier freight consulting engineering sterilisation sterilization externe externes extern filter glass
    api excipient"""
)
"""What stands before a firm that might be a function of the company's own: `the contract lab`."""
_NO_PEOPLE = word_set(
    """data results result samples sample reports report figures numbers feedback comments comment news input answers
    answer questions question material materials documents papers drawings people somebody someone everybody daten
    ergebnisse proben muster berichte bericht zahlen rückmeldung kommentare fragen unterlagen papiere zeichnungen leute
    update updates info information invoice certificate certificates parts drums spectra raw message email mail"""
)
_DOING = frozenset("owtfKOcpz1")
_MOST = 5
"""Words of what somebody is from."""
BEGINS = frozenset(",.:;-\nklujdD?*pi8aZL~")


def outsider(parts: Sequence[Part], place: int) -> Part | None:
    """Whoever from outside stands at a place where a clause begins, behind one of BEGINS, as one part."""
    part = parts[place]
    described = part.low in _ARTICLES
    end = _described(parts, place) if described else _named(parts, place)
    if end is None or end >= len(parts) or parts[end].code not in _DOING:
        return None
    firm = described and _last_word(parts[end - 1]) in _FIRMS
    return Part(CODES["third" if firm else "unknown"], part.start, parts[end - 1].end, Who((), True), part.low)


def _named(parts: Sequence[Part], place: int) -> int | None:
    """Where somebody ends who is named before what they are from: `Peter from the lab`, `Dave (forwarder)`."""
    at = place + 1
    at += parts[place].code == "G" and at < len(parts) and parts[at].code == "G"
    if parts[place].code == "N" or parts[place].low in _NO_PEOPLE or at >= len(parts):
        return None
    if parts[at].low in _FROM:
        return _through(parts, at + 1)
    if parts[at].code == "(":
        end = _through(parts, at + 1)
        return end + 1 if end is not None and end < len(parts) and parts[end].code == ")" else None
    if parts[at].code == "," and at + 1 < len(parts) and parts[at + 1].low in _ARTICLES:
        end = _through(parts, at + 1)
        return end + 1 if end is not None and end < len(parts) and parts[end].code == "," else None
    return None


def _through(parts: Sequence[Part], at: int) -> int | None:
    """Past the words for what somebody is or is from."""
    end = at
    while end < len(parts) and end < at + _MOST and parts[end].code in "NGCPXvgT.":
        end += 1
    return end if end > at else None


def _described(parts: Sequence[Part], place: int) -> int | None:
    """Where it ends who is named behind their trade, and a firm: `our consultant Olga`, `the contract lab`."""
    end = _through(parts, place + 1)
    if end is None:
        return None
    said = [part.low for part in parts[place + 1 : end]]
    if parts[end - 1].code == "G" and len(said) > 1 and _last_word(parts[end - 2]) in _TRADES:
        return end
    firm = _last_word(parts[end - 1]) in _FIRMS and (len(said) == 1 or not _OUTSIDE.isdisjoint(said))
    return end if firm and parts[end - 1].code != "P" else None


def _last_word(part: Part) -> str:
    return str(part.value).split()[-1] if part.code == "X" else part.low
