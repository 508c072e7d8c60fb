"""Each block of a card as elements of an Adaptive Card, in about as many characters as it is given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

from adapters.teams.carried import of_again, of_button
from adapters.teams.render_text import (
    Ink,
    Json,
    escaped,
    is_web,
    line,
    marked,
    unread,
)
from core.api import (
    Block,
    Bold,
    Button,
    Buttons,
    ButtonStyle,
    Divider,
    Fields,
    List,
    Picture,
    Plain,
    Spans,
    Table,
    Text,
    Title,
    Tone,
    cutting,
    msg,
    plain,
)

LONGEST = 4000
LONGEST_LISTED = 8000
LONGEST_ITEM = 600
LONGEST_CELL = 200
LONGEST_LABEL = 100
MOST_ITEMS = 60
MOST_COLUMNS = 6
A_ROW = 6
"""Teams shows six actions side by side."""
A_ROW_S_WIDTH = 60
"""Characters of the titles that stand side by side, with some for the frame of each."""
SAY, FILL, AGAIN = "say", "fill", "again"
"""The verbs of Tandem's actions: a button that carries a sentence, a form that was filled in, a card shown again."""
BACK = msg("Back to the card")
FETCH: Json = {"type": "task/fetch"}
_STYLES = {ButtonStyle.MAIN: "positive", ButtonStyle.DANGER: "destructive"}
_COLOURS = {Tone.GOOD: "Good", Tone.BAD: "Attention"}
"""Of a title, beside its sign; Teams' Warning is a yellow that nobody reads on white."""
_WEIGHS = 150
"""About the bytes that an element takes beside its words."""


def draw(block: Block, ink: Ink, room: int, tone: Tone = Tone.PLAIN) -> list[Json]:
    """The elements of one block; what takes more than about `room` bytes is cut and says so."""
    match block:
        case Title(spans):
            return [_title(spans, min(room, LONGEST), tone)]
        case Text(spans, quiet):
            return [line(cutting.cut_spans(spans, min(room, LONGEST)), ink, quiet)]
        case Fields():
            return _fields(block, ink, min(room, LONGEST_LISTED))
        case List():
            return _list(block, ink, min(room, LONGEST_LISTED))
        case Table():
            return _table(block, ink, min(room, LONGEST_LISTED))
        case Picture():
            return [_picture(block, ink)]
        case Divider():
            return [{"type": "TextBlock", "text": " ", "size": "Small", "separator": True, "spacing": "Small"}]
        case Buttons(buttons):
            return _rows(filter(None, (button_action(button, ink) for button in buttons)), room)
        case _:
            assert_never(block)


def words(text: str, **look: object) -> Json:
    """A line of Tandem's own."""
    return {"type": "TextBlock", "text": escaped(text) or " ", "wrap": True, **look}


def quiet_line(text: str) -> Json:
    """A line of small print."""
    return words(text, size="Small", isSubtle=True)


def button_action(button: Button, ink: Ink) -> Json | None:
    """A button; None for one that leads nowhere: without an address that Teams takes, or a sentence that fits."""
    look: Json = {"title": cutting.cut(unread(button.label), LONGEST_LABEL) or "…"}
    if button.style in _STYLES:
        look["style"] = _STYLES[button.style]
    if button.href is not None:
        return {"type": "Action.OpenUrl", **look, "url": button.href} if is_web(button.href) else None
    return _saying(button.says or "", look, ink)


def _saying(says: str, look: Json, ink: Ink) -> Json | None:
    """A sentence to press: one that only asks or shows something opens a dialog, any other is answered in its place."""
    data = of_button(says, ink.place) if says else None
    if data is None:
        return None
    if ink.inside:
        return {"type": "Action.Submit", **look, "data": data}
    if ink.opens is not None and ink.opens(says):
        return {"type": "Action.Submit", **look, "data": {"msteams": FETCH, **data}}
    submit = {"type": "Action.Submit", **look, "data": data}
    return {"type": "Action.Execute", **look, "verb": SAY, "data": data, "fallback": submit}


def back(ink: Ink) -> Json:
    """The way back from what stands in a card's place for its presser alone."""
    look: Json = {"title": ink.say(BACK), "data": of_again()}
    action = {"type": "Action.Execute", **look, "verb": AGAIN, "fallback": {"type": "Action.Submit", **look}}
    return {"type": "ActionSet", "actions": [action]}


