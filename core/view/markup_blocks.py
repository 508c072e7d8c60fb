"""The blocks of a card or notice, from markup; what holds nothing vanishes, so templates stay simple."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from core.view.markup_marks import (
    Wrong,
    address,
    attributes,
    bare,
    empty,
    holder,
    needed,
    one_of,
    spans_of,
    squeeze,
    unexpected,
    whole,
    words_of,
    yes,
)
from core.view.shapes import (
    Block,
    Button,
    Buttons,
    ButtonStyle,
    Divider,
    Field,
    Fields,
    List,
    NoticeBlock,
    Picture,
    Spans,
    Table,
    Text,
    Title,
)

LONGEST_SENTENCE = 1000
"""Characters that a button's sentence may have: it must fit into any platform's button, with its place."""
LONGEST_LABEL = 75

_TEXT = frozenset({"quiet"})
_FIELD = frozenset({"label"})
_LIST = frozenset({"ordered", "more", "left"})
_TABLE = frozenset({"more", "left"})
_PICTURE = frozenset({"url", "alt"})
_BUTTON = frozenset({"says", "href", "style"})


def _title(element: Element) -> Title | None:
    bare(element)
    spans = spans_of(element)
    return Title(spans) if spans else None


def text_block(element: Element) -> Text | None:
    """`<text quiet="yes">`: a paragraph."""
    attributes(element, _TEXT)
    spans = spans_of(element)
    return Text(spans, yes(element, "quiet")) if spans else None


def _fields(element: Element) -> Fields | None:
    bare(element)
    found = []
    for child in holder(element):
        if child.tag != "field":
            raise unexpected(child, "field", element)
        attributes(child, _FIELD)
        label, value = needed(child, "label"), spans_of(child)
        if value:
            found.append(Field(label, value))
    return Fields(tuple(found)) if found else None


def list_block(element: Element) -> List | None:
    """`<list>` of `<item>`s."""
    attributes(element, _LIST)
    items = []
    for child in holder(element):
        if child.tag != "item":
            raise unexpected(child, "item", element)
        bare(child)
        spans = spans_of(child)
        if spans:
            items.append(spans)
    more, left = _more(element)
    return List(tuple(items), yes(element, "ordered"), more, left) if items else None


def _table(element: Element) -> Table | None:
    attributes(element, _TABLE)
    holder(element)
    if not len(element) or element[0].tag != "head":
        raise Wrong(element, "<table> starts with its <head>.")
    head = tuple(words_of(cell) for cell in _cells(element[0]))
    if not head:
        raise Wrong(element[0], "<head> names no column: it needs a <cell>.")
    rows = []
    for child in element[1:]:
        if child.tag != "row":
            raise unexpected(child, "row", element)
        row: tuple[Spans, ...] = tuple(spans_of(cell) for cell in _cells(child))
        if len(row) != len(head):
            raise Wrong(child, f"This <row> has {len(row)} cells, its <head> has {len(head)}.")
        rows.append(row)
    more, left = _more(element)
    return Table(head, tuple(rows), more, left) if rows else None


def _cells(element: Element) -> Element:
    bare(element)
    for cell in holder(element):
        if cell.tag != "cell":
            raise unexpected(cell, "cell", element)
        bare(cell)
    return element


def _more(element: Element) -> tuple[str | None, int]:
    left = whole(element, "left", 0, 1_000_000, 0)
    return _sentence(element, squeeze(element.attrib.get("more"))) or None, left


def _picture(element: Element) -> Picture:
    attributes(element, _PICTURE)
    empty(element)
    return Picture(address(element, "url"), needed(element, "alt"))


def divider_block(element: Element) -> Divider:
    """`<divider/>`: a line between two thoughts."""
    bare(element)
    empty(element)
    return Divider()


def buttons_block(element: Element) -> Buttons | None:
    """`<buttons>` of `<button>`s."""
    bare(element)
    found = tuple(_button(child, element) for child in holder(element))
    return Buttons(found) if found else None


def _button(element: Element, within: Element) -> Button:
    if element.tag != "button":
        raise unexpected(element, "button", within)
    given = attributes(element, _BUTTON)
    label = words_of(element)
    if not 0 < len(label) <= LONGEST_LABEL:
        raise Wrong(element, f"<button> needs a label of 1 to {LONGEST_LABEL} characters, not {len(label)}.")
    style = one_of(element, "style", ButtonStyle, ButtonStyle.PLAIN)
    if ("says" in given) == ("href" in given):
        raise Wrong(element, "<button> has either 'says' (a sentence) or 'href' (a page), one of the two.")
    if "href" in given:
        return Button(label, None, address(element, "href"), style)
    return Button(label, _sentence(element, needed(element, "says")), None, style)


def _sentence(element: Element, words: str) -> str:
    if len(words) > LONGEST_SENTENCE:
        most = f"{LONGEST_SENTENCE} characters at most"
        raise Wrong(element, f"The sentence of <{element.tag}> has {len(words)} characters: {most}.")
    return words


NOTICE_BLOCKS: dict[str, Callable[[Element], NoticeBlock | None]] = {
    "text": text_block,
    "list": list_block,
    "buttons": buttons_block,
}
BLOCKS: dict[str, Callable[[Element], Block | None]] = {
    "title": _title,
    "fields": _fields,
    "table": _table,
    "picture": _picture,
    "divider": divider_block,
    **NOTICE_BLOCKS,
}
