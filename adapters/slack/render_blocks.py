"""Each block of a card as Block Kit blocks, in about as many characters as it is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from adapters.slack.render_carried import write_value
from adapters.slack.render_text import (
    LONGEST_URL,
    Accounts,
    Json,
    bold,
    elements,
    is_web,
    plain_text,
    said,
    section,
    small_print,
)
from core.api import (
    Block,
    Button,
    Buttons,
    ButtonStyle,
    Divider,
    Fields,
    List,
    Picture,
    Place,
    Say,
    Spans,
    Table,
    Text,
    Title,
    as_written,
    cutting,
    plain,
)

LONGEST = 3000
"""Characters of one paragraph, and of one list or table before the message's own limit bites."""
LONGEST_LISTED = 6000
LONGEST_ITEM = 600
LONGEST_CELL = 300
MOST_ITEMS = 100
MOST_COLUMNS = 20
MOST_BUTTONS = 25
SAY = "say"
OPEN = "open"
"""What an action_id starts with: a button that carries a sentence, or one that opens a page."""
_UNNUMBERED = ":0000"
_STYLES = {ButtonStyle.MAIN: "primary", ButtonStyle.DANGER: "danger"}


@dataclass(frozen=True, slots=True)
class Ink:
    """What blocks are drawn with: who can be mentioned, the place that buttons carry, and the readers' language."""

    accounts: Accounts
    place: Place | None = None
    say: Say = as_written


def draw(block: Block, ink: Ink, room: int, native: bool = True) -> list[Json]:
    """The Slack blocks of one block; what takes more than about `room` characters is cut and says so.

    `native` draws a Table as Slack's own, of which a message takes one.
    """
    match block:
        case Title(spans):
            return [header(plain(spans))]
        case Text(spans, quiet):
            return [_text(cutting.cut_spans(spans, min(room, LONGEST)), quiet, ink)]
        case Fields():
            return [_fields(block, ink, min(room, LONGEST))]
        case List():
            return _list(block, ink, min(room, LONGEST_LISTED))
        case Table():
            return _table(block, ink, min(room, LONGEST_LISTED), native)
        case Picture():
            return [_picture(block)]
        case Divider():
            return [{"type": "divider"}]
        case Buttons(buttons):
            return _buttons(buttons, ink, room)
        case _:
            assert_never(block)


def number(blocks: list[Json]) -> None:
    """Give the buttons of a message their action_ids; until then each has one as long as the longest."""
    buttons = [button for block in blocks if block["type"] == "actions" for button in block["elements"]]
    for index, button in enumerate(buttons):
        button["action_id"] = f"{OPEN if 'url' in button else SAY}:{index}"


def header(words: str) -> Json:
    """A header block; people and times in it are words, and a line break a blank."""
    return {"type": "header", "text": plain_text(" ".join(words.split()), 150)}


def quiet_line(words: str) -> Json:
    """A line of small print that holds words alone."""
    return {"type": "context", "elements": [plain_text(words, 2000)]}


def rich(*found: Json) -> Json:
    """A rich text block."""
    return {"type": "rich_text", "elements": list(found)}


def _text(spans: Spans, quiet: bool, ink: Ink) -> Json:
    small = small_print(spans, ink.accounts) if quiet else None
    return small or rich(section(elements(spans, ink.accounts)))


def _fields(block: Fields, ink: Ink, room: int) -> Json:
    found: list[Json] = []
    for field in block.fields:
        label = cutting.cut(field.label, 75)
        if found and room < cutting.length(label) + 10:
            found.append(said("\n…"))
            break
        value = cutting.cut_spans(field.value, max(room - cutting.length(label), 10))
        found.append(bold(f"\n{label}: " if found else f"{label}: "))
        found.extend(elements(value, ink.accounts))
        room -= cutting.length(label) + cutting.size_of(value)
    return rich(section(found))


