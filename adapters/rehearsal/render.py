"""Cards and notices as HTML: pure, every text escaped, and short enough to be read whatever they hold."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import assert_never

from adapters.rehearsal.render_text import Reader, cut, escape, is_web, link, scrolls, words
from core.api import (
    Block,
    Button,
    Buttons,
    Card,
    Divider,
    Fields,
    List,
    Notice,
    NoticeBlock,
    Picture,
    Place,
    Spans,
    Table,
    Text,
    Title,
    Tone,
    msg,
)

MOST_BLOCKS = 50
MOST_ITEMS = 25
MOST_ROWS = 25
MOST_BUTTONS = 12
LONGEST_LABEL = 75
_TONES = {Tone.WARN: msg("Please look"), Tone.BAD: msg("Not done")}
"""What went well says so itself: a word before it would stand there twice."""


def card(view: Card, reader: Reader) -> str:
    """A message to read and press; its place goes with each of its buttons."""
    training = training_mark(reader) if view.training else ""
    blocks = "".join(_block(block, reader) for block in view.blocks[:MOST_BLOCKS])
    blocks += _more(None, len(view.blocks) - MOST_BLOCKS, reader)
    label = escape(cut(view.summary, 300))
    return (
        f'<article class="card tone-{view.tone}" aria-label="{label}"{_place(view.place)}>{training}{blocks}</article>'
    )


def notice(view: Notice, reader: Reader) -> str:
    """A short answer; that something is wrong is said in words too, for those who see no colour."""
    training = training_mark(reader) if view.training else ""
    tone = f'<p class="tone">{escape(reader.say(_TONES[view.tone]))}</p>' if view.tone in _TONES else ""
    blocks = "".join(_notice_block(block, reader) for block in view.blocks[:MOST_BLOCKS])
    return f'<div class="notice tone-{view.tone}"{_place(view.place)}>{training}{tone}{blocks}</div>'


def training_mark(reader: Reader) -> str:
    """What stands over everything of a rehearsal."""
    return f'<p class="training">{escape(reader.say("Training"))}</p>'


def place_json(place: Place | None) -> str:
    """A place as the page carries it: JSON, empty where there is none."""
    return "" if place is None else json.dumps(asdict(place))


def _place(place: Place | None) -> str:
    return f' data-place="{escape(place_json(place))}"' if place else ""


def _block(block: Block, reader: Reader) -> str:
    match block:
        case Title(spans):
            return f'<h3 dir="auto">{words(spans, reader)}</h3>'
        case Text(spans, quiet):
            return text(spans, quiet, reader)
        case Fields(fields):
            pairs = "".join(
                f"<div><dt>{escape(cut(one.label, LONGEST_LABEL))}</dt>"
                f'<dd dir="auto"{scrolls(one.value)}>{words(one.value, reader)}</dd></div>'
                for one in fields
            )
            return f"<dl>{pairs}</dl>"
        case List():
            return _list(block, reader)
        case Table():
            return _table(block, reader)
        case Picture(url, alt):
            return _picture(url, alt, reader)
        case Divider():
            return "<hr>"
        case Buttons(buttons):
            return _buttons(buttons)
        case _:
            assert_never(block)


def _notice_block(block: NoticeBlock, reader: Reader) -> str:
    match block:
        case Text(spans, quiet):
            return text(spans, quiet, reader)
        case List():
            return _list(block, reader)
        case Buttons(buttons):
            return _buttons(buttons)
        case _:
            assert_never(block)


def text(spans: Spans, quiet: bool, reader: Reader) -> str:
    """A paragraph, or small print."""
    quietly = scrolls(spans) or (' class="quiet"' if quiet else "")
    return f'<p dir="auto"{quietly}>{words(spans, reader)}</p>'


def _list(block: List, reader: Reader) -> str:
    shown = block.items[:MOST_ITEMS]
    tag = "ol" if block.ordered else "ul"
    items = "".join(f'<li dir="auto">{words(item, reader)}</li>' for item in shown)
    return f"<{tag}>{items}</{tag}>{_more(block.more, block.left + len(block.items) - len(shown), reader)}"


def _table(block: Table, reader: Reader) -> str:
    shown = block.rows[:MOST_ROWS]
    head = "".join(f'<th scope="col">{escape(cut(cell, LONGEST_LABEL))}</th>' for cell in block.head)
    rows = "".join(f"<tr>{''.join(f'<td dir=auto>{words(cell, reader)}</td>' for cell in row)}</tr>" for row in shown)
    more = _more(block.more, block.left + len(block.rows) - len(shown), reader)
    return (
        f'<div class="table" tabindex="0" role="group" aria-label="{escape(reader.say("Table"))}"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>{more}"
    )


def _more(says: str | None, left: int, reader: Reader) -> str:
    if left <= 0:
        return ""
    label = escape(reader.say("Show more"))
    button = f' <button type="button" data-says="{escape(says)}">{label}</button>' if says else ""
    return f'<p class="more">{escape(reader.say("and {left} more", left=left))}{button}</p>'


def _picture(url: str, alt: str, reader: Reader) -> str:
    """The page loads nothing from elsewhere, so that an image of another site is a link to it."""
    if reader.site and url.startswith(f"{reader.site}/"):
        return f'<figure><img src="{escape(url)}" alt="{escape(cut(alt, 300))}" loading="lazy"></figure>'
    words = reader.say("Picture: {alt}", alt=cut(alt, 300))
    return f"<figure>{link(words, url)}</figure>"


def _buttons(buttons: tuple[Button, ...]) -> str:
    return f'<div class="buttons">{"".join(map(_button, buttons[:MOST_BUTTONS]))}</div>'


def _button(button: Button) -> str:
    label = escape(cut(button.label, LONGEST_LABEL))
    if button.href is not None:
        if not is_web(button.href):
            return f'<span class="button">{label}</span>'
        return (
            f'<a class="button {button.style}" href="{escape(button.href)}" target="_blank"'
            f' rel="noopener noreferrer">{label}</a>'
        )
    says = escape(button.says or "")
    return f'<button type="button" class="{button.style}" data-says="{says}">{label}</button>'
