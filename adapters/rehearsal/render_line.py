"""One line of a room as HTML: who said what and when, what Tandem posted, and what only one person sees."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from adapters.rehearsal import keeping, render
from adapters.rehearsal.cast import Cast, Player
from adapters.rehearsal.inbound import CALL, call_in
from adapters.rehearsal.render_text import Reader, chip, cut, escape, zone_words
from adapters.rehearsal.rooms import SAID, Line
from core.api import Card, Text, Title, called, msg, plain

LONGEST_LINE = 4000
LONGEST_HEAD = 90
UNREADABLE = msg("This card was made by another version of Tandem and cannot be shown.")


def line(shown: Line, reader: Reader, cast: Cast, root: Line | None = None) -> str:
    """The <li> of a line, as the person who reads sees it; `root` is the one at the head of its thread."""
    if shown.entry.kind == SAID:
        author = cast.by_slug.get(shown.entry.author or "")
        words = f'<p class="words" dir="auto">{_said(shown.entry.body, reader, cast)}</p>'
        mark = f'<p class="mark">{escape(shown.mark)}</p>' if shown.mark else ""
        below = mark + _reactions(shown, reader, cast)
        return _item(shown, reader, author, _replied(root, reader, cast) + words + below)
    mentions = replace(reader, accounts=json.loads(shown.entry.accounts))
    try:
        view = called(keeping.read(shown.entry.body), call_in(shown.entry.room))
    except keeping.Unreadable:
        return _item(shown, reader, None, f'<p class="quiet">{escape(reader.say(UNREADABLE))}</p>')
    drawn = render.card(view, mentions) if isinstance(view, Card) else render.notice(view, mentions)
    return _item(shown, reader, None, drawn)


def _said(text: str, reader: Reader, cast: Cast) -> str:
    kept = cut(text, LONGEST_LINE)
    call = CALL.match(kept)
    drawn = [f'<span class="call">{escape(call[0].strip())}</span> '] if call else []
    pieces = cast.pieces(kept[call.end() :] if call else kept)
    drawn += [escape(one) if isinstance(one, str) else chip(one.name, one.slug == reader.slug) for one in pieces]
    return "".join(drawn)


def _replied(root: Line | None, reader: Reader, cast: Cast) -> str:
    """What a reply is to, and the way there."""
    if root is None:
        return ""
    words = reader.say("In reply to {line}", line=cut(_head(root, cast), LONGEST_HEAD))
    return f'<p class="replied"><a href="#line-{root.id}" dir="auto">{escape(words)}</a></p>'


def _head(root: Line, cast: Cast) -> str:
    """A line in a few words: a card's title, or what somebody said."""
    if root.entry.kind == SAID:
        author = cast.by_slug.get(root.entry.author or "")
        said = " ".join(root.entry.body.split())
        return f"{author.name}: {said}" if author else said
    try:
        blocks = keeping.read(root.entry.body).blocks
    except keeping.Unreadable:
        return "Tandem"
    return next((plain(one.spans) for one in blocks if isinstance(one, Title | Text)), "Tandem")


def _reactions(shown: Line, reader: Reader, cast: Cast) -> str:
    """Each reaction below a line, with how many put it there; one's own is pressed, and pressing takes it away."""
    drawn = [_reaction(emoji, people, reader, cast) for emoji, people in shown.reactions.items()]
    return f'<p class="reactions">{"".join(drawn)}</p>' if drawn else ""


def _reaction(emoji: str, people: Sequence[str], reader: Reader, cast: Cast) -> str:
    names = ", ".join(cast.by_slug[one].name for one in people if one in cast.by_slug)
    own = "true" if reader.slug in people else "false"
    return (
        f'<button type="button" data-emoji="{escape(emoji)}" aria-pressed="{own}" title="{escape(names)}"'
        f' aria-label="{escape(f"{emoji} {names}")}">{escape(emoji)} {len(people)}</button>'
    )


def _menu(shown: Line, reader: Reader, author: Player | None) -> str:
    """The button that opens the menu of a line that everybody in a room sees."""
    if shown.entry.room.direct or shown.entry.only_for:
        return ""
    words = reader.say("What to do with this line of {name}", name=author.name if author else "Tandem")
    return (
        '<button type="button" class="more-of" aria-haspopup="menu" aria-expanded="false"'
        f' title="{escape(words)}" aria-label="{escape(words)}"></button>'
    )


def _item(shown: Line, reader: Reader, author: Player | None, content: str) -> str:
    local = shown.at.astimezone(ZoneInfo(reader.zone or "UTC"))
    own = f'<p class="only">{escape(reader.say("Only you see this"))}</p>' if shown.entry.only_for else ""
    kinds = f"line {shown.entry.kind}{' own' if own else ''}"
    return (
        f'<li class="{kinds}" id="line-{shown.id}" data-id="{shown.id}" data-day="{day(local)}"'
        f' data-author="{escape(author.slug if author else "tandem")}">{_avatar(author)}<div class="body">'
        f'<p class="who">{_name(author, reader)} <time datetime="{shown.at.isoformat()}"'
        f' title="{local:%Y-%m-%d %H:%M} {escape(zone_words(local))}">{local:%H:%M}</time>'
        f"{_changed(shown, local, reader)}</p>"
        f"{own}{content}</div>{_menu(shown, reader, author)}</li>"
    )


def _changed(shown: Line, local: datetime, reader: Reader) -> str:
    if shown.changed_at is None or shown.entry.only_for:
        return ""
    changed = shown.changed_at.astimezone(local.tzinfo)
    on = "" if changed.date() == local.date() else f"{changed.day} {changed:%b}, "
    words = reader.say("changed {when}", when=f"{on}{changed:%H:%M}")
    return f' <span class="changed">{escape(words)}</span>'


def _name(author: Player | None, reader: Reader) -> str:
    if author is None:
        return f'<strong>Tandem</strong> <span class="app">{escape(reader.say("app"))}</span>'
    return f'<strong>{escape(author.name)}</strong> <span class="role">{escape(author.role)}</span>'


def _avatar(author: Player | None) -> str:
    if author is None:
        return '<span class="avatar tandem" aria-hidden="true"></span>'
    return f'<span class="avatar {author.side}" aria-hidden="true">{escape(initials(author.name))}</span>'


def initials(name: str) -> str:
    """The first letters of the first and the last part of a name."""
    parts = name.split()
    return (parts[0][0] + parts[-1][0]).upper()


def day(local: datetime) -> str:
    """The heading of a day in a room."""
    return f"{local:%A} {local.day} {local:%B %Y}"