def _list(block: List, ink: Ink, room: int) -> list[Json]:
    items: list[Json] = []
    most = max(20, min(LONGEST_ITEM, room))
    for item in block.items[:MOST_ITEMS]:
        shown = cutting.cut_spans(item, most)
        size = cutting.size_of(shown)
        if items and room < size:
            break
        items.append(section(elements(shown, ink.accounts)))
        room -= size
    if not items:
        return []
    style = "ordered" if block.ordered else "bullet"
    drawn = rich({"type": "rich_text_list", "style": style, "elements": items})
    return [drawn, *_rest(block.more, len(block.items) - len(items) + block.left, ink)]


def _table(block: Table, ink: Ink, room: int, native: bool) -> list[Json]:
    rows: list[tuple[Spans, ...]] = []
    most = max(20, min(LONGEST_CELL, room))
    for row in block.rows[: MOST_ITEMS - 1]:
        shown = tuple(cutting.cut_spans(cell, most) for cell in row[:MOST_COLUMNS])
        size = sum(map(cutting.size_of, shown))
        if rows and room < size:
            break
        rows.append(shown)
        room -= size
    if not rows:
        return []
    head = [cutting.cut(words, 75) for words in block.head[:MOST_COLUMNS]]
    drawn = _native(head, rows, ink) if native else _aligned(head, rows)
    return [drawn, *_rest(block.more, len(block.rows) - len(rows) + block.left, ink)]


def _native(head: list[str], rows: list[tuple[Spans, ...]], ink: Ink) -> Json:
    """Slack's table block. Its cells are rich text: the raw_text cells of its reference were seen refused."""
    lines = [[rich(section([bold(words)])) for words in head]]
    lines += [[rich(section(elements(cell, ink.accounts))) for cell in row] for row in rows]
    return {"type": "table", "column_settings": [{"is_wrapped": True} for _ in head], "rows": lines}


def _aligned(head: list[str], rows: list[tuple[Spans, ...]]) -> Json:
    """A table as aligned text, for all but the first: Slack takes one table block a message."""
    lines = [head, *([cutting.cut(" ".join(plain(cell).split()), 40) for cell in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    padded = (map(str.ljust, line, widths) for line in lines)
    words = "\n".join("  ".join(line).rstrip() for line in padded)
    return rich({"type": "rich_text_preformatted", "elements": [said(words)]})


def _rest(more: str | None, left: int, ink: Ink) -> list[Json]:
    """What follows a list that was cut: a button that shows the rest, or a line that counts it."""
    if left <= 0:
        return []
    value = write_value(more, ink.place) if more else None
    if value is None:
        return [quiet_line(ink.say("… and {left} more", left=left))]
    button = {"type": "button", "text": plain_text(ink.say("Show {left} more", left=left), 75), "value": value}
    return [{"type": "actions", "elements": [button | {"action_id": SAY + _UNNUMBERED}]}]


def _picture(block: Picture) -> Json:
    if not is_web(block.url) or block.url.startswith("mailto:"):
        return rich(section([said(cutting.cut(block.alt, LONGEST))]))
    return {"type": "image", "image_url": block.url, "alt_text": cutting.cut(block.alt, 2000) or "–"}


def _buttons(buttons: tuple[Button, ...], ink: Ink, room: int) -> list[Json]:
    drawn: list[Json] = []
    for button in buttons:
        shown = _button(button, ink)
        if shown is None:
            continue
        room -= 100 + cutting.length(shown.get("value", "")) + cutting.length(shown.get("url", ""))
        if room < 0 and drawn:
            break
        drawn.append(shown)
    return [
        {"type": "actions", "elements": drawn[start : start + MOST_BUTTONS]}
        for start in range(0, len(drawn), MOST_BUTTONS)
    ]


def _button(button: Button, ink: Ink) -> Json | None:
    """None for a button that leads nowhere: without an address that Slack takes, or a sentence that fits."""
    shown: Json = {"type": "button", "text": plain_text(button.label, 75)}
    if button.href is not None:
        if not is_web(button.href) or len(button.href) > LONGEST_URL:
            return None
        shown["action_id"] = OPEN + _UNNUMBERED
        shown["url"] = button.href
    else:
        value = write_value(button.says, ink.place) if button.says else None
        if value is None:
            return None
        shown["action_id"] = SAY + _UNNUMBERED
        shown["value"] = value
    if button.style in _STYLES:
        shown["style"] = _STYLES[button.style]
    return shown