def _rows(actions: Iterable[Json], room: int) -> list[Json]:
    kept: list[Json] = []
    for action in actions:
        room -= 300 + 2 * len(str(action.get("data", "")))
        if room < 0 and kept:
            break
        kept.append(action)
    rows: list[list[Json]] = []
    for action in kept:
        width = sum(len(one["title"]) + 4 for one in rows[-1]) if rows else 0
        if not rows or len(rows[-1]) == A_ROW or width + len(action["title"]) > A_ROW_S_WIDTH:
            rows.append([])
        rows[-1].append(action)
    return [{"type": "ActionSet", "actions": row} for row in rows]


def _title(spans: Spans, room: int, tone: Tone) -> Json:
    colour: Json = {"color": _COLOURS[tone]} if tone in _COLOURS else {}
    shown = cutting.cut(" ".join(plain(spans).split()), room)
    return words(shown, style="heading", size="Medium", weight="Bolder", **colour)


def _fields(block: Fields, ink: Ink, room: int) -> list[Json]:
    facts: list[Json] = []
    left = len(block.fields)
    for field in block.fields:
        label = cutting.cut(field.label, LONGEST_LABEL)
        if facts and room < cutting.length(label) + 10:
            break
        value = cutting.cut_spans(field.value, max(room - cutting.length(label), 10))
        facts.append({"title": escaped(label), "value": marked(value, ink) or "–"})
        room -= cutting.length(label) + cutting.size_of(value) + 40
        left -= 1
    rest = [quiet_line(ink.say("… and {left} more", left=left))] if left else []
    return [{"type": "FactSet", "facts": facts}, *rest] if facts else []


def _list(block: List, ink: Ink, room: int) -> list[Json]:
    items: list[Json] = []
    most = max(20, min(LONGEST_ITEM, room))
    for number, item in enumerate(block.items[:MOST_ITEMS], 1):
        shown = cutting.cut_spans(item, most)
        size = cutting.size_of(shown) + _WEIGHS
        if items and room < size:
            break
        items.append(_item(shown, f"{number}." if block.ordered else "•", ink, first=not items))
        room -= size
    left = len(block.items) - len(items) + block.left
    return [*items, *_rest(block.more, left, ink)]


def _item(spans: Spans, mark: str, ink: Ink, first: bool) -> Json:
    """A line behind its mark; columns keep the second line of a long one from running under it."""
    mark_column = {"type": "Column", "width": "auto", "items": [{"type": "TextBlock", "text": escaped(mark)}]}
    column = {"type": "Column", "width": "stretch", "items": [line(spans, ink)]}
    return {"type": "ColumnSet", "spacing": "Default" if first else "Small", "columns": [mark_column, column]}


def _table(block: Table, ink: Ink, room: int) -> list[Json]:
    """Rows of columns, which every client draws; the table of 1.5 was reported missing on phones."""
    rows: list[Json] = []
    most = max(20, min(LONGEST_CELL, room // max(1, len(block.head))))
    for row in block.rows[:MOST_ITEMS]:
        shown = [cutting.cut_spans(cell, most) for cell in row[:MOST_COLUMNS]]
        size = sum(map(cutting.size_of, shown)) + _WEIGHS * len(shown)
        if rows and room < size:
            break
        rows.append(_row([line(cell, ink) for cell in shown], separator=True))
        room -= size
    if not rows:
        return _rest(block.more, block.left, ink)
    head = [line((Bold(cutting.cut(one, LONGEST_LABEL)),), ink) for one in block.head[:MOST_COLUMNS]]
    left = len(block.rows) - len(rows) + block.left
    return [_row(head, separator=False), *rows, *_rest(block.more, left, ink)]


def _row(cells: Sequence[Json], separator: bool) -> Json:
    columns = [{"type": "Column", "width": "stretch", "items": [cell]} for cell in cells]
    return {"type": "ColumnSet", "spacing": "Small", "separator": separator, "columns": columns}


def _rest(more: str | None, left: int, ink: Ink) -> list[Json]:
    """What follows a list that was cut: a button that shows the rest, or a line that counts it."""
    if left <= 0:
        return []
    action = _saying(more, {"title": ink.say("Show {left} more", left=left)}, ink) if more else None
    return (
        [{"type": "ActionSet", "actions": [action]}]
        if action
        else [quiet_line(ink.say("… and {left} more", left=left))]
    )


def _picture(block: Picture, ink: Ink) -> Json:
    if not is_web(block.url) or block.url.startswith("mailto:"):
        return line((Plain(cutting.cut(block.alt, LONGEST)),), ink)
    return {"type": "Image", "url": block.url, "altText": cutting.cut(block.alt, LONGEST) or "–"}
