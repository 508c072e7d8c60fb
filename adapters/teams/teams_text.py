"""What a Teams message says: mentions are people, entities the characters themselves, marks nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import unescape

from adapters.teams.activity import Payload, parts
from core.api import MENTION, Address

COMMAND = "/tt"
CALL = "@Tandem "
"""What a sentence to type begins with where people talk with each other."""
_AT = re.compile(r"<at\b[^<>]*>(.*?)</at>", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>|</p>\s*<p[^<>]*>|</(?:div|li)>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_MENTION_TAG = re.compile(r"</?at\b", re.IGNORECASE)
_TWIN_MENTION = re.compile(r'<span\b[^<>]*itemtype="[^"<>]*/Mention"[^<>]*>(.*?)</span>', re.IGNORECASE | re.DOTALL)
_QUOTE = re.compile(r"<blockquote\b.*?</blockquote>", re.IGNORECASE | re.DOTALL)
_REPLY = re.compile(r"""<blockquote\b(?=[^<>]*itemtype="[^"<>]*/Reply")[^<>]*itemid="(\d+)\"""", re.IGNORECASE)
_QUOTED = "messageReference"
"""A quoted message that stands among the attachments."""
_CALL = re.compile(rf"{COMMAND}(?:\s|$)", re.IGNORECASE)
_OFF = re.compile(r"\s*\[off\]", re.IGNORECASE)
_REPLACEMENT = "\ufffd"


@dataclass(frozen=True, slots=True)
class Mentioned:
    """Somebody as an activity names them: an id of any of Teams' kinds, and the name that was shown."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """A message as a person reads it, with MENTION for each of `people`, in order; `called` says it is for Tandem."""

    text: str
    people: tuple[Mentioned, ...] = ()
    called: bool = False


def read(activity: Payload, direct: bool) -> Line:
    """The message's words, without what it quotes. `direct`: it was said to Tandem alone, so it needs no call."""
    twin = _twin(activity)
    words = _without_quotes(twin) if twin and replied_to(activity) else _raw(activity)
    line = _line(_pieces(words, _mentions(activity)), bot_of(activity))
    return replace(line, called=line.called or direct)


def replied_to(activity: Payload) -> str | None:
    """The message that a reply quotes: as replies do in chats, which have no threads, and some do in a channel's."""
    found = _REPLY.search(_twin(activity))
    if found is not None:
        return found[1]
    quoted = (one.get("id") for one in parts(activity, "attachments") if one.get("contentType") == _QUOTED)
    return next((str(one) for one in quoted if str(one).isdecimal()), None)


def is_off(activity: Payload) -> bool:
    """Whether the line begins with `[off]`, before or after the call, and is to be left alone."""
    return bool(_OFF.match(_raw(activity)) or _OFF.match(read(activity, direct=False).text))


def is_of_a_bot(activity: Payload) -> bool:
    """Whether an app wrote it: its id begins with `28:`, a person's with `29:`."""
    sender = activity.get("from")
    return isinstance(sender, dict) and (str(sender.get("id") or "").startswith("28:") or sender.get("role") == "bot")


def bot_of(activity: Payload) -> str:
    """Tandem's own id in the activity, `28:…`."""
    recipient = activity.get("recipient")
    return str(recipient.get("id") or "") if isinstance(recipient, dict) else ""


def captured(activity: Payload) -> str:
    """The message's own text as Teams gave it."""
    return _raw(activity)


def _raw(activity: Payload) -> str:
    """The text, or where there is none what its HTML twin says."""
    text = activity.get("text")
    if isinstance(text, str) and text.strip():
        if activity.get("textFormat") != "xml":
            return text
        return _without_marks(text)
    return _without_quotes(_twin(activity))


def _twin(activity: Payload) -> str:
    """The message as HTML, where the activity brings it."""
    for attachment in parts(activity, "attachments"):
        if attachment.get("contentType") == "text/html":
            return str(attachment.get("content") or "")
    return ""


def _without_quotes(twin: str) -> str:
    return _without_marks(_TWIN_MENTION.sub(r"<at>\1</at>", _QUOTE.sub("", twin)))


def _without_marks(markup: str) -> str:
    """Markup as text that still holds its mentions."""
    lines = _BREAK.sub("\n", markup)
    return _TAG.sub(lambda tag: tag[0] if _MENTION_TAG.match(tag[0]) else "", lines).strip()


def _mentions(activity: Payload) -> list[tuple[Mentioned, str]]:
    """Who is mentioned, in order, each with the words that stand in the text for them."""
    found = []
    for entity in parts(activity, "entities"):
        if str(entity.get("type")).lower() != "mention":
            continue
        who = entity.get("mentioned")
        if isinstance(who, dict) and isinstance(who.get("id"), str):
            name = str(who.get("name") or "")
            shown = _AT.search(str(entity.get("text") or ""))
            found.append((Mentioned(who["id"], name), _plain(shown[1]) if shown else name))
    return found


def _pieces(text: str, mentions: Sequence[tuple[Mentioned, str]]) -> list[str | Mentioned]:
    """The text, with somebody in the place of each `<at>` that an entity stands for; the others are their words.

    Two people may have one name, so each entity stands for one place, the first of that name that is left.
    """
    left = list(mentions)
    pieces: list[str | Mentioned] = []
    at = 0
    for place in _AT.finditer(text):
        pieces.append(_plain(text[at : place.start()]))
        at = place.end()
        shown = _plain(place[1])
        who = _taken(left, shown) or next((one for one, words in mentions if words == shown), None)
        pieces.append(f"@{shown}" if who is None else Mentioned(who.id, who.name or shown))
    pieces.append(_plain(text[at:]))
    return pieces


def _taken(left: list[tuple[Mentioned, str]], shown: str) -> Mentioned | None:
    for index, (who, words) in enumerate(left):
        if words == shown:
            del left[index]
            return who
    return None


def _line(pieces: Sequence[str | Mentioned], bot: str) -> Line:
    """What is said to `bot`: all that follows its first mention, or else what stands before; or what follows /tt."""
    call = next((at for at, piece in enumerate(pieces) if isinstance(piece, Mentioned) and piece.id == bot), None)
    if call is not None:
        after = _joined(pieces[call + 1 :], bot, called=True)
        line = after if after.text else _joined(pieces[:call], bot, called=True)
    else:
        line = _joined(pieces, bot, called=False)
    if not _CALL.match(line.text):
        return line
    return Line(line.text[len(COMMAND) :].strip(), line.people, called=True)


def _joined(pieces: Sequence[str | Mentioned], bot: str, called: bool) -> Line:
    """The pieces as one text; the bot is no person, so a mention of it is its name."""
    people = tuple(piece for piece in pieces if isinstance(piece, Mentioned) and piece.id != bot)
    words = (_word(piece, bot) for piece in pieces)
    return Line("".join(words).strip(" \t\r\n:,"), people, called)


def _word(piece: str | Mentioned, bot: str) -> str:
    if isinstance(piece, str):
        return piece
    return f"@{piece.name}" if piece.id == bot else MENTION


def _plain(text: str) -> str:
    """Text as it reads: entities undone, no-break spaces as blanks, and nobody can type a mention."""
    return unescape(text).replace(MENTION, _REPLACEMENT).replace("\xa0", " ")


def call_in(room: Address) -> str:
    """What calls Tandem there: nothing where one speaks to it alone."""
    return "" if room.direct else CALL
